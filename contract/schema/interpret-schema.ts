import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, Schema } from '../contract.js';
import { compilePattern } from '../pattern/pattern.js';
import { getPointer, isObject } from '../pointer.js';
import { fitsFormat } from '../sample/format-sample.js';

/** How a schema is interpreted. */
interface Interpretation {
  /** The schema with all that it refers to. */
  readonly root: Schema;
  /** Whether a value may fit only one form of a `oneOf`. */
  readonly exclusive: boolean;
  /** How many schemas contain the one at hand. */
  readonly depth: number;
  /** How many schemas have been applied so far. */
  readonly steps: { count: number };
}

/** References that lead back to themselves are followed to this level. */
const DEEPEST = 100;
/** The most schemas that are applied: forms that lead back to themselves double at every level. */
const MOST_STEPS = 20_000;
/** The longest list of objects whose entries are compared with each other. */
const MOST_COMPARED = 100;

/**
 * Whether a value fits a schema, without compiling it: compiling takes longer than a few values need. Undefined if a
 * keyword decides that is not among those below; what is decided is the same as by the validator.
 *
 * @param root - with all that it refers to under its own `$defs`
 */
export function interpretSchema(root: Schema, value: Json, exclusive: boolean): boolean | undefined {
  return judge(root, value, { root, exclusive, depth: 0, steps: { count: 0 } });
}

function judge(schema: Json | undefined, value: Json, { depth, ...more }: Interpretation): boolean | undefined {
  if (typeof schema === 'boolean') return schema;
  more.steps.count += 1;
  if (!isObject(schema) || depth > DEEPEST || more.steps.count > MOST_STEPS) return undefined;
  // `JSON.parse` reads infinity from 1e999: no number, says the validator.
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  const inside = { ...more, depth: depth + 1 };
  return every(Object.keys(schema), (keyword) => {
    if (keyword.startsWith('x-') || ANNOTATIONS.has(keyword)) return true;
    return Object.hasOwn(KEYWORDS, keyword)
      ? KEYWORDS[keyword]?.(schema[keyword] ?? null, value, schema, inside)
      : undefined;
  });
}

/** False if one is, else undefined if one is. */
function every<T>(list: readonly T[], decide: (each: T) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (const each of list) {
    const one = decide(each);
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}

/** Keywords that no value violates. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['title', 'description', 'deprecated', 'readOnly', 'writeOnly', 'example', 'examples', 'default'],
  ...['externalDocs', 'xml', 'discriminator', '$comment', '$anchor', '$id', '$defs'],
  ...['contentMediaType', 'contentEncoding', 'contentSchema'],
]);

type Keyword = (operand: Json, value: Json, schema: JsonObject, inside: Interpretation) => boolean | undefined;

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $ref: (reference, value, _, inside) =>
    typeof reference === 'string' && reference.startsWith('#')
      ? judge(getPointer(inside.root, reference.slice(1)), value, inside)
      : undefined,
  allOf: (parts, value, _, inside) =>
    Array.isArray(parts) ? every(parts, (part: Json) => judge(part, value, inside)) : undefined,
  anyOf: (forms, value, _, inside) => fitsForms(forms, value, inside, false),
  oneOf: (forms, value, _, inside) => fitsForms(forms, value, inside, inside.exclusive),
  type: (types, value) => [types].flat().some((type: Json) => isOfType(value, type)),
  enum: (values, value) =>
    Array.isArray(values) ? values.some((one: Json) => isDeepStrictEqual(one, value)) : undefined,
  const: (only, value) => isDeepStrictEqual(only, value),
  format: (format, value) => fitsFormat(format, value),
  pattern: (pattern, value) => {
    const compiled = typeof pattern === 'string' ? compilePattern(pattern) : undefined;
    if (compiled === undefined || !('pattern' in compiled)) return undefined;
    return typeof value !== 'string' || compiled.pattern.test(value);
  },
  // JSON Schema counts code points.
  minLength: (least, value) => typeof value !== 'string' || [...value].length >= Number(least),
  maxLength: (most, value) => typeof value !== 'string' || [...value].length <= Number(most),
  minimum: (least, value) => typeof value !== 'number' || value >= Number(least),
  maximum: (most, value) => typeof value !== 'number' || value <= Number(most),
  exclusiveMinimum: (least, value) => typeof value !== 'number' || value > Number(least),
  exclusiveMaximum: (most, value) => typeof value !== 'number' || value < Number(most),
  minItems: (least, value) => !Array.isArray(value) || value.length >= Number(least),
  maxItems: (most, value) => !Array.isArray(value) || value.length <= Number(most),
  uniqueItems: (wanted, value) => {
    if (!Array.isArray(value) || value.length < 2 || wanted === false) return true;
    if (value.every((entry: Json) => typeof entry !== 'object')) return new Set(value).size === value.length;
    if (value.length > MOST_COMPARED) return undefined;
    return value.every(
      (entry: Json, index) => !value.slice(0, index).some((one: Json) => isDeepStrictEqual(one, entry)),
    );
  },
  items: (entries, value, { prefixItems }, inside) => {
    if (!Array.isArray(value)) return true;
    return prefixItems === undefined ? every(value, (entry: Json) => judge(entries, entry, inside)) : undefined;
  },
  minProperties: (least, value) => !isObject(value) || Object.keys(value).length >= Number(least),
  maxProperties: (most, value) => !isObject(value) || Object.keys(value).length <= Number(most),
  required: (names, value) => {
    if (!Array.isArray(names)) return undefined;
    return !isObject(value) || names.every((name: Json) => Object.hasOwn(value, String(name)));
  },
  properties: (properties, value, _, inside) => {
    if (!isObject(properties)) return undefined;
    if (!isObject(value)) return true;
    const given = Object.keys(value).filter((name) => Object.hasOwn(properties, name));
    return every(given, (name) => judge(properties[name], value[name] ?? null, inside));
  },
  propertyNames: (names, value, _, inside) =>
    !isObject(value) || every(Object.keys(value), (name) => judge(names, name, inside)),
  additionalProperties: (others, value, { properties, patternProperties }, inside) => {
    if (!isObject(value)) return true;
    if (patternProperties !== undefined) return undefined;
    const given = Object.keys(value).filter((name) => !isObject(properties) || !Object.hasOwn(properties, name));
    return every(given, (name) => judge(others, value[name] ?? null, inside));
  },
};

function fitsForms(forms: Json, value: Json, inside: Interpretation, exclusive: boolean): boolean | undefined {
  if (!Array.isArray(forms)) return undefined;
  const judged = forms.map((form: Json) => judge(form, value, inside));
  const fitting = judged.filter((fits) => fits === true).length;
  if (exclusive && fitting > 1) return false;
  if (!exclusive && fitting > 0) return true;
  return judged.includes(undefined) ? undefined : fitting > 0;
}

function isOfType(value: Json, type: Json): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  return type === typeof value || (type === 'integer' && Number.isInteger(value));
}
