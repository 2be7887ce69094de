import { walk } from '../../../contract/check/walk.js';
import type { JsonObject } from '../../../contract/contract.js';
import { limitsInWords } from '../reference/constraints.js';

/**
 * A copy of a document in which each schema's description tells its limits too (`1 to 10 entries`): a type cannot say
 * them, the comment above it can.
 */
export function describeLimits(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  walk(copy, (kind, schema) => {
    if (kind !== 'schema') return;
    const limits = limitsInWords(schema);
    if (limits.length === 0) return;
    const told = typeof schema.description === 'string' ? `${schema.description}\n` : '';
    // The copy is ours to change.
    Object.assign(schema, { description: `${told}Limits: ${limits.join(', ')}.` });
  });
  return copy;
}
