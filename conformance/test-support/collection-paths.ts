import type { JsonObject } from '../../contract/contract.js';
import { json } from '../../test-support/json-content.js';

/** A text that is not empty. */
export const text: JsonObject = { type: 'string', minLength: 1 };

/**
 * The paths of a collection with operations to list, create, read and delete: `/domains` for `domain`.
 * @param sent - the properties that a request has, each required
 * @param shown - what an item has besides, and its `id`
 */
export function collectionPaths(name: string, sent: JsonObject, shown: JsonObject = {}): JsonObject {
  const body: JsonObject = { type: 'object', required: Object.keys(sent), properties: sent };
  const item: JsonObject = { ...body, required: ['id'], properties: { id: text, ...shown, ...sent } };
  const answers = (status: string, schema?: JsonObject) => ({
    responses: {
      [status]: { description: 'ok', ...(schema && json(schema)) },
      '400': { description: 'invalid' },
      '404': { description: 'unknown' },
    },
  });
  return {
    [`/${name}s`]: {
      get: { operationId: `${name}.list`, ...answers('200', { type: 'array', items: item }) },
      post: { operationId: `${name}.create`, requestBody: { required: true, ...json(body) }, ...answers('201', item) },
    },
    [`/${name}s/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { operationId: `${name}.read`, ...answers('200', item) },
      delete: { operationId: `${name}.delete`, ...answers('204') },
    },
  };
}
