import type { Json, JsonObject, Pointer } from '../contract.js';
import type { Origins } from '../load/origins.js';
import { splitReference } from '../load/references.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import { convertedSchema, type SchemaContext } from './schema.js';
import { SECTIONS_OF_SWAGGER } from './sections.js';

/** A part of the document as it was written. */
export interface Part<T extends Json = Json> {
  readonly value: T;
  readonly pointer: Pointer;
}

/** What is made of a document, with the place where each part was written. */
export class Moves {
  readonly #document: JsonObject;
  readonly #origins: Origins;
  readonly #context: SchemaContext;

  constructor(document: JsonObject, origins: Origins) {
    this.#document = document;
    this.#origins = origins;
    this.#context = {
      reference: (written) => this.reference(written),
      keep: (from, to) => origins.keep(from, to),
    };
  }

  /** An object that stands for a part. */
  made<T extends object>(result: T, { pointer }: Pick<Part, 'pointer'>): T {
    const origin = this.#origins.at(this.#document, pointer);
    if (origin !== undefined) this.#origins.set(result, origin);
    return result;
  }

  /** A map, converted entry by entry. From entries, because assigning a property named `__proto__` would lose it. */
  map(part: Part, convert: (entry: Part, name: string) => Json): JsonObject {
    if (!isObject(part.value)) return {};
    const entries = Object.entries(part.value).map(([name, value]): [string, Json] => [
      name,
      convert(inner(part, name, value), name),
    ]);
    return this.made(Object.fromEntries(entries), part);
  }

  /** The same for a map that may have extensions among its entries, which stay as they are. */
  mapWithExtensions(part: Part, convert: (entry: Part) => Json): JsonObject {
    return this.map(part, (entry, name) => (name.startsWith('x-') ? entry.value : convert(entry)));
  }

  /** A schema, which may also be a boolean. */
  schema(part: Part): Json {
    const result = convertedSchema(part.value, this.#context);
    return isObject(result) ? this.made(result, part) : result;
  }

  /** Where a reference to a section leads in OpenAPI 3. One to nothing stays, for messages to quote it as it is written. */
  reference(written: string): string {
    const [section, to] =
      Object.entries(SECTIONS_OF_SWAGGER)
        .map(([name, own]) => [`#/${own}/`, `#/components/${name}/`] as const)
        .find(([own]) => written.startsWith(own)) ?? [];
    if (section === undefined || this.#target(written) === undefined) return written;
    return to + written.slice(section.length);
  }

  #target(reference: string): Part | undefined {
    const pointer = localPointer(reference);
    const value = pointer === undefined ? undefined : getPointer(this.#document, pointer);
    return pointer === undefined || value === undefined ? undefined : { value, pointer };
  }

  /** What a part refers to, and what that refers to; the part itself without a reference, or with one to nothing. */
  followed(part: Part): Part {
    const seen = new Set<Pointer>();
    let current = part;
    while (isObject(current.value) && typeof current.value.$ref === 'string') {
      const target = this.#target(current.value.$ref);
      if (target === undefined || seen.has(target.pointer)) return current;
      seen.add(target.pointer);
      current = target;
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
