import type { Mendable } from '../check/flaw.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { objectOr } from '../json/json-value.js';
import { getPointer, isObject, splitPointer, step } from '../pointer.js';

/** Tells that a copy stands for an original. */
export type OnCopy = (from: object, to: object) => void;

type Parent = Record<string, Json> | Json[];

/**
 * Collects changes to a document, all by its original pointers, and then makes them in a copy: values are set from the
 * outside in, and what is removed is removed last, from the end of each list, so that no change moves another.
 */
export class DocumentChanges implements Mendable {
  readonly #values = new Map<Pointer, Json>();
  readonly #added = new Map<Pointer, Json[]>();
  readonly #removed = new Set<Pointer>();
  readonly #renamed = new Map<Pointer, string>();
  readonly #copied: Copied[] = [];

  set(pointer: Pointer, value: Json): void {
    this.#values.set(pointer, value);
  }

  append(list: Pointer, value: Json): void {
    this.#added.set(list, [...(this.#added.get(list) ?? []), value]);
  }

  remove(pointer: Pointer): void {
    this.#removed.add(pointer);
  }

  rename(pointer: Pointer, name: string): void {
    this.#renamed.set(pointer, name);
  }

  copy(from: Pointer, to: Pointer, without: readonly string[]): void {
    this.#copied.push({ from, to, without });
  }

  /** A copy with the changes: only the objects on the way to them are copied. */
  applyTo(document: JsonObject, onCopy: OnCopy): JsonObject {
    for (const { from, to, without } of this.#copied) {
      const entries = Object.entries(this.#below(from).applyTo(objectAt(document, from), onCopy));
      this.#values.set(to, Object.fromEntries(entries.filter(([name]) => !without.includes(name))));
    }
    const copy = new DocumentCopy(document, onCopy);
    for (const [pointer, value] of [...this.#values].sort(([a], [b]) => depthOf(a) - depthOf(b)))
      copy.set(pointer, value);
    for (const [list, values] of this.#added) copy.append(list, values);
    const lastFirst = [...this.#removed].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    for (const pointer of lastFirst) copy.remove(pointer);
    for (const [pointer, name] of this.#renamed) copy.rename(pointer, name);
    return copy.document;
  }

  /** The changes inside of a value, by pointers from there. */
  #below(place: Pointer): DocumentChanges {
    const inside = <V>(all: Iterable<readonly [Pointer, V]>): [Pointer, V][] =>
      [...all].flatMap(([at, value]) => (at.startsWith(`${place}/`) ? [[at.slice(place.length), value]] : []));
    const changes = new DocumentChanges();
    for (const [at, value] of inside(this.#values)) changes.set(at, value);
    for (const [at, values] of inside(this.#added)) changes.#added.set(at, values);
    for (const [at] of inside(new Map([...this.#removed].map((at) => [at, true])))) changes.remove(at);
    for (const [at, name] of inside(this.#renamed)) changes.rename(at, name);
    return changes;
  }
}

/** An object that is copied once it has its changes. */
interface Copied {
  readonly from: Pointer;
  readonly to: Pointer;
  readonly without: readonly string[];
}

function objectAt(document: JsonObject, pointer: Pointer): JsonObject {
  return objectOr(getPointer(document, pointer));
}

function depthOf(pointer: Pointer): number {
  return splitPointer(pointer).length;
}

/** A document that is changed in place, and copied where it is. */
export class DocumentCopy {
  document: JsonObject;
  readonly #onCopy: OnCopy;
  readonly #copies = new WeakSet<object>();

  constructor(document: JsonObject, onCopy: OnCopy) {
    this.document = document;
    this.#onCopy = onCopy;
  }

  set(pointer: Pointer, value: Json): void {
    const [parent, name] = this.#parentOf(pointer);
    if (Array.isArray(parent)) parent[Number(name)] = value;
    else if (parent !== undefined) parent[name] = value;
  }

  append(list: Pointer, values: readonly Json[]): void {
    const [parent, name] = this.#parentOf(list);
    if (parent === undefined || Array.isArray(parent)) return;
    const before = parent[name];
    parent[name] = [...(Array.isArray(before) ? before : []), ...values];
  }

  remove(pointer: Pointer): void {
    const [parent, name] = this.#parentOf(pointer);
    if (Array.isArray(parent)) parent.splice(Number(name), 1);
    else if (parent !== undefined) delete parent[name];
  }

  /** An entry of an object that has the name already stays. */
  rename(pointer: Pointer, to: string): void {
    const [parent, name] = this.#parentOf(pointer);
    if (parent === undefined || Array.isArray(parent) || !Object.hasOwn(parent, name)) return;
    const { [name]: value, ...others } = parent;
    delete parent[name];
    if (value !== undefined && !Object.hasOwn(others, to)) parent[to] = value;
  }

  /** The copied object or list around a place, and the name of the place in it. */
  #parentOf(pointer: Pointer): readonly [parent: Parent | undefined, name: string] {
    const segments = splitPointer(pointer);
    const name = segments.at(-1) ?? '';
    this.document = this.#copied(this.document) as JsonObject;
    let parent = this.document as Json;
    for (const segment of segments.slice(0, -1)) {
      const child = step(parent, segment);
      if (!isObject(child) && !Array.isArray(child)) return [undefined, name];
      const copy = this.#copied(child);
      if (Array.isArray(parent)) (parent as Json[])[Number(segment)] = copy;
      else (parent as Record<string, Json>)[segment] = copy;
      parent = copy;
    }
    return [parent as Parent, name];
  }

  #copied(value: JsonObject | readonly Json[]): Json {
    if (this.#copies.has(value)) return value as Json;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    this.#copies.add(copy);
    this.#onCopy(value, copy);
    return copy as Json;
  }
}
