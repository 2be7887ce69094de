import { json } from '../../../test-support/json-content.js';
import type { JsonObject } from '../../contract.js';

export interface CollectionOptions {
  /** `/songs` */
  readonly path: string;
  /** The name of the parameter in the path of an item. */
  readonly key: string;
  readonly item: JsonObject;
  /** Statuses of refusals that all operations but the removal list. */
  readonly refusals: readonly string[];
  /** More of the operation that creates an item. */
  readonly create?: JsonObject;
}

/** A document without our keywords, with the operations `list`, `create`, `read` and `remove` of one collection. */
export function collectionDocument({ path, key, item, refusals, create = {} }: CollectionOptions): JsonObject {
  const answers = (status: string, schema: JsonObject): JsonObject => ({
    [status]: { description: 'ok', ...json(schema) },
    ...Object.fromEntries(refusals.map((each) => [each, { description: 'no', ...json({}) }])),
  });
  const parameters = [{ name: key, in: 'path', required: true, schema: { type: 'string' } }];
  return {
    openapi: '3.1.0',
    info: { title: 'One collection', version: '1' },
    paths: {
      [path]: {
        get: { operationId: 'list', responses: answers('200', { type: 'array', items: item }) },
        post: {
          operationId: 'create',
          requestBody: { required: true, ...json(item) },
          responses: answers('201', item),
          ...create,
        },
      },
      [`${path}/{${key}}`]: {
        get: { operationId: 'read', parameters, responses: answers('200', item) },
        delete: { operationId: 'remove', parameters, responses: { '204': { description: 'gone' } } },
      },
    },
  };
}
