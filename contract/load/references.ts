import { posix } from 'node:path';
import { KEYWORDS } from '../check/keyword-table.js';
import { type Field, kindOf, writtenFieldOf } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { isObject, joinPointer, splitPointer, step } from '../pointer.js';

/** The two parts of a `$ref`, both decoded: the file (empty: the same file) and the pointer within it. */
export interface Target {
  readonly file: string;
  readonly pointer: Pointer;
}

/**
 * A reference that is a URL as one from the root document to a local file, if the document gives itself a URL in `$self`:
 * files lie to each other as their URLs do. Any other reference stays as it is.
 *
 * @see OpenAPI 3.2, section 4.1.2.2.1
 */
export function localReference(reference: string, self: string): string {
  if (!isUrl(reference) || !URL.canParse(self) || !URL.canParse(reference)) return reference;
  const [from, to] = [new URL(self), new URL(reference)];
  if (from.origin !== to.origin) return reference;
  if (from.pathname === to.pathname) return to.hash || '#';
  return posix.relative(posix.dirname(from.pathname), to.pathname) + to.hash;
}

/** Nothing for a percent sign that does not begin an escape. */
export function splitReference(reference: string): Target | undefined {
  const [file = '', fragment = ''] = reference.split('#', 2);
  if (!reference.includes('%')) return { file, pointer: fragment };
  try {
    return { file: decodeURIComponent(file), pointer: decodeURIComponent(fragment) };
  } catch {
    return undefined;
  }
}

/**
 * The reference on the way of a pointer, with where it leads together with the rest of the pointer. Most tools read a
 * pointer through references: in `#/components/schemas/Pet/properties/owner/properties/name`, `owner` may be one.
 *
 * @returns nothing if the pointer needs none
 */
export function passedReference(value: Json, pointer: Pointer): (Target & { readonly at: Pointer }) | undefined {
  const segments = splitPointer(pointer);
  let current: Json | undefined = value;
  for (const [index, segment] of segments.entries()) {
    const inner = step(current, segment);
    if (inner === undefined) {
      const target = isObject(current) && typeof current.$ref === 'string' ? splitReference(current.$ref) : undefined;
      if (target === undefined) return undefined;
      const rest = joinPointer('', ...segments.slice(index));
      return { file: target.file, pointer: target.pointer + rest, at: joinPointer('', ...segments.slice(0, index)) };
    }
    current = inner;
  }
  return undefined;
}

/** Has a scheme, so it would have to be fetched. */
export function isUrl(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(reference);
}

/**
 * Whether a field holds data, in which `$ref` is an ordinary property: an example, a default, an enum, or an extension
 * that is not ours.
 */
export function isData(field: Field | undefined, name: string): boolean {
  if (field !== undefined) return field.is === 'any' || field.is === 'list';
  return name.startsWith('x-') && !Object.hasOwn(KEYWORDS, name);
}

/** Whether the name of a security scheme in a requirement is a reference to a scheme in another file (OpenAPI 3.2). */
export function isSchemeReference(name: string): boolean {
  return !isUrl(name) && /^[^#]*\.(json|ya?ml)(#|$)/i.test(name);
}

/** A value of a discriminator's mapping may also be the name of a schema. */
export function isMappedReference(value: Json): value is string {
  return typeof value === 'string' && (value.includes('#') || /\.(json|ya?ml)$/i.test(value));
}

/** Receives a reference, the field its target should fit, and the place of the reference. */
export type Found = (reference: string, field: Field | undefined, at: () => Pointer) => void;

/** A part of a file: its place, and the field it should fit by the table of OpenAPI's objects. */
export interface Part {
  readonly pointer: Pointer;
  readonly field: Field | undefined;
}

/**
 * Calls `found` for every reference in a part of a file. References are not followed, and objects in `seen` are skipped.
 */
export function findReferences(start: Json, part: Part, seen: Set<Json>, found: Found): void {
  new ReferenceFinder(part.pointer, seen, found).walk(start, part.field);
}

const SCHEMA: Field = { is: 'one', kind: 'schema' };
const SECURITY_SCHEME: Field = { is: 'one', kind: 'security-scheme' };

class ReferenceFinder {
  readonly #start: Pointer;
  readonly #seen: Set<Json>;
  readonly #found: Found;
  readonly #path: (string | number)[] = [];

  constructor(start: Pointer, seen: Set<Json>, found: Found) {
    this.#start = start;
    this.#seen = seen;
    this.#found = found;
  }

  walk(value: Json, field: Field | undefined): void {
    if (typeof value !== 'object' || value === null || this.#seen.has(value)) return;
    this.#seen.add(value);
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      value.forEach((item, index) => {
        this.#step(index, item, entry);
      });
    } else if (isObject(value)) {
      if (typeof value.$ref === 'string') this.#report(value.$ref, field, '$ref');
      if (field?.is === 'map-of') this.#walkMap(value, { is: 'one', kind: field.kind });
      else this.#walkFields(value, field);
    }
  }

  #walkMap(value: JsonObject, entry: Field): void {
    for (const name of Object.keys(value)) this.#step(name, value[name], entry);
  }

  #walkFields(value: JsonObject, field: Field | undefined): void {
    const kind = kindOf(field);
    for (const name of Object.keys(value)) {
      const inner = kind === undefined ? undefined : writtenFieldOf(kind, name);
      if (inner?.is === 'security') this.#reportSchemes(name, value[name]);
      else if (!isData(inner, name)) this.#step(name, value[name], inner);
    }
    if (kind !== 'schema' || !isObject(value.discriminator) || !isObject(value.discriminator.mapping)) return;
    for (const [name, target] of Object.entries(value.discriminator.mapping)) {
      if (isMappedReference(target)) this.#report(target, SCHEMA, 'discriminator', 'mapping', name);
    }
  }

  /** The names in security requirements that are references. */
  #reportSchemes(field: string, requirements: Json | undefined): void {
    if (!Array.isArray(requirements)) return;
    requirements.forEach((requirement: Json, index) => {
      for (const name of Object.keys(isObject(requirement) ? requirement : {})) {
        if (isSchemeReference(name)) this.#report(name, SECURITY_SCHEME, field, String(index), name);
      }
    });
  }

  #step(segment: string | number, value: Json | undefined, field: Field | undefined): void {
    if (typeof value !== 'object' || value === null) return;
    this.#path.push(segment);
    this.walk(value, field);
    this.#path.pop();
  }

  #report(reference: string, field: Field | undefined, ...below: readonly string[]): void {
    this.#found(reference, field, () => joinPointer(this.#start, ...this.#path, ...below));
  }
}
