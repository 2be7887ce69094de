import type { Json, JsonObject } from '../../../contract/contract.js';
import { compilePattern } from '../../../contract/pattern/pattern.js';
import { isObject } from '../../../contract/pointer.js';

/** What a validator checks of a value: a schema of JSON Schema, reduced to what schema libraries can say. */
export type Shape =
  | { readonly kind: 'unknown' | 'never' | 'boolean' | 'null' }
  | { readonly kind: 'string'; readonly format?: StringFormat; readonly pattern?: RegExp; readonly bounds: Bounds }
  | { readonly kind: 'number'; readonly isInteger: boolean; readonly bounds: NumberBounds }
  | { readonly kind: 'values'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'list'; readonly items: Shape; readonly bounds: Bounds }
  | { readonly kind: 'tuple'; readonly entries: readonly Shape[]; readonly rest?: Shape }
  | { readonly kind: 'object'; readonly properties: readonly Property[]; readonly others: 'any' | 'none' | Shape }
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly Shape[] }
  /** A component of the document. */
  | { readonly kind: 'component'; readonly name: string };

export type StringFormat = 'date-time' | 'date' | 'email' | 'uuid' | 'uri' | 'ipv4' | 'ipv6';

export interface Property {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

export interface NumberBounds extends Bounds {
  readonly above?: number;
  readonly below?: number;
  readonly step?: number;
}

const FORMATS: readonly string[] = [
  'date-time',
  'date',
  'email',
  'uuid',
  'uri',
  'ipv4',
  'ipv6',
] satisfies StringFormat[];
const COMPONENT = /^#\/components\/schemas\/([^/]+)$/;
const UNKNOWN: Shape = { kind: 'unknown' };

/** The shape of a schema in the dialect of OpenAPI 3.1. Keywords that no library has (`not`, `if`) are left out. */
export function shapeOfSchema(schema: Json | undefined): Shape {
  if (schema === false) return { kind: 'never' };
  if (!isObject(schema)) return UNKNOWN;
  const { $ref, allOf, anyOf, oneOf } = schema;
  const parts: Shape[] = [];
  if (typeof $ref === 'string') parts.push(component($ref));
  if (Array.isArray(allOf)) parts.push(...allOf.map(shapeOfSchema));
  for (const alternatives of [anyOf, oneOf]) {
    if (Array.isArray(alternatives) && alternatives.length > 0) parts.push(union(alternatives.map(shapeOfSchema)));
  }
  const own = ownShape(schema);
  if (own.kind !== 'unknown') parts.unshift(own);
  const known = parts.filter(({ kind }) => kind !== 'unknown');
  const [first = UNKNOWN, ...others] = known;
  return others.length === 0 ? first : { kind: 'intersection', parts: known };
}

function component(reference: string): Shape {
  const name = COMPONENT.exec(reference)?.[1];
  return name === undefined ? UNKNOWN : { kind: 'component', name: name.replaceAll('~1', '/').replaceAll('~0', '~') };
}

function union(shapes: readonly Shape[]): Shape {
  if (shapes.some(({ kind }) => kind === 'unknown')) return UNKNOWN;
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.parts : [shape]));
  const distinct = [...new Map(flat.map((shape) => [keyOf(shape), shape])).values()];
  const [only = UNKNOWN, ...others] = distinct;
  return others.length === 0 ? only : { kind: 'union', parts: distinct };
}

function keyOf(shape: Shape): string {
  return JSON.stringify(shape, (_, value) => (value instanceof RegExp ? String(value) : value));
}

/** The shape by the keywords beside references and combinations. */
function ownShape(schema: JsonObject): Shape {
  const { type, enum: values, const: value } = schema;
  if (value !== undefined) return valuesOf([value]);
  if (Array.isArray(values)) return valuesOf(values);
  const types = Array.isArray(type) ? type : type === undefined ? impliedTypes(schema) : [type];
  return types.length === 0 ? UNKNOWN : union(types.map((one) => SHAPES[String(one)]?.(schema) ?? UNKNOWN));
}

function valuesOf(values: readonly Json[]): Shape {
  const plain = values.filter((value) => typeof value !== 'object' || value === null);
  return plain.length === values.length && plain.length > 0
    ? { kind: 'values', values: plain as readonly (string | number | boolean | null)[] } // filtered above
    : UNKNOWN;
}

