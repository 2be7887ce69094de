import type { Json, Schema } from '../../contract/contract.js';
import { objectOr } from '../../contract/json/json-value.js';
import { isObject, splitPointer } from '../../contract/pointer.js';
import { editJson, type JsonEdit } from './json-edit.js';
import { propertiesOf, type SchemaSource, shapeOf } from './schema-shape.js';
import { sampleValue } from './valid-value.js';

/** A valid body with one edit. Missing values around the edited place are filled in, so that nothing else is invalid. */
export function breakBody(source: SchemaSource, schema: Schema, body: Json, edit: JsonEdit): Json {
  return editJson(reach(source, schema, body, splitPointer(edit.pointer)), edit);
}

function reach(source: SchemaSource, schema: Schema, value: Json | undefined, segments: readonly string[]): Json {
  const present = value ?? sampleValue(source, schema, { forRequest: true, optional: 'required' });
  const [segment, ...rest] = segments;
  if (segment === undefined || rest.length === 0) return present;
  const shape = shapeOf(source, schema);
  if (Array.isArray(present)) {
    const index = Number(segment);
    const items: Json[] = [...present];
    items[index] = reach(source, objectOr(shape.items), items[index], rest);
    return items;
  }
  if (!isObject(present)) return present;
  return {
    ...present,
    [segment]: reach(source, propertiesOf(shape)[segment] ?? {}, present[segment], rest),
  };
}
