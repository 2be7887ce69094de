import { json } from '../../../test-support/json-content.js';
import type { JsonObject } from '../../contract.js';

/** The responses of an operation: a success, and the refusals that most documents have. */
export function answers(status: string, schema?: JsonObject): JsonObject {
  return {
    responses: {
      [status]: { description: 'ok', ...(schema && json(schema)) },
      '400': { description: 'bad' },
      '404': { description: 'gone' },
    },
  };
}
