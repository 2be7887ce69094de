import type { Mendable } from '../check/flaw.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { isObject, splitPointer, step } from '../pointer.js';

/** Tells that a copy stands for an original. */
export type OnCopy = (from: object, to: object) => void;

/** Collects changes to a document, in a copy of the objects on the way to them. */
export class DocumentCopy implements Mendable {
  #document: JsonObject;
  readonly #onCopy: OnCopy;
  readonly #copies = new WeakSet<object>();

  constructor(document: JsonObject, onCopy: OnCopy) {
    this.#document = document;
    this.#onCopy = onCopy;
  }

  get document(): JsonObject {
    return this.#document;
  }

  set(pointer: Pointer, value: Json): void {
    const [parent, name] = this.#parentOf(pointer);
    if (Array.isArray(parent)) parent[Number(name)] = value;
    else if (parent !== undefined) parent[name] = value;
  }

  remove(pointer: Pointer): void {
    const [parent, name] = this.#parentOf(pointer);
    if (Array.isArray(parent)) parent.splice(Number(name), 1);
    else if (parent !== undefined) delete parent[name];
  }

  /** The copied object or list around a place, and the name of the place in it. */
  #parentOf(pointer: Pointer): readonly [parent: Record<string, Json> | Json[] | undefined, name: string] {
    const segments = splitPointer(pointer);
    const name = segments.at(-1) ?? '';
    this.#document = this.#copied(this.#document) as JsonObject;
    let parent = this.#document as Json;
    for (const segment of segments.slice(0, -1)) {
      const child = step(parent, segment);
      if (!isObject(child) && !Array.isArray(child)) return [undefined, name];
      const copy = this.#copied(child);
      if (Array.isArray(parent)) (parent as Json[])[Number(segment)] = copy;
      else (parent as Record<string, Json>)[segment] = copy;
      parent = copy;
    }
    return [parent as Record<string, Json> | Json[], name];
  }

  #copied(value: JsonObject | readonly Json[]): Json {
    if (this.#copies.has(value)) return value as Json;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    this.#copies.add(copy);
    this.#onCopy(value, copy);
    return copy as Json;
  }
}
