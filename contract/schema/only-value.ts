import type { Json, Schema } from '../contract.js';
import { listOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';

/** References deeper than this lead back to where they began. */
const DEEPEST = 16;

/**
 * The only value that a schema allows, by itself, by what it refers to, and by schemas that all have to fit; undefined if
 * it allows others.
 *
 * @param follow - what a schema with a `$ref` leads to
 */
export function onlyValue(schema: Schema, follow: (schema: Schema) => Schema, depth = 0): Json | undefined {
  const { $ref, const: only, enum: values, allOf, oneOf, anyOf } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(values) && values.length === 1) return values[0];
  if (depth === DEEPEST) return undefined;
  const alternatives = [oneOf, anyOf].map((list) => listOr(list)).filter(({ length }) => length === 1);
  const parts = [typeof $ref === 'string' ? follow({ $ref }) : undefined, ...listOr(allOf), ...alternatives.flat()];
  for (const part of parts.filter(isObject)) {
    const found = onlyValue(part, follow, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
