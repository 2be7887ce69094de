import type { Json, JsonObject, Pointer } from '../contract.js';
import type { Origins } from '../load/origins.js';
import { splitReference } from '../load/references.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import { convertedSchema } from './schema.js';

/** A part of the document as it was written. */
export interface Part<T extends Json = Json> {
  readonly value: T;
  readonly pointer: Pointer;
}

/** What is made of a document, with the place where each part was written. */
export class Moves {
  readonly #document: JsonObject;
  readonly #origins: Origins;

  constructor(document: JsonObject, origins: Origins) {
    this.#document = document;
    this.#origins = origins;
  }

  /** An object that stands for a part. */
  made<T extends object>(result: T, { pointer }: Pick<Part, 'pointer'>): T {
    const origin = this.#origins.at(this.#document, pointer);
    if (origin !== undefined) this.#origins.set(result, origin);
    return result;
  }

  /**
   * A map, converted entry by entry; names that begin with `x-` stay. It is made from entries, because assigning a
   * property named `__proto__` would lose it.
   */
  map(part: Part, convert: (entry: Part, name: string) => Json): JsonObject {
    if (!isObject(part.value)) return {};
    const entries = Object.entries(part.value).map(([name, value]): [string, Json] => [
      name,
      name.startsWith('x-') ? value : convert(inner(part, name, value), name),
    ]);
    return this.made(Object.fromEntries(entries), part);
  }

  /** A schema, which may also be a boolean. */
  schema(part: Part): Json {
    const result = convertedSchema(part.value, (from, to) => this.#origins.keep(from, to));
    return isObject(result) ? this.made(result, part) : result;
  }

  /** What a part refers to, and what that refers to; the part itself without a reference, or with one to nothing. */
  followed(part: Part): Part {
    const seen = new Set<Pointer>();
    let current = part;
    while (isObject(current.value) && typeof current.value.$ref === 'string') {
      const pointer = localPointer(current.value.$ref);
      const value = pointer === undefined ? undefined : getPointer(this.#document, pointer);
      if (pointer === undefined || value === undefined || seen.has(pointer)) return current;
      seen.add(pointer);
      current = { value, pointer };
    }
    return current;
  }
}

/** A value in a part. */
export function inner(part: Pick<Part, 'pointer'>, name: string | number, value: Json): Part {
  return { value, pointer: joinPointer(part.pointer, name) };
}

function localPointer(reference: string): Pointer | undefined {
  return reference.startsWith('#/') ? splitReference(reference)?.pointer : undefined;
}
