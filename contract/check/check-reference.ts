import type { Json, JsonObject, Pointer } from '../contract.js';
import { isUrl } from '../load/references.js';
import { getPointer, isObject, splitPointer, step } from '../pointer.js';
import { article, type Field, fieldOf, kindOf, type ObjectKind } from './openapi.js';

/** The problem of a reference at a place where an object of a kind is expected; nothing if it is fine. */
export type CheckReference = (reference: Json, kind: ObjectKind, at: () => Pointer) => string | undefined;

/** Checks the references of one document. Many have the same target, so results are cached. */
export function referenceCheckOf(document: JsonObject): CheckReference {
  const known = new Map<string, string | undefined>();
  const circles = new Map<string, readonly Pointer[] | undefined>();
  return (reference, kind, at) => {
    if (typeof reference !== 'string') return `"$ref" expected a string, received ${shown(reference)}`;
    const key = `${kind} ${reference}`;
    if (!known.has(key)) known.set(key, wrongTarget(document, reference, kind));
    const wrong = known.get(key);
    if (wrong !== undefined) return wrong;
    if (!circles.has(reference)) circles.set(reference, circleFrom(document, reference.slice(1)));
    const circle = circles.get(reference);
    if (circle?.includes(at()) !== true) return undefined;
    const path = circle.map((pointer) => `#${pointer}`).join(' → ');
    return `"$ref: ${reference}" is circular: ${path}; expected a reference that ends at ${article(kind)}`;
  };
}

function wrongTarget(document: JsonObject, reference: string, kind: ObjectKind): string | undefined {
  const subject = `"$ref: ${reference}"`;
  if (isUrl(reference)) return `${subject} is a URL, which is not fetched; expected a local file`;
  const found = reference.startsWith('#') ? getPointer(document, reference.slice(1)) : undefined;
  if (found === undefined)
    return `${subject} points to nothing; ${reference.startsWith('#') ? 'expected a component' : 'check the file and the pointer'}`;
  const field = fieldAt(document, reference.slice(1));
  const fits = isObject(found) || (kind === 'schema' && typeof found === 'boolean');
  const free = field === undefined || field.is === 'any' || field.is === 'object';
  if (fits && (free || kindOf(field) === kind)) return undefined;
  return `${subject} points to ${targetName(field, found)}; expected ${article(kind)}`;
}

function targetName(field: Field | undefined, found: Json): string {
  const kind = isObject(found) ? kindOf(field) : undefined;
  if (kind === 'document') return 'the whole document';
  return kind === undefined ? typeName(found) : article(kind);
}

/** The field at a place, from the table of OpenAPI's objects; nothing at a place the table does not cover. */
function fieldAt(document: JsonObject, pointer: Pointer): Field | undefined {
  let field: Field | undefined = { is: 'one', kind: 'document' };
  let value: Json | undefined = document;
  for (const segment of splitPointer(pointer)) {
    const kind: ObjectKind | undefined = kindOf(field);
    if (field?.is === 'list-of' || field?.is === 'map-of') field = { is: 'one', kind: field.kind };
    else field = kind === undefined ? undefined : fieldOf(kind, segment);
    value = step(value, segment);
  }
  return field;
}

/** The places of a circle that consists only of references, if a place is on the way into one. */
function circleFrom(document: JsonObject, start: Pointer): readonly Pointer[] | undefined {
  const path: Pointer[] = [];
  let place = start;
  while (!path.includes(place)) {
    const value = getPointer(document, place);
    if (!isObject(value) || typeof value.$ref !== 'string' || !value.$ref.startsWith('#')) return undefined;
    path.push(place);
    place = value.$ref.slice(1);
  }
  return path.slice(path.indexOf(place));
}

/** The target may be in any file: a message says what it is, and does not quote it. */
function typeName(value: Json): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? shown(value) : `a ${typeof value}`;
}

/** A value as a message shows it. */
export function shown(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return JSON.stringify(value);
}
