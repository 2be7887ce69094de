import type { JsonObject } from '../../contract.js';

/** A document without our keywords: trees with state by REST conventions, and what looks similar. */
const Tree: JsonObject = {
  type: 'object',
  required: ['id', 'kind', 'height', 'plantedAt'],
  properties: {
    id: { type: 'integer', readOnly: true },
    kind: { type: 'string' },
    height: { type: 'number' },
    note: { type: 'string' },
    secret: { type: 'string', writeOnly: true },
    plantedAt: { type: 'string', format: 'date-time', readOnly: true },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const tree: JsonObject = { $ref: '#/components/schemas/Tree' };
const NewTree: JsonObject = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string' }, height: { type: 'number' }, note: { type: 'string' }, secret: {} },
};
const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const ok = (schema: JsonObject, status = '200'): JsonObject => ({ [status]: { description: 'ok', ...json(schema) } });
const gone: JsonObject = {
  '404': {
    description: 'gone',
    ...json({ type: 'object', required: ['detail'], properties: { detail: { type: 'string' } } }),
  },
};
const named = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'integer' } });

export const orchard: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orchard', version: '1' },
  paths: {
    '/trees/': {
      get: {
        operationId: 'listTrees',
        responses: ok({
          type: 'object',
          required: ['trees', 'total'],
          properties: { trees: { type: 'array', items: tree }, total: { type: 'integer' } },
        }),
      },
      post: {
        operationId: 'plantTree',
        requestBody: json(NewTree),
        responses: {
          '201': {
            description: 'planted',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            ...json(tree),
          },
        },
      },
    },
    '/trees/{tree_id}/': {
      parameters: [named('tree_id')],
      get: { operationId: 'readTree', responses: { ...ok(tree), ...gone } },
      patch: { operationId: 'pruneTree', requestBody: json(NewTree), responses: { ...ok(tree), ...gone } },
      delete: { operationId: 'fellTree', responses: { '204': { description: 'felled' }, ...gone } },
    },
    '/reports/{id}': { parameters: [named('id')], get: { operationId: 'readReport', responses: ok(tree) } },
    '/trees/{tree_id}/leaves': {
      parameters: [named('tree_id')],
      get: { operationId: 'listLeaves', responses: ok({ type: 'array', items: tree }) },
    },
    '/envelopes': { post: { operationId: 'send', requestBody: json(NewTree), responses: ok(tree, '201') } },
    '/envelopes/{id}': {
      parameters: [named('id')],
      get: { operationId: 'open', responses: ok({ type: 'object', properties: { data: tree } }) },
    },
  },
  components: { schemas: { Tree } },
};
