import type { Json, JsonObject } from '../../contract/contract.js';
import { type Located, partsOf } from './site.js';

/** Keywords that only restrict values of one type. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'contentMediaType'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format'],
  array: [
    ...['items', 'prefixItems', 'contains', 'minContains', 'maxContains', 'minItems', 'maxItems', 'uniqueItems'],
    'unevaluatedItems',
  ],
  object: [
    ...['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames', 'minProperties'],
    ...['maxProperties', 'dependentRequired', 'dependentSchemas', 'unevaluatedProperties', 'discriminator'],
  ],
};
const TYPED = new Set(Object.values(KEYWORDS).flat());

const ANNOTATIONS = new Set([
  'title',
  'description',
  'example',
  'examples',
  'deprecated',
  'default',
  'readOnly',
  'writeOnly',
]);

/**
 * A schema with several types as one schema per type: `{type: ["string", "null"], maxLength: 5}` becomes
 * `{type: "string", maxLength: 5}` and `{type: "null"}`. Annotations stay with the whole. Other schemas stay as they are.
 */
export function splitByType(document: JsonObject, located: Located): readonly Located[] {
  const [part, ...others] = partsOf(document, [located]).parts;
  if (part === undefined || others.length > 0) return [located];
  const { schema, pointer } = part;
  const types = typeNames(schema);
  return types.length < 2 ? [located] : types.map((type) => ({ value: ofType(schema, type), pointer }));
}

function typeNames({ type, enum: values }: JsonObject): readonly string[] {
  if (Array.isArray(type)) return type.filter((name) => typeof name === 'string');
  // `enum: ["a", null]` without a type: null becomes a form of its own.
  const isNullableEnum = type === undefined && Array.isArray(values) && values.includes(null) && values.length > 1;
  return isNullableEnum ? ['', 'null'] : [];
}

function ofType(schema: JsonObject, type: string): JsonObject {
  if (type === 'null') return { type };
  const own = KEYWORDS[type === 'integer' ? 'number' : type] ?? [];
  const kept = Object.entries(schema).filter(
    ([name]) =>
      !ANNOTATIONS.has(name) && !name.startsWith('x-') && (!TYPED.has(name) || own.includes(name) || type === ''),
  );
  const { enum: values, ...rest }: Record<string, Json> = Object.fromEntries(kept);
  return {
    ...rest,
    ...(type === '' ? {} : { type }),
    ...(Array.isArray(values) ? { enum: values.filter((value) => isOf(value, type)) } : {}),
  };
}

/** Whether a value of an enum is of a type; the empty name stands for everything but null. */
function isOf(value: Json, type: string): boolean {
  if (type === '') return value !== null;
  if (value === null) return false;
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}
