import type { Json, Pointer } from '../contract.js';
import { isContainer } from '../json/json-value.js';
import { joinPointer, splitPointer, step } from '../pointer.js';
import type { Origin } from './source-file.js';

/** Where the objects and lists of a document were written; and single values, if an overlay put them into an object. */
export class Origins {
  readonly #objects = new WeakMap<object, Origin>();
  readonly #values = new WeakMap<object, Map<string, Origin>>();

  get(value: object): Origin | undefined {
    return this.#objects.get(value);
  }

  set(value: object, origin: Origin): void {
    this.#objects.set(value, origin);
  }

  /** Says where a value in an object or a list was written. */
  setValue(parent: object, name: string | number, origin: Origin): void {
    const known = this.#values.get(parent) ?? new Map<string, Origin>();
    this.#values.set(parent, known.set(String(name), origin));
  }

  /** A copy of an object or a list was written where the original was. */
  keep(from: object, to: object): void {
    this.copyTo(this, from, to);
  }

  /** The same, for a copy in another document. */
  copyTo(origins: Origins, from: object, to: object): void {
    const origin = this.#objects.get(from);
    if (origin !== undefined) origins.#objects.set(to, origin);
    const values = this.#values.get(from);
    if (values !== undefined) origins.#values.set(to, new Map(values));
  }

  /** Where a place of a document was written: the closest object around it with a known origin, and the rest. */
  at(document: Json, pointer: Pointer): Origin | undefined {
    let value: Json | undefined = document;
    let found = isContainer(document) ? this.#objects.get(document) : undefined;
    for (const segment of splitPointer(pointer)) {
      const parent: Json | undefined = value;
      value = isContainer(parent) ? step(parent, segment) : undefined;
      const own: Origin | undefined = isContainer(value) ? this.#objects.get(value) : undefined;
      found =
        own ??
        (isContainer(parent) ? this.#values.get(parent)?.get(segment) : undefined) ??
        (found && { file: found.file, pointer: joinPointer(found.pointer, segment) });
    }
    return found;
  }
}