/** Many documents leave out the type of objects and lists. */
function impliedTypes({ properties, additionalProperties, items }: JsonObject): readonly string[] {
  if (properties !== undefined || additionalProperties !== undefined) return ['object'];
  return items === undefined ? [] : ['array'];
}

const SHAPES: Readonly<Record<string, (schema: JsonObject) => Shape>> = {
  null: () => ({ kind: 'null' }),
  boolean: () => ({ kind: 'boolean' }),
  string: stringShape,
  number: (schema) => numberShape(schema, false),
  integer: (schema) => numberShape(schema, true),
  array: listShape,
  object: objectShape,
};

function stringShape({ format, pattern, minLength, maxLength, contentMediaType }: JsonObject): Shape {
  const isFile = format === 'binary' || contentMediaType === 'application/octet-stream';
  if (isFile) return UNKNOWN;
  const compiled = typeof pattern === 'string' ? compilePattern(pattern) : undefined;
  return {
    kind: 'string',
    ...(FORMATS.includes(String(format)) ? { format: format as StringFormat } : {}), // the list has no others
    ...(compiled !== undefined && 'pattern' in compiled ? { pattern: compiled.pattern.regExp } : {}),
    bounds: boundsOf(minLength, maxLength),
  };
}

function numberShape(schema: JsonObject, isInteger: boolean): Shape {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const bounds = {
    ...boundsOf(minimum, maximum),
    ...(typeof exclusiveMinimum === 'number' ? { above: exclusiveMinimum } : {}),
    ...(typeof exclusiveMaximum === 'number' ? { below: exclusiveMaximum } : {}),
    ...(typeof multipleOf === 'number' && multipleOf > 0 ? { step: multipleOf } : {}),
  };
  return { kind: 'number', isInteger, bounds };
}

function boundsOf(least: Json | undefined, most: Json | undefined): Bounds {
  return {
    ...(typeof least === 'number' ? { least } : {}),
    ...(typeof most === 'number' ? { most } : {}),
  };
}

function listShape({ prefixItems, items, minItems, maxItems }: JsonObject): Shape {
  if (!Array.isArray(prefixItems)) {
    return { kind: 'list', items: shapeOfSchema(items), bounds: boundsOf(minItems, maxItems) };
  }
  const isComplete = typeof minItems === 'number' && minItems >= prefixItems.length;
  // Fewer entries are allowed unless minItems says otherwise, which the tuples of libraries do not support.
  if (!isComplete) return { kind: 'list', items: UNKNOWN, bounds: boundsOf(minItems, maxItems) };
  return {
    kind: 'tuple',
    entries: prefixItems.map(shapeOfSchema),
    ...(items === false ? {} : { rest: shapeOfSchema(items) }),
  };
}

function objectShape({ properties, required, additionalProperties, patternProperties }: JsonObject): Shape {
  const names = new Set(Array.isArray(required) ? required : []);
  const declared = Object.entries(isObject(properties) ? properties : {}).map(([name, schema]): Property => {
    // A schema is used for requests and responses, and each lacks some of these.
    const isOneWay = isObject(schema) && (schema.readOnly === true || schema.writeOnly === true);
    return { name, shape: shapeOfSchema(schema), required: names.has(name) && !isOneWay };
  });
  const others = [...names].filter((name) => typeof name === 'string' && !declared.some((one) => one.name === name));
  return {
    kind: 'object',
    properties: [...declared, ...others.map((name) => ({ name: String(name), shape: UNKNOWN, required: true }))],
    others: patternProperties === undefined ? othersOf(additionalProperties) : 'any',
  };
}

function othersOf(additionalProperties: Json | undefined): 'any' | 'none' | Shape {
  if (additionalProperties === false) return 'none';
  const shape = shapeOfSchema(additionalProperties);
  return shape.kind === 'unknown' ? 'any' : shape;
}

/** The components that a shape refers to. */
export function componentsIn(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'component':
      return [shape.name];
    case 'list':
      return componentsIn(shape.items);
    case 'tuple':
      return [...shape.entries, ...(shape.rest ? [shape.rest] : [])].flatMap(componentsIn);
    case 'object':
      return [
        ...shape.properties.flatMap((property) => componentsIn(property.shape)),
        ...(typeof shape.others === 'string' ? [] : componentsIn(shape.others)),
      ];
    case 'union':
    case 'intersection':
      return shape.parts.flatMap(componentsIn);
    default:
      return [];
  }
}
