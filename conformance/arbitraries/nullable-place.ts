import type { Json, Pointer, Schema } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { admitsNull } from '../../contract/schema/admits-null.js';
import { propertiesOf, type SchemaSource, shapeOf, typesOf } from './schema-shape.js';
import { sampleValue } from './valid-value.js';

/** A property of a body that may be null. */
export interface NullablePlace {
  /** JSON pointer into the body. */
  readonly at: Pointer;
  /** A valid value other than null. */
  readonly value: Json;
}

/** Deeper nulls are rare. */
const DEEPEST = 3;

/** A property name for objects that allow any. */
const FREE_NAME = 'example';

/** The properties of a body that may be null, nested ones included; read-only and write-only ones left out. */
export function nullablePlaces(source: SchemaSource, schema: Schema): readonly NullablePlace[] {
  return placesIn(source, schema, '');
}

function placesIn(source: SchemaSource, schema: Schema, pointer: Pointer | ''): readonly NullablePlace[] {
  const depth = pointer.split('/').length;
  if (depth > DEEPEST) return [];
  const shape = shapeOf(source, schema);
  const declared = Object.entries(propertiesOf(shape));
  const free = isObject(shape.additionalProperties) ? [[FREE_NAME, shape.additionalProperties] as const] : [];
  return [...declared, ...free].flatMap(([name, property]) => {
    const resolved = source.resolve(property);
    if (resolved.readOnly === true || resolved.writeOnly === true) return [];
    const at = joinPointer(pointer, name);
    const own = admitsNull(source, property) ? [{ at, value: valueBesideNull(source, property) }] : [];
    return [...own, ...placesIn(source, property, at)];
  });
}

function valueBesideNull(source: SchemaSource, schema: Schema): Json {
  const shape = shapeOf(source, schema);
  const isNotNull = (branch: Json): boolean => isObject(branch) && typesOf(shapeOf(source, branch)).join() !== 'null';
  const withoutNull: Schema = {
    ...shape,
    ...(Array.isArray(shape.enum) ? { enum: shape.enum.filter((value: Json) => value !== null) } : {}),
    ...(Array.isArray(shape.oneOf) ? { oneOf: shape.oneOf.filter(isNotNull) } : {}),
    ...(Array.isArray(shape.anyOf) ? { anyOf: shape.anyOf.filter(isNotNull) } : {}),
  };
  return sampleValue(source, withoutNull, { forRequest: true, optional: 'all' });
}
