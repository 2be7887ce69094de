import type { Contract, Json, JsonObject } from '../contract.js';
import { compilePattern } from '../pattern/pattern.js';
import { isObject } from '../pointer.js';
import { fitsFormat } from './format-sample.js';

/** References to references are followed to this level: they may lead back to themselves. */
const MOST_REFERENCES = 8;

/** Keywords that no value violates. */
const ANNOTATIONS = [
  ...['title', 'description', 'deprecated', 'readOnly', 'writeOnly'],
  ...['externalDocs', 'xml', '$comment', '$anchor', '$id', '$defs'],
];
const OF_OBJECTS = ['type', 'properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'];
const OF_LISTS = ['type', 'items', 'minItems', 'maxItems'];
/** Given values are annotations too, where a value has no parts. */
const OF_SCALARS = ['type', 'enum', 'const', 'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum'];
const GIVEN = ['example', 'examples', 'default'];

/** The schema that a schema refers to, if the reference stands alone. */
export function referencedSchema(contract: Contract, schema: JsonObject): JsonObject {
  let referenced = schema;
  for (let level = 0; level < MOST_REFERENCES; level += 1) {
    if (typeof referenced.$ref !== 'string' || !hasOnly(referenced, ['$ref'])) break;
    const target: unknown = contract.resolve({ $ref: referenced.$ref });
    if (!isObject(target)) break;
    referenced = target;
  }
  return referenced;
}

/**
 * Whether a value fits a schema, given that the properties and entries of the value fit theirs. Undefined for a value
 * without parts that needs a validator. False if the keywords are not among the few that are understood here.
 */
export function fitsGivenParts(schema: JsonObject, value: Json): boolean | undefined {
  if (Array.isArray(value)) return fitsList(schema, value);
  if (isObject(value)) return fitsObject(schema, value);
  return hasOnly(schema, [...OF_SCALARS, ...GIVEN]) && fitsScalar(schema, value) ? true : undefined;
}

function fitsScalar(schema: JsonObject, value: Json): boolean {
  if (!typesOf(value).some((type) => allows(schema, type))) return false;
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  if (schema.const !== undefined && schema.const !== value) return false;
  if (!fitsFormat(schema.format, value)) return false;
  if (typeof value === 'number') return isBetween(schema.minimum, value, schema.maximum);
  if (typeof value !== 'string') return true;
  // JSON Schema counts code points.
  return isBetween(schema.minLength, [...value].length, schema.maxLength) && matches(schema.pattern, value);
}

function matches(pattern: Json | undefined, text: string): boolean {
  if (typeof pattern !== 'string') return pattern === undefined;
  const compiled = compilePattern(pattern);
  return 'pattern' in compiled && compiled.pattern.test(text);
}

function isBetween(
  least: Json = Number.NEGATIVE_INFINITY,
  value: number,
  most: Json = Number.POSITIVE_INFINITY,
): boolean {
  return Number(least) <= value && value <= Number(most);
}

function fitsList(schema: JsonObject, list: readonly Json[]): boolean {
  if (!hasOnly(schema, OF_LISTS) || !allows(schema, 'array')) return false;
  return isBetween(schema.minItems, list.length, schema.maxItems);
}

function fitsObject(schema: JsonObject, object: JsonObject): boolean {
  if (!hasOnly(schema, OF_OBJECTS) || !allows(schema, 'object')) return false;
  const { properties, required, additionalProperties } = schema;
  if (!isBetween(schema.minProperties, Object.keys(object).length, schema.maxProperties)) return false;
  const isDeclared = (name: string): boolean => isObject(properties) && Object.hasOwn(properties, name);
  if (additionalProperties === false && !Object.keys(object).every(isDeclared)) return false;
  return !Array.isArray(required) || required.every((name) => Object.hasOwn(object, String(name)));
}

function hasOnly(schema: JsonObject, keywords: readonly string[]): boolean {
  return Object.keys(schema).every(
    (keyword) => keywords.includes(keyword) || ANNOTATIONS.includes(keyword) || keyword.startsWith('x-'),
  );
}

function allows({ type }: JsonObject, name: string): boolean {
  return type === undefined || [type].flat().includes(name);
}

function typesOf(value: Json): readonly string[] {
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return [value === null ? 'null' : typeof value];
}
