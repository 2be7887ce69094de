import { walk } from '../../../contract/check/walk.js';
import type { JsonObject } from '../../../contract/contract.js';
import { limitsInWords } from '../reference/constraints.js';

/**
 * A copy of a document in which the description of each schema includes its limits (`1 to 10 entries`), so that they
 * appear in the comments of types.
 */
export function describeLimits(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  walk(copy, (kind, schema) => {
    if (kind !== 'schema') return;
    const limits = limitsInWords(schema);
    if (limits.length === 0) return;
    const before = typeof schema.description === 'string' ? `${schema.description}\n` : '';
    // The copy may be changed.
    Object.assign(schema, { description: `${before}Limits: ${limits.join(', ')}.` });
  });
  return copy;
}
