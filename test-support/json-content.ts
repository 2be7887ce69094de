import type { JsonObject } from '../contract/contract.js';

/** What a request body or a response of a test's document has in JSON. */
export function json(schema: JsonObject): JsonObject {
  return { content: { 'application/json': { schema } } };
}
