import type { Contract, Json, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { depthOf, MAX_DEPTH } from './depth.js';

/** Forms of forms are followed to this level: they may lead back to themselves. */
const DEEPEST = 6;

/** What a text becomes: a list, an object, or a single value. */
export function kindOf(contract: Contract, schema: Schema, depth = 0): 'array' | 'object' | 'other' {
  const resolved = mergedSchema(contract, schema);
  const types = [resolved.type ?? []].flat();
  // Text is what nothing else is.
  const forms =
    types.length > 0 ? [] : [resolved.oneOf, resolved.anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const kinds = forms.filter(isObject).map((form) => (depth > DEEPEST ? 'other' : kindOf(contract, form, depth + 1)));
  const ofForms = kinds.find((kind) => kind !== 'other');
  if (ofForms !== undefined) return ofForms;
  if (types.includes('array')) return 'array';
  return types.includes('object') || (types.length === 0 && resolved.properties !== undefined) ? 'object' : 'other';
}

/** Text that is not JSON stays text, and validation refuses it. */
export function jsonOf(text: string): Json {
  if (depthOf(text) > MAX_DEPTH) return text;
  try {
    return JSON.parse(text) as Json; // what it returns is JSON
  } catch {
    return text;
  }
}
