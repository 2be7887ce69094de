import type { Contract, Json, JsonObject, Schema } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import { compilePattern, type Pattern } from '../../contract/pattern/pattern.js';
import { isObject } from '../../contract/pointer.js';

export type JsonType = 'null' | 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';

const ALL_TYPES: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** The part of a contract that arbitraries use. */
export type SchemaSource = Pick<Contract, 'resolve'>;

/**
 * A schema with its references resolved and its `allOf` merged into one set of keywords. If several have the same
 * keyword, the last one counts, except for `properties` and `required`, which are combined. A union of null and one
 * other schema is that schema with null among its types: that is how many frameworks document an optional value.
 */
export function shapeOf(source: SchemaSource, schema: Schema): Schema {
  const resolved = source.resolve(schema);
  if ([resolved.allOf, resolved.oneOf, resolved.anyOf].every((list) => !Array.isArray(list))) return resolved;
  const shapes = knownShapes.get(source) ?? new WeakMap<Schema, Schema>();
  knownShapes.set(source, shapes);
  const known = shapes.get(resolved) ?? withoutUnion(source, withoutAllOf(source, resolved));
  shapes.set(resolved, known);
  return known;
}

const knownShapes = new WeakMap<SchemaSource, WeakMap<Schema, Schema>>();

function withoutAllOf(source: SchemaSource, schema: Schema): Schema {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return schema;
  return [...allOf.filter(isObject), own].map((part) => withoutAllOf(source, source.resolve(part))).reduce(merged, {});
}

/** The same shape without `oneOf` or `anyOf`, where that lists one schema, with or without null beside it. */
function withoutUnion(source: SchemaSource, shape: Schema): Schema {
  const { oneOf, anyOf, ...own } = shape;
  // What else says which values there are may exclude null.
  if ([own.type, own.enum, own.const, own.discriminator, own.not].some((keyword) => keyword !== undefined))
    return shape;
  if (Array.isArray(oneOf) && Array.isArray(anyOf)) return shape;
  const branches = listOr(oneOf ?? anyOf).map((branch) => withoutAllOf(source, source.resolve(objectOr(branch))));
  const [only, ...others] = branches.filter((branch) => !isNull(branch));
  if (only === undefined || others.length > 0 || listOr(only.oneOf ?? only.anyOf).length > 0) return shape;
  if (branches.length === 1) return merged(own, only);
  return typesOf(only) === ALL_TYPES ? shape : merged(own, orNull(only));
}

/** Whether a shape allows null only. */
export function isNull(shape: Schema): boolean {
  return typesOf(shape).join() === 'null';
}

/** The shape of what a schema allows beside null, which has one type then: an optional text is a text. */
export function shapeBesideNull(source: SchemaSource, schema: Schema): Schema {
  const shape = shapeOf(source, schema);
  const [type, ...others] = typesOf(shape).filter((each) => each !== 'null');
  return Array.isArray(shape.type) && type !== undefined && others.length === 0 ? { ...shape, type } : shape;
}

function orNull(shape: Schema): Schema {
  const { const: constant, ...rest } = shape;
  const values = constant === undefined ? shape.enum : [constant];
  return {
    ...rest,
    type: [...new Set([...typesOf(shape), 'null'])],
    ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}),
  };
}

function merged(left: Schema, right: Schema): Schema {
  return {
    ...left,
    ...right,
    ...(left.properties || right.properties
      ? {
          properties: bothProperties(objectOr(left.properties), objectOr(right.properties)),
        }
      : {}),
    ...(left.required || right.required
      ? {
          required: [...new Set([...listOr(left.required), ...listOr(right.required)])],
        }
      : {}),
  };
}

/** A property that both have must fit both. */
function bothProperties(left: JsonObject, right: JsonObject): JsonObject {
  return {
    ...left,
    ...Object.fromEntries(
      Object.entries(right).map(([name, schema]) => {
        const other = left[name];
        return [name, isObject(other) && isObject(schema) && other !== schema ? { allOf: [other, schema] } : schema];
      }),
    ),
  };
}

/** The properties of an object's shape, by name. */
export function propertiesOf(shape: Schema): Readonly<Record<string, Schema>> {
  const declared = objectOr(shape.properties);
  const known =
    knownProperties.get(declared) ??
    Object.fromEntries(Object.entries(declared).map(([name, schema]) => [name, objectOr(schema)]));
  knownProperties.set(declared, known);
  return known;
}

const knownProperties = new WeakMap<JsonObject, Readonly<Record<string, Schema>>>();

export function requiredOf(shape: Schema): readonly string[] {
  return listOr(shape.required).filter((name) => typeof name === 'string');
}

/** The types that a shape allows: by `type`, or else by its other keywords. Without any, all types. */
export function typesOf(shape: Schema): readonly JsonType[] {
  const named = typeof shape.type === 'string' ? [shape.type] : listOr(shape.type);
  if (named.length > 0) return named.filter((type): type is JsonType => typeof type === 'string');
  if ('const' in shape) return [typeOf(shape.const ?? null)];
  if (Array.isArray(shape.enum)) return [...new Set(shape.enum.map((value: Json) => typeOf(value)))];
  if (shape.properties || shape.required) return ['object'];
  if (shape.items) return ['array'];
  return ALL_TYPES;
}

/** The type of a JSON value; `integer` for whole numbers. */
export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' ? 'string' : 'boolean';
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The `pattern` of a shape, if it has one. */
export function patternOf(shape: Schema): Pattern | undefined {
  const compiled = typeof shape.pattern === 'string' ? compilePattern(shape.pattern) : undefined;
  return compiled !== undefined && 'pattern' in compiled ? compiled.pattern : undefined;
}
