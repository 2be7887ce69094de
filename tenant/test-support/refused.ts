import type { JsonObject } from '../../contract/contract.js';
import { json } from '../../test-support/json-content.js';

/** A response of a test's document to what has one of these problems. It shows the message as `text`. */
export function refused(...problems: readonly string[]): JsonObject {
  return {
    description: 'no',
    'x-problems': [...problems],
    ...json({ type: 'object', properties: { text: { type: 'string', 'x-value': 'message' } } }),
  };
}
