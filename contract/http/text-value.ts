import type { Contract, Json, Schema } from '../contract.js';

/** A number in a URL: no `0x10`, no `1e3`, no blank. */
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

const FROM_TEXT: Readonly<Record<string, (text: string) => Json | undefined>> = {
  integer: numberIn,
  number: numberIn,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  null: (text) => (text === '' ? null : undefined),
};

/** Undefined for an integer that would be another one as a double. */
function numberIn(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) || !Number.isInteger(value) || String(value) === text ? value : undefined;
}

/** Converts text of a URL to the type of its schema. Text that does not convert stays text, and validation refuses it. */
export function valueOfText(contract: Contract, schema: Schema, texts: readonly string[], depth = 0): Json {
  const resolved = contract.resolve(schema);
  const types = typesOf(contract, resolved);
  if (types.includes('array') && depth <= DEEPEST) {
    const items = resolved.items;
    const inner = typeof items === 'object' && items !== null && !Array.isArray(items) ? (items as Schema) : {}; // an object is a schema here
    return texts.map((text) => valueOfText(contract, inner, [text], depth + 1));
  }
  return converted(texts.at(-1) ?? '', types);
}

/** The single value of a text where a schema allows a list and something else; undefined where it allows only one. */
export function singleOfText(contract: Contract, schema: Schema, text: string): Json | undefined {
  const types = typesOf(contract, contract.resolve(schema));
  const others = types.filter((type) => type !== 'array');
  return others.length === types.length || others.length === 0 ? undefined : converted(text, others);
}

function converted(text: string, types: readonly string[]): Json {
  for (const type of types) {
    const value = FROM_TEXT[type]?.(text);
    if (value !== undefined) return value;
  }
  return text;
}

/** Variants of variants, and lists in lists, are followed to this level: they may lead back to themselves. */
const DEEPEST = 12;

/** Keywords that only numbers have. */
const NUMERIC = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

function typesOf(contract: Contract, schema: Schema, depth = 0): readonly string[] {
  if (depth > DEEPEST) return [];
  const type = schema.type;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((name): name is string => typeof name === 'string');
  const values = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const];
  if (values.length > 0) return [...new Set(values.map((value: Json) => (value === null ? 'null' : typeof value)))];
  if (NUMERIC.some((keyword) => schema[keyword] !== undefined)) return ['number'];
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (!Array.isArray(variants)) return [];
  return variants.flatMap((variant) => typesOf(contract, contract.resolve(variant as Schema), depth + 1)); // entries of these are schemas
}
