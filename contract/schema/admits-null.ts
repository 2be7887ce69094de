import type { Contract, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from './merged-schema.js';

/** Forms of forms are followed to this level: they may lead back to themselves. */
const DEEPEST = 12;

/**
 * Whether a schema says that null is valid: as a type, as a value, or in one of its forms. One without types and values
 * allows null too, but says nothing about it.
 */
export function admitsNull(source: Pick<Contract, 'resolve'>, schema: Schema, depth = 0): boolean {
  const { type, enum: values, oneOf, anyOf, ...rest } = mergedSchema(source, schema);
  if (depth > DEEPEST || (type !== undefined && ![type].flat().includes('null'))) return false;
  if (Array.isArray(values)) return values.includes(null);
  if ('const' in rest) return rest.const === null;
  const forms = [oneOf, anyOf].filter((list) => Array.isArray(list));
  if (forms.length === 0) return type !== undefined;
  return forms.every((list) => list.some((form) => isObject(form) && admitsNull(source, form, depth + 1)));
}
