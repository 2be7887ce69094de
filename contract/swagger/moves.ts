import type { Json, JsonObject, Pointer } from '../contract.js';
import { objectOr } from '../json/json-value.js';
import type { Origins } from '../load/origins.js';
import { splitReference } from '../load/references.js';
import { getPointer, isObject, joinPointer, splitPointer, step } from '../pointer.js';
import { convertedSchema, type SchemaContext, wordOf31 } from './schema.js';
import { isInSection, SECTIONS_OF_SWAGGER } from './sections.js';

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
  /** By the pointer of a schema that is no entry of `definitions`: its name among the components. */
  readonly #hoisted = new Map<Pointer, string>();
  /** The names of schemas. */
  readonly #taken: Set<string>;
  /** By reference as it is written: many schemas have the same one. */
  readonly #references = new Map<string, string>();

  constructor(document: JsonObject, origins: Origins) {
    this.#document = document;
    this.#origins = origins;
    const added = objectOr(getPointer(document, '/components/schemas'));
    this.#taken = new Set([...Object.keys(objectOr(document.definitions)), ...Object.keys(added)]);
    this.#context = {
      reference: (written) => {
        const known = this.#references.get(written) ?? this.#schemaReference(written);
        this.#references.set(written, known);
        return known;
      },
      keep: (from, to) => origins.keep(from, to),
    };
  }

  /** An object that stands for a part. */
  made<T extends object>(result: T, { pointer }: Pick<Part, 'pointer'>): T {
    const origin = this.#origins.at(this.#document, pointer);
    if (origin !== undefined) this.#origins.set(result, origin);
    return result;
  }

  /** A copy of something that was made. */
  keep(from: object, to: object): void {
    this.#origins.keep(from, to);
  }

  /** A list or an object whose entries stand for parts, each at the place of its part. */
  placed<T extends object>(result: T, parts: Iterable<readonly [string | number, Pick<Part, 'pointer'>]>): T {
    for (const [name, { pointer }] of parts) {
      const origin = this.#origins.at(this.#document, pointer);
      if (origin !== undefined) this.#origins.setValue(result, name, origin);
    }
    return result;
  }

  /**
   * A map, converted entry by entry; another value stays, for a check to find it. From entries, because assigning a
   * property named `__proto__` would lose it.
   */
  map(part: Part, convert: (entry: Part, name: string) => Json): Json {
    if (!isObject(part.value)) return part.value;
    const entries = Object.entries(part.value).map(([name, value]): [string, Json] => [
      name,
      convert(inner(part, name, value), name),
    ]);
    return this.made(Object.fromEntries(entries), part);
  }

  /** The same for a map that may have extensions among its entries, which stay as they are. */
  mapWithExtensions(part: Part, convert: (entry: Part) => Json): Json {
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
    const rest = written.slice(section.length);
    return to + (/\/(items|additionalItems)\b/.test(rest) ? this.#inListOfItems(section.slice(1), rest) : rest);
  }

  /** The rest of a pointer, which may lead into a list of the schemas of items. */
  #inListOfItems(section: Pointer, rest: string): string {
    let value = getPointer(this.#document, section.slice(0, -1));
    const names = splitPointer(`/${rest}`).map((name) => {
      const own = isObject(value) ? wordOf31(name, value) : name;
      value = step(value, name);
      return own;
    });
    return joinPointer('', ...names).slice(1);
  }

  /**
   * The same for a schema. One in a parameter, a response or an extension is elsewhere in OpenAPI 3, or is not read as a
   * schema there: it becomes a component.
   */
  #schemaReference(written: string): string {
    const target = this.#target(written);
    if (target === undefined || !isObject(target.value) || !isMovedSchema(target.pointer))
      return this.reference(written);
    const name = this.#hoisted.get(target.pointer) ?? this.#freeName(target.pointer);
    this.#hoisted.set(target.pointer, name);
    return `#${joinPointer('/components/schemas', name)}`;
  }

  /** The schemas that references made components. They may refer to others. */
  *hoistedSchemas(): Generator<readonly [string, Json]> {
    // A map that grows while it is read has each entry once.
    for (const [pointer, name] of this.#hoisted)
      yield [name, this.schema({ value: getPointer(this.#document, pointer) ?? {}, pointer })];
  }

  /** The last name of the pointer that says something, with a number if it is taken. */
  #freeName(pointer: Pointer): string {
    const last = splitPointer(pointer).findLast((segment) => segment !== 'schema') ?? 'schema';
    const wanted = /^\d+$/.test(last) ? `Schema${last}` : last;
    let name = wanted;
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}${n}`;
    this.#taken.add(name);
    return name;
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

/** Whether a schema at a place of Swagger has another place in OpenAPI 3, or none. */
function isMovedSchema(pointer: Pointer): boolean {
  const [top, ...rest] = splitPointer(pointer);
  if (top === undefined || top === 'definitions' || top === 'components') return false;
  // Elsewhere in these are other objects, and a reference to one is wrong.
  return top === 'paths' || isInSection(pointer) ? rest.includes('schema') : true;
}
