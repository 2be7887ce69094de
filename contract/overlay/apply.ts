import type { Json, JsonObject, Pointer } from '../json/json.js';
import { isContainer } from '../json/json-value.js';
import { DocumentCopy } from '../load/mendable.js';
import type { Origins } from '../load/origins.js';
import type { Origin, SourceFile } from '../load/source-file.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import type { Location } from './json-path.js';
import { nameOf, type OverlayAction } from './overlay.js';

/** An action, and the file that it is in. */
export interface SourcedAction {
  readonly action: OverlayAction;
  readonly file: SourceFile;
}

/** A problem at a place of an overlay. */
export interface ActionProblem {
  readonly origin: Origin;
  readonly message: string;
}

/** A document after some actions. */
export interface Overlaid {
  readonly document: JsonObject;
  /** The actions whose target selects nothing. */
  readonly unmatched: readonly SourcedAction[];
  readonly problems: readonly ActionProblem[];
}

/**
 * Applies actions to a document, one after the other, in a copy.
 *
 * @param origins learns where each value that an action adds was written
 * @see https://spec.openapis.org/overlay/v1.1.0.html#action-object
 */
export function applyActions(document: JsonObject, actions: readonly SourcedAction[], origins: Origins): Overlaid {
  const applier = new Applier(document, origins);
  for (const action of actions) applier.apply(action);
  return applier;
}

class Applier implements Overlaid {
  readonly unmatched: SourcedAction[] = [];
  readonly problems: ActionProblem[] = [];
  readonly #copy: DocumentCopy;
  readonly #origins: Origins;

  constructor(document: JsonObject, origins: Origins) {
    this.#origins = origins;
    this.#copy = new DocumentCopy(document, (from, to) => origins.keep(from, to));
  }

  get document(): JsonObject {
    return this.#copy.document;
  }

  apply(sourced: SourcedAction): void {
    const { action, file } = sourced;
    const locations = action.select(this.document);
    if (locations.length === 0) {
      this.unmatched.push(sourced);
      return;
    }
    const { change } = action;
    const origin = { file, pointer: joinPointer(action.pointer, change.kind) };
    if (change.kind === 'remove') this.#removeAll(locations, { file, pointer: joinPointer(action.pointer, 'target') });
    else if (change.kind === 'update') this.#updateAll(locations, change.value, origin);
    else {
      const [source, ...others] = change.select(this.document);
      if (source === undefined || others.length > 0) {
        const received = source === undefined ? 'nothing' : `${others.length + 1} values`;
        const message = `"copy: ${change.from}" expected a query for one value, selected ${received}`;
        this.problems.push({ origin, message });
      } else this.#updateAll(locations, this.#at(source) ?? null, origin, true);
    }
  }

  #at(location: Location): Json | undefined {
    return getPointer(this.document, joinPointer('', ...location));
  }

  /** @param isCopy - the value was not written at the origin, but is put together there */
  #updateAll(locations: readonly Location[], update: Json, origin: Origin, isCopy = false): void {
    const insertion = new Insertion(this.#origins, origin, isCopy);
    for (const location of locations) {
      const target = this.#at(location);
      if (target === undefined) continue;
      const merged = insertion.into(target, update, '', location.length === 0 ? 'the document' : last(location));
      this.#set(location, merged);
      if (!isContainer(merged)) this.#setOrigin(location, origin);
    }
    this.problems.push(...insertion.problems);
  }

  #set(location: Location, value: Json): void {
    if (location.length > 0) this.#copy.set(joinPointer('', ...location), value);
    else if (isObject(value)) this.#copy.document = value;
  }

  #setOrigin(location: Location, origin: Origin): void {
    const parent = this.#at(location.slice(0, -1));
    if (isContainer(parent)) this.#origins.setValue(parent, location.at(-1) ?? '', origin);
  }

  #removeAll(locations: readonly Location[], origin: Origin): void {
    // The last first, so that the entries of a list keep their indices until they are removed.
    const pointers = locations.map((location) => joinPointer('', ...location)).sort(byPlace);
    for (const pointer of [...new Set(pointers)].reverse()) {
      if (pointer === '') {
        this.problems.push({ origin, message: 'the whole document cannot be removed; expected a target in it' });
        continue;
      }
      this.#keepOrigins(pointer.slice(0, pointer.lastIndexOf('/')));
      this.#copy.remove(pointer);
    }
  }

  /** The entries of a list get other indices, which would no longer tell where they were written. */
  #keepOrigins(list: Pointer): void {
    const entries = getPointer(this.document, list);
    if (!Array.isArray(entries)) return;
    entries.forEach((entry: Json, index) => {
      if (!isContainer(entry) || this.#origins.get(entry) !== undefined) return;
      const origin = this.#origins.at(this.document, joinPointer(list, index));
      if (origin !== undefined) this.#origins.set(entry, origin);
    });
  }
}

