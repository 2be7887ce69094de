import { json } from '../../../test-support/json-content.js';
import type { JsonObject } from '../../contract.js';
import { answers } from './answers.js';

const id: JsonObject = { type: 'string', readOnly: true };
const sailor: JsonObject = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id, name: { type: 'string', minLength: 1 }, rank: { type: 'string' } },
};
const crew: JsonObject = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id, title: { type: 'string', minLength: 1 } },
};

const named = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const collection = (what: string, schema: JsonObject): JsonObject => ({
  post: { operationId: `create-${what}`, requestBody: { required: true, ...json(schema) }, ...answers('201', schema) },
  get: { operationId: `list-${what}`, ...answers('200', { type: 'array', items: schema }) },
});
const item = (what: string, parameter: string, schema: JsonObject): JsonObject => ({
  parameters: [named(parameter)],
  get: { operationId: `read-${what}`, ...answers('200', schema) },
  delete: { operationId: `delete-${what}`, ...answers('204') },
});

/** A document without our keywords: crews, sailors, and who sails in which crew, as sets that full paths change. */
export const crews: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Crews', version: '1' },
  paths: {
    '/sailors': collection('sailor', sailor),
    '/sailors/{sailor_id}': item('sailor', 'sailor_id', sailor),
    '/crews': collection('crew', crew),
    '/crews/{crew_id}': item('crew', 'crew_id', crew),
    '/crews/{crew_id}/sailors': {
      parameters: [named('crew_id')],
      get: { operationId: 'muster', ...answers('200', { type: 'array', items: sailor }) },
    },
    '/crews/{crew_id}/sailors/{sailor_id}': {
      parameters: [named('crew_id'), named('sailor_id')],
      get: { operationId: 'sails', ...answers('204') },
      put: { operationId: 'embark', ...answers('204') },
      delete: { operationId: 'disembark', ...answers('204') },
    },
  },
};

const each = (schema: JsonObject): JsonObject => ({ type: 'array', minItems: 1, items: schema });
const mustered = (entry: JsonObject): JsonObject => ({
  type: 'object',
  required: ['sailors'],
  properties: { sailors: each(entry) },
  additionalProperties: false,
});

/** Bodies that name sailors. */
export const listBodies = {
  'keys in a property': mustered({ type: 'string' }),
  'keys in a property with the name of the key': {
    type: 'object',
    required: ['sailor_ids'],
    properties: { sailor_ids: each({ type: 'string' }) },
  },
  'a list of keys': each({ type: 'string' }),
  'a list of objects with the key': each({ type: 'object', required: ['id'], properties: { id: { type: 'string' } } }),
} satisfies Readonly<Record<string, JsonObject>>;

/** The same document, where lists in bodies change the sets. */
export function crewsWithLists(body: JsonObject): JsonObject {
  const { '/crews/{crew_id}/sailors/{sailor_id}': _link, ...paths } = crews.paths as Record<string, JsonObject>;
  const change = (operationId: string) => ({
    operationId,
    requestBody: { required: true, ...json(body) },
    ...answers('204'),
  });
  const collection = { ...paths['/crews/{crew_id}/sailors'], post: change('embark'), delete: change('disembark') };
  return { ...crews, paths: { ...paths, '/crews/{crew_id}/sailors': collection } };
}
