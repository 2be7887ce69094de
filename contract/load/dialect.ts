import { type Field, fieldOf } from '../check/openapi.js';
import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';

/**
 * Converts a document from OpenAPI 3.0 to the dialect of 3.1: `nullable` becomes a type, `exclusiveMinimum: true` the
 * bound itself, and `example` of a schema `examples`. A document of a later version is returned unchanged, unless it has
 * keywords of 3.0.
 *
 * @param passOn called with each object and its copy
 * @param isMixed whether a document of a later version has keywords of 3.0
 * @see https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
export function toDialect31(
  document: JsonObject,
  passOn: (from: object, to: object) => void,
  isMixed = false,
): JsonObject {
  const is30 = typeof document.openapi === 'string' && document.openapi.startsWith('3.0');
  if (!is30 && !isMixed) return document;
  const convert = (value: Json, field: Field | undefined): Json => {
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      const copy = value.map((item) => convert(item, entry));
      passOn(value, copy);
      return copy;
    }
    if (!isObject(value) || field === undefined || field.is === 'any') return value;
    const kind = field.is === 'one' ? field.kind : field.is === 'schema-or-boolean' ? 'schema' : undefined;
    // fromEntries, because assigning a property named __proto__ would lose it.
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, entry]): [string, Json] => {
        const inner: Field | undefined =
          field.is === 'map-of' ? { is: 'one', kind: field.kind } : kind === undefined ? undefined : fieldOf(kind, key);
        return [key, convert(entry, inner)];
      }),
    );
    const result = kind === 'schema' ? schemaTo31(copy) : copy;
    passOn(value, result);
    return result;
  };
  const converted = convert(document, { is: 'one', kind: 'document' });
  if (!isObject(converted)) return document;
  const result = is30 ? { ...converted, openapi: '3.1.0' } : converted;
  passOn(document, result);
  return result;
}

function schemaTo31(schema: JsonObject): JsonObject {
  const { nullable, exclusiveMinimum, exclusiveMaximum, example, ...rest } = schema;
  const result: Record<string, Json> = { ...rest };
  exclusive(result, 'minimum', 'exclusiveMinimum', exclusiveMinimum);
  exclusive(result, 'maximum', 'exclusiveMaximum', exclusiveMaximum);
  if (example !== undefined) result.examples ??= [example];
  return nullable === true ? withNull(result) : result;
}

/** Keywords that combine schemas: null has to become one more alternative. */
const COMPOSED = ['$ref', 'allOf', 'anyOf', 'oneOf'];

/** Keywords that do not restrict values stay outside the alternatives. */
const ANNOTATIONS = ['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'];

function withNull(schema: Record<string, Json>): JsonObject {
  const { type, enum: values } = schema;
  if (COMPOSED.some((name) => schema[name] !== undefined)) {
    const outside = Object.entries(schema).filter(([name]) => ANNOTATIONS.includes(name) || name.startsWith('x-'));
    const names = new Set(outside.map(([name]) => name));
    const inside = Object.entries(schema).filter(([name]) => !names.has(name));
    return { ...Object.fromEntries(outside), anyOf: [Object.fromEntries(inside), { type: 'null' }] };
  }
  return {
    ...schema,
    ...(type === undefined ? {} : { type: [...(Array.isArray(type) ? type : [type]), 'null'] }),
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

function exclusive(schema: Record<string, Json>, bound: string, keyword: string, value: Json | undefined): void {
  const limit = schema[bound];
  if (value === true && limit !== undefined) {
    schema[keyword] = limit;
    delete schema[bound];
  } else if (typeof value === 'number') schema[keyword] = value;
}
