import type { Json, JsonObject, Pointer } from './contract.js';
import { type Field, fieldOf, type ObjectKind } from './openapi.js';
import { isObject, joinPointer } from './pointer.js';

export type Visit = (kind: ObjectKind, value: JsonObject, pointer: Pointer) => void;

/**
 * Visits every object of a document that the table of OpenAPI's objects knows, each before what it holds. References are
 * visited as the objects that they are, and not followed; data (examples, defaults, enums) is left alone.
 */
export function walk(document: JsonObject, visit: Visit): void {
  walkObject('document', document, '', visit);
}

function walkObject(kind: ObjectKind, value: JsonObject, pointer: Pointer, visit: Visit): void {
  visit(kind, value, pointer);
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const field = fieldOf(kind, key);
    if (field !== undefined) walkField(field, entry, joinPointer(pointer, key), visit);
  }
}

function walkField(field: Field, value: Json, pointer: Pointer, visit: Visit): void {
  if (field.is === 'list-of' && Array.isArray(value)) {
    value.forEach((entry, index) => {
      if (isObject(entry)) walkObject(field.kind, entry, `${pointer}/${index}`, visit);
    });
  } else if (field.is === 'map-of' && isObject(value)) {
    for (const [name, entry] of Object.entries(value)) {
      if (isObject(entry)) walkObject(field.kind, entry, joinPointer(pointer, name), visit);
    }
  } else if (field.is === 'one' && isObject(value)) {
    walkObject(field.kind, value, pointer, visit);
  } else if (field.is === 'schema-or-boolean' && isObject(value)) {
    walkObject('schema', value, pointer, visit);
  }
}
