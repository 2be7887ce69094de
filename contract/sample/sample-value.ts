import type { Contract, Json, JsonObject, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { SchemaValidator } from '../schema-validator.js';
import { patternSample } from './pattern-sample.js';

/** Nested values are filled down to this level; a schema that contains itself has no end. */
const DEEPEST = 8;
/** The most entries of a list, properties of a map, and characters of a text: a document may ask for billions. */
const MOST = 1000;
/** Below this level, lists that may be empty are. */
const DEEPEST_LIST = 3;

/** Texts of formats. */
const FORMATS: Readonly<Record<string, string>> = {
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/path',
  email: 'jane@example.com',
  'date-time': '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  duration: 'P1D',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
  byte: 'dmFsdWU=',
  'json-pointer': '/a',
  regex: '^a$',
};

/**
 * A value that fits a schema, always the same, for an answer: an example of the document if it fits, else a value made
 * from the schema with its required properties. A schema that nothing simple fits gets the closest try.
 */
export function sampleValue(contract: Contract, schema: Schema): Json {
  budget.left = MOST_PARTS;
  const fits = fitsIn(contract, schema);
  let first: Json | undefined;
  for (const candidate of candidates(contract, schema, 'value', 0)) {
    if (fits(candidate)) return candidate;
    first ??= candidate;
    if (budget.left < 0) break;
  }
  return first ?? null;
}

/** The most parts of one sample: schemas that contain themselves several times grow without measure. */
const MOST_PARTS = 5000;
const budget = { left: 0 };

function fitsIn(contract: Contract, schema: Schema): (value: Json) => boolean {
  const validate = SchemaValidator.of(contract, { allErrors: false }).compile(schema);
  return (value) => {
    try {
      return validate(value).length === 0;
    } catch {
      // A schema that leads back to itself judges no value: the stack ends first.
      return true;
    }
  };
}

/** Values that may fit, the likeliest first. */
function* candidates(
  contract: Contract,
  schema: Json | undefined,
  name: string,
  depth: number,
  forms = 0,
): Generator<Json> {
  if (!isObject(schema)) return yield depth === 0 ? {} : name;
  // Forms may lead back to themselves.
  if (forms > DEEPEST) return;
  const shape = merged(contract, schema);
  yield* givenValues(shape);
  const given = [...listOf(shape.oneOf), ...listOf(shape.anyOf)];
  const { oneOf: _one, anyOf: _any, discriminator: _discriminator, ...own } = shape;
  for (const form of given) yield* candidates(contract, { allOf: [form, own] }, name, depth, forms + 1);
  for (const type of typesOf(shape)) yield madeOf(contract, shape, type, { name, depth });
}

interface Place {
  readonly name: string;
  readonly depth: number;
}

/** Every try made whole: parts are the first of their candidates that fits. */
function madeOf(contract: Contract, shape: Schema, type: string, { name, depth }: Place): Json {
  switch (type) {
    case 'object':
      return objectOf(contract, shape, depth);
    case 'array':
      return arrayOf(contract, shape, { name, depth });
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'integer':
    case 'number':
      return numberOf(shape, type);
    default:
      return textOf(shape, name);
  }
}

function partOf(contract: Contract, schema: Json | undefined, name: string, depth: number): Json {
  if (!isObject(schema)) return name;
  budget.left -= 1;
  if (budget.left < 0) return null;
  const fits = fitsIn(contract, schema);
  let first: Json | undefined;
  for (const candidate of candidates(contract, schema, name, depth + 1)) {
    if (fits(candidate)) return candidate;
    first ??= candidate;
  }
  return first ?? null;
}

function objectOf(contract: Contract, shape: Schema, depth: number): Json {
  const properties = isObject(shape.properties) ? shape.properties : {};
  const required = new Set(listOf(shape.required).map(String));
  const least = leastOf(shape.minProperties, depth);
  // A map, since an object would take `__proto__` for something else.
  const object = new Map<string, Json>();
  for (const name of required) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : shape.additionalProperties;
    if (depth < DEEPEST) object.set(name, partOf(contract, schema, name, depth));
  }
  for (const [name, schema] of Object.entries(properties)) {
    if (object.size >= least) break;
    if (!required.has(name) && depth < DEEPEST) object.set(name, partOf(contract, schema, name, depth));
  }
  for (let index = 1; object.size < least && index <= least; index += 1) {
    object.set(`key${index}`, partOf(contract, shape.additionalProperties, `value${index}`, depth));
  }
  return Object.fromEntries(object);
}