function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function last(location: Location): string {
  return JSON.stringify(location.at(-1));
}

/** Merges a value of an overlay into others. */
class Insertion {
  readonly problems: ActionProblem[] = [];
  readonly #origins: Origins;
  readonly #origin: Origin;
  readonly #isCopy: boolean;

  constructor(origins: Origins, origin: Origin, isCopy: boolean) {
    this.#origins = origins;
    this.#origin = origin;
    this.#isCopy = isCopy;
  }

  /**
   * @param at - the place of the update in the overlay's value
   * @param subject - names the target in messages
   */
  into(target: Json, update: Json, at: Pointer, subject: string): Json {
    if (Array.isArray(target)) return this.#appended(target, update, at);
    if (isObject(target)) {
      if (isObject(update)) return this.#merged(target, update, at);
      return this.#refuse(target, `an object to merge into ${subject}, an object`, update, at);
    }
    if (isContainer(update)) {
      return this.#refuse(target, `a value to replace ${subject}, ${nameOf(target)}; remove it first`, update, at);
    }
    return update;
  }

  #appended(target: readonly Json[], update: Json, at: Pointer): Json {
    const entries: readonly Json[] = Array.isArray(update) ? update : [update];
    const list = [...target, ...entries.map((entry, index) => this.#inserted(entry, this.#below(update, at, index)))];
    this.#origins.keep(target, list);
    entries.forEach((entry, index) => {
      if (!isContainer(entry)) this.#setValue(list, target.length + index, this.#below(update, at, index));
    });
    return list;
  }

  #below(update: Json, at: Pointer, index: number): Pointer {
    return Array.isArray(update) ? joinPointer(at, index) : at;
  }

  #merged(target: JsonObject, update: JsonObject, at: Pointer): Json {
    const values = new Map<string, Json>(Object.entries(target));
    const written = new Map<string, Pointer>();
    for (const [name, value] of Object.entries(update)) {
      const place = joinPointer(at, name);
      const known = values.get(name);
      const result = known === undefined ? this.#inserted(value, place) : this.#intoProperty(known, value, place, name);
      values.set(name, result);
      if (!isContainer(result)) written.set(name, place);
    }
    // From entries, since assigning a property named __proto__ would lose it.
    const merged: JsonObject = Object.fromEntries(values);
    this.#origins.keep(target, merged);
    for (const [name, place] of written) this.#setValue(merged, name, place);
    return merged;
  }

  /** Unlike at a target, a list takes only a list here. */
  #intoProperty(known: Json, value: Json, place: Pointer, name: string): Json {
    if (Array.isArray(known) && !Array.isArray(value)) {
      return this.#refuse(known, `a list to append to "${name}", a list`, value, place);
    }
    return this.into(known, value, place, `"${name}"`);
  }

  /** A copy of a value that is new in the document. */
  #inserted(value: Json, at: Pointer): Json {
    if (!isContainer(value)) return value;
    const copy: Json = Array.isArray(value)
      ? value.map((entry: Json, index) => this.#inserted(entry, joinPointer(at, index)))
      : Object.fromEntries(
          Object.entries(value).map(([name, entry]) => [name, this.#inserted(entry, joinPointer(at, name))]),
        );
    this.#origins.set(copy, this.#originOf(at));
    return copy;
  }

  #setValue(parent: object, name: string | number, at: Pointer): void {
    this.#origins.setValue(parent, name, this.#originOf(at));
  }

  #originOf(at: Pointer): Origin {
    return this.#isCopy ? this.#origin : { file: this.#origin.file, pointer: `${this.#origin.pointer}${at}` };
  }

  #refuse(target: Json, expected: string, received: Json, at: Pointer): Json {
    const message = `"update" expected ${expected}; received ${nameOf(received)}`;
    const word = this.#isCopy ? message.replace('"update"', '"copy"') : message;
    this.problems.push({ origin: this.#originOf(at), message: word });
    return target;
  }
}
