import type { Contract, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from './merged-schema.js';

/**
 * The schema of one object: this one, or its only form beside null; undefined if it allows something else, or does not
 * name the properties.
 */
export function objectSchema(contract: Contract, schema: Schema | undefined, depth = 0): Schema | undefined {
  if (schema === undefined || depth > DEEPEST) return undefined;
  const { oneOf, anyOf, properties } = mergedSchema(contract, schema);
  if (oneOf === undefined && anyOf === undefined) return isObject(properties) ? schema : undefined;
  const forms = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isObject);
  const [only, ...others] = forms.filter((form) => mergedSchema(contract, form).type !== 'null');
  return only !== undefined && others.length === 0 && forms.length > 1 && properties === undefined
    ? objectSchema(contract, only, depth + 1)
    : undefined;
}

/** Forms of forms are followed to this level: they may lead back to themselves. */
const DEEPEST = 8;
