import { walk } from '../../../contract/check/walk.js';
import type { JsonObject } from '../../../contract/contract.js';
import { limitsInWords } from '../reference/constraints.js';
import { hasReferenceCharacters, type ProtectedDocument, protectNames } from './protect-names.js';

/**
 * Copies a document for openapi-typescript. The description of each schema includes its limits (`1 to 10 entries`), so
 * that they appear in the comments of types.
 */
export function typesInput(document: JsonObject): ProtectedDocument {
  const input = hasReferenceCharacters(document)
    ? protectNames(document)
    : { document: structuredClone(document), restore: (text: string) => text };
  walk(input.document, (kind, schema) => {
    if (kind !== 'schema') return;
    const limits = limitsInWords(schema);
    if (limits.length === 0) return;
    const before = typeof schema.description === 'string' ? `${schema.description}\n` : '';
    // The copy may be changed.
    Object.assign(schema, { description: `${before}Limits: ${limits.join(', ')}.` });
  });
  return input;
}
