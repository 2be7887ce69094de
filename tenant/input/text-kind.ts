import type { Contract, Json, Schema } from '../../contract/contract.js';
import { mergedSchema } from '../../contract/merged-schema.js';
import { depthOf, MAX_DEPTH } from './depth.js';

/** What a text becomes: a list, an object, or a single value. */
export function kindOf(contract: Contract, schema: Schema): 'array' | 'object' | 'other' {
  const resolved = mergedSchema(contract, schema);
  const types = [resolved.type ?? []].flat();
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
