import type { Json, JsonObject, Pointer } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';
import { type Field, fieldOf, type ObjectKind } from './openapi.js';

/** `at` makes the pointer of the place, or of what stands below it; made when asked, since most places are fine. */
export type Visit = (kind: ObjectKind, value: JsonObject, at: (...below: readonly string[]) => Pointer) => void;

/**
 * Visits every object of a document that the table of OpenAPI's objects knows, each before what it holds. References are
 * visited as the objects that they are, and not followed; data (examples, defaults, enums) is left alone.
 */
export function walk(document: JsonObject, visit: Visit): void {
  const way: (string | number)[] = [];
  const at = (...below: readonly string[]): Pointer => joinPointer('', ...way, ...below);

  function walkObject(kind: ObjectKind, value: JsonObject): void {
    visit(kind, value, at);
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (typeof entry !== 'object' || entry === null) continue;
      const field = fieldOf(kind, key);
      if (field === undefined) continue;
      way.push(key);
      walkField(field, entry);
      way.pop();
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
    way.push(segment);
    walkObject(kind, value);
    way.pop();
  }

  walkObject('document', document);
}
