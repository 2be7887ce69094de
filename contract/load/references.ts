import { KEYWORDS } from '../check/keyword-table.js';
import { type Field, fieldOf, kindOf } from '../check/openapi.js';
import type { Json, Pointer } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';

/** The two halves of a `$ref`: the file it names (empty: the same) and the pointer within, both decoded. */
export interface Target {
  readonly file: string;
  readonly pointer: Pointer;
}

/** Nothing where a percent sign stands that begins no escape. */
export function splitReference(reference: string): Target | undefined {
  const [file = '', fragment = ''] = reference.split('#', 2);
  if (!reference.includes('%')) return { file, pointer: fragment };
  try {
    return { file: decodeURIComponent(file), pointer: decodeURIComponent(fragment) };
  } catch {
    return undefined;
  }
}

/** Has a scheme, and so would have to be fetched. */
export function isUrl(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(reference);
}

/**
 * Whether a field holds data, in which a `$ref` is a property like any other: an example, a default, an enum, or an
 * extension that is not ours.
 */
export function isData(field: Field | undefined, name: string): boolean {
  if (field !== undefined) return field.is === 'any' || field.is === 'list';
  return name.startsWith('x-') && !Object.hasOwn(KEYWORDS, name);
}

/** A value of a discriminator's mapping may be the name of a schema, too. */
export function isMappedReference(value: Json): value is string {
  return typeof value === 'string' && (value.includes('#') || /\.(json|ya?ml)$/i.test(value));
}

/** What was found: the reference, what is expected where it leads, and where it is written. */
export type Found = (reference: string, field: Field | undefined, at: () => Pointer) => void;

const SCHEMA: Field = { is: 'one', kind: 'schema' };

/**
 * Tells every reference in a part of a file, by the table of OpenAPI's objects. References are not followed, and what
 * has been seen is not looked at again.
 */
export function findReferences(
  start: Json,
  { field: startField, pointer }: { readonly field: Field | undefined; readonly pointer: Pointer },
  seen: Set<Json>,
  found: Found,
): void {
  const way: (string | number)[] = [];
  const tell = (reference: string, field: Field | undefined, ...below: readonly string[]): void => {
    found(reference, field, () => joinPointer(pointer, ...way, ...below));
  };

  function walk(value: Json, field: Field | undefined): void {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      value.forEach((item, index) => {
        step(index, item, entry);
      });
    } else if (isObject(value)) {
      if (typeof value.$ref === 'string') tell(value.$ref, field, '$ref');
      if (field?.is === 'map-of') walkMap(value, { is: 'one', kind: field.kind });
      else walkFields(value, field);
    }
  }

  function walkMap(value: { readonly [key: string]: Json }, entry: Field): void {
    for (const name of Object.keys(value)) step(name, value[name], entry);
  }

  function walkFields(value: { readonly [key: string]: Json }, field: Field | undefined): void {
    const kind = kindOf(field);
    for (const name of Object.keys(value)) {
      const inner = kind === undefined ? undefined : fieldOf(kind, name);
      if (!isData(inner, name)) step(name, value[name], inner);
    }
    if (kind !== 'schema' || !isObject(value.discriminator) || !isObject(value.discriminator.mapping)) return;
    for (const [name, target] of Object.entries(value.discriminator.mapping)) {
      if (isMappedReference(target)) tell(target, SCHEMA, 'discriminator', 'mapping', name);
    }
  }

  function step(segment: string | number, value: Json | undefined, field: Field | undefined): void {
    if (typeof value !== 'object' || value === null) return;
    way.push(segment);
    walk(value, field);
    way.pop();
  }

  walk(start, startField);
}
