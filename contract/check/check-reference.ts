import type { Json, JsonObject, Pointer } from '../contract.js';
import { isUrl } from '../load/references.js';
import { getPointer, isObject, splitPointer, step } from '../pointer.js';
import { article, type Field, fieldOf, kindOf, type ObjectKind } from './openapi.js';

/** What is wrong with a reference that stands at a place, where an object of a kind is expected; else nothing. */
export type CheckReference = (reference: Json, kind: ObjectKind, at: () => Pointer) => string | undefined;

/** Checks the references of one document. Most lead where others lead, and are looked at once. */
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
    const way = circle.map((pointer) => `#${pointer}`).join(' → ');
    return `"$ref: ${reference}" leads in a circle, ${way}; expected a reference that ends at ${article(kind)}`;
  };
}

function wrongTarget(document: JsonObject, reference: string, kind: ObjectKind): string | undefined {
  const subject = `"$ref: ${reference}"`;
  if (isUrl(reference)) {
    return `${subject} leads into the network, which is not followed; expected a file beside the contract`;
  }
  const found = reference.startsWith('#') ? getPointer(document, reference.slice(1)) : undefined;
  if (found === undefined) return `${subject} leads to nothing; expected a component`;
  const field = fieldAt(document, reference.slice(1));
  const fits = isObject(found) || (kind === 'schema' && typeof found === 'boolean');
  const free = field === undefined || field.is === 'any' || field.is === 'object';
  if (fits && (free || kindOf(field) === kind)) return undefined;
  return `${subject} leads to ${leading(field, found)}; expected ${article(kind)}`;
}

function leading(field: Field | undefined, found: Json): string {
  const kind = isObject(found) ? kindOf(field) : undefined;
  if (kind === 'document') return 'the whole document';
  return kind === undefined ? shown(found) : article(kind);
}

/** What the table of OpenAPI's objects has at a place; nothing where the table does not lead. */
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

/** The places of a circle of nothing but references, where a place leads into one. */
function circleFrom(document: JsonObject, start: Pointer): readonly Pointer[] | undefined {
  const way: Pointer[] = [];
  let place = start;
  while (!way.includes(place)) {
    const value = getPointer(document, place);
    if (!isObject(value) || typeof value.$ref !== 'string' || !value.$ref.startsWith('#')) return undefined;
    way.push(place);
    place = value.$ref.slice(1);
  }
  return way.slice(way.indexOf(place));
}

/** A value as it stands in a sentence. */
export function shown(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return JSON.stringify(value);
}
