import type { Json, JsonObject, Pointer } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';
import { type Field, fieldOf, type ObjectKind } from './openapi.js';

/** Makes the pointer of the visited object, or of something in it. A function, since most objects have no problem. */
export type PointerTo = (...below: readonly string[]) => Pointer;

/** Returns `SKIP` for an object whose children are not visited. */
export type Visit = (kind: ObjectKind, value: JsonObject, at: PointerTo) => typeof SKIP | undefined;

export const SKIP = 'skip';

/**
 * Visits every object of a document that the table of OpenAPI's objects has, each before its children. A reference is
 * visited as an object and not followed; data (examples, defaults, enums) is skipped.
 */
export function walk(document: JsonObject, visit: Visit): void {
  const path: (string | number)[] = [];
  const at: PointerTo = (...below) => joinPointer('', ...path, ...below);

  function walkObject(kind: ObjectKind, value: JsonObject): void {
    if (visit(kind, value, at) === SKIP) return;
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (typeof entry !== 'object' || entry === null) continue;
      const field = fieldOf(kind, key);
      if (field === undefined) continue;
      path.push(key);
      walkField(field, entry);
      path.pop();
    }
  }

  function walkField(field: Field, value: Json): void {
    if (field.is === 'list-of' && Array.isArray(value)) {
      value.forEach((entry, index) => {
        step(field.kind, entry, index);
      });
    } else if (field.is === 'map-of' && isObject(value)) {
      for (const name of Object.keys(value)) step(field.kind, value[name], name);
    } else if (field.is === 'one' && isObject(value)) walkObject(field.kind, value);
    else if (field.is === 'schema-or-boolean' && isObject(value)) walkObject('schema', value);
  }

  function step(kind: ObjectKind, value: Json | undefined, segment: string | number): void {
    if (!isObject(value)) return;
    path.push(segment);
    walkObject(kind, value);
    path.pop();
  }

  walkObject('document', document);
}