function arrayOf(contract: Contract, shape: Schema, { name, depth }: Place): Json {
  const first = listOf(shape.prefixItems).map((schema, index) => partOf(contract, schema, `${name}${index}`, depth));
  const least = leastOf(shape.minItems, depth);
  const isEmpty = depth >= DEEPEST_LIST || shape.maxItems === 0 || (least === 0 && first.length > 0);
  const length = Math.max(least, isEmpty ? 0 : 1) - first.length;
  const given = isObject(shape.items) ? listOf(merged(contract, shape.items).enum) : [];
  const entry = length > 0 ? partOf(contract, shape.items, name, depth) : null;
  const rest = Array.from({ length: Math.max(0, length) }, (_, index) =>
    shape.uniqueItems === true && index > 0 ? (given[index] ?? distinct(entry, index)) : entry,
  );
  return [...first, ...rest];
}

function distinct(value: Json, index: number): Json {
  if (typeof value === 'number') return value + index;
  return typeof value === 'string' ? `${value}${index}` : value;
}

function numberOf(shape: Schema, type: string): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : type === 'integer' ? 1 : 0.5;
  const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + step : minimum;
  const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum - step : maximum;
  const wanted = typeof low === 'number' ? low : typeof high === 'number' ? Math.min(1, high) : 1;
  if (typeof multipleOf !== 'number' && type === 'number') return wanted;
  const rounded = Math.ceil(wanted / step) * step;
  return typeof high === 'number' && rounded > high ? Math.floor(high / step) * step : rounded;
}

function textOf(shape: Schema, name: string): string {
  const least = leastOf(shape.minLength, 0);
  const most = typeof shape.maxLength === 'number' ? shape.maxLength : Number.POSITIVE_INFINITY;
  const given =
    (typeof shape.pattern === 'string' ? patternSample(shape.pattern) : undefined) ??
    (typeof shape.format === 'string' ? FORMATS[shape.format] : undefined) ??
    name;
  if (given.length >= least && given.length <= most) return given;
  // Whatever repeats at the end of a pattern may repeat again.
  return given.padEnd(least, given.at(-1) ?? 'x').slice(0, most);
}

function* givenValues(shape: Schema): Generator<Json> {
  if (shape.example !== undefined) yield shape.example;
  if (shape.const !== undefined) yield shape.const;
  yield* listOf(shape.examples);
  if (shape.default !== undefined) yield shape.default;
  yield* listOf(shape.enum);
}

/** The types that a schema allows; those that its keywords speak of, if it names none. */
function typesOf(shape: Schema): readonly string[] {
  const named = [shape.type ?? []].flat().filter((type) => typeof type === 'string');
  if (named.length > 0) return named;
  if (shape.properties !== undefined || shape.required !== undefined) return ['object'];
  if (shape.items !== undefined || shape.prefixItems !== undefined) return ['array'];
  if (shape.minimum !== undefined || shape.maximum !== undefined) return ['number'];
  return ['string', 'object', 'array', 'integer', 'null'];
}

/** A schema without references and `allOf`, their keywords together: of bounds the tighter one counts. */
function merged(contract: Contract, schema: JsonObject): Schema {
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const { $ref, allOf, ...own } = schema;
  // What leads back here adds nothing to itself.
  shapes.set(schema, own);
  const bases = [...(typeof $ref === 'string' ? [contract.resolve({ $ref })] : []), ...listOf(allOf)].filter(isObject);
  const shape = bases.map((base) => merged(contract, base)).reduceRight<JsonObject>(both, own);
  shapes.set(schema, shape);
  return shape;
}

/** Schemas are merged once, since a base may have many heirs. */
const shapes = new WeakMap<JsonObject, Schema>();

function both(upper: JsonObject, lower: JsonObject): JsonObject {
  const joined: Record<string, Json> = { ...lower, ...upper };
  if (isObject(lower.properties) && isObject(upper.properties)) {
    joined.properties = { ...lower.properties, ...bothProperties(upper.properties, lower.properties) };
  }
  const required = [...listOf(lower.required), ...listOf(upper.required)];
  if (required.length > 0) joined.required = [...new Set(required)];
  for (const [name, tighter] of Object.entries(BOUNDS)) {
    const [a, b] = [lower[name], upper[name]];
    if (typeof a === 'number' && typeof b === 'number') joined[name] = tighter(a, b);
  }
  return joined;
}

function bothProperties(upper: JsonObject, lower: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(upper).map(([name, schema]) => {
      const other = lower[name];
      return [name, other === undefined || !isObject(schema) ? schema : { allOf: [other, schema] }];
    }),
  );
}

const BOUNDS: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  maximum: Math.min,
  exclusiveMinimum: Math.max,
  exclusiveMaximum: Math.min,
  minLength: Math.max,
  maxLength: Math.min,
  minItems: Math.max,
  maxItems: Math.min,
};

/** A lower bound, as far as samples go: lists in lists multiply. */
function leastOf(bound: Json | undefined, depth: number): number {
  return typeof bound === 'number' ? Math.min(bound, Math.ceil(MOST / 30 ** depth)) : 0;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
