import { json } from '../../../test-support/json-content.js';
import type { JsonObject } from '../../contract.js';

/**
 * A document without our keywords: trees with state by REST conventions, fruits of each tree, seeds of each fruit, baskets
 * inside of objects around them, and what looks similar.
 */
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
const NewFruit: JsonObject = { type: 'object', required: ['color'], properties: { color: { type: 'string' } } };
const fruit: JsonObject = {
  type: 'object',
  required: ['id', 'treeId', 'color'],
  properties: { id: { type: 'integer' }, treeId: { type: 'integer' }, color: { type: 'string' } },
};
const seed: JsonObject = {
  type: 'object',
  required: ['id', 'color'],
  properties: { id: { type: 'integer' }, color: { type: 'string' } },
};
const NewBasket: JsonObject = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const basket: JsonObject = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
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
    '/trees/{tree}/fruits/': {
      parameters: [named('tree')],
      get: { operationId: 'listFruits', responses: { ...ok({ type: 'array', items: fruit }), ...gone } },
      post: { operationId: 'growFruit', requestBody: json(NewFruit), responses: { ...ok(fruit, '201'), ...gone } },
    },
    '/trees/{treeId}/fruits/{fruitId}/': {
      parameters: [named('treeId'), named('fruitId')],
      get: { operationId: 'readFruit', responses: { ...ok(fruit), ...gone } },
      put: { operationId: 'paintFruit', requestBody: json(NewFruit), responses: { ...ok(fruit), ...gone } },
      delete: { operationId: 'pickFruit', responses: { '204': { description: 'picked' }, ...gone } },
    },
    '/trees/{tree_id}/fruits/{fruit_id}/seeds': {
      parameters: [named('tree_id'), named('fruit_id')],
      post: { operationId: 'addSeed', requestBody: json(NewFruit), responses: { ...ok(seed, '201'), ...gone } },
    },
    '/trees/{tree_id}/fruits/{fruit_id}/seeds/{id}': {
      parameters: [named('tree_id'), named('fruit_id'), named('id')],
      get: { operationId: 'readSeed', responses: { ...ok(seed), ...gone } },
    },
    '/baskets': {
      get: {
        operationId: 'listBaskets',
        responses: ok({
          type: 'object',
          required: ['data', 'meta'],
          properties: { data: { type: 'array', items: basket }, meta: { type: 'object' } },
        }),
      },
      post: {
        operationId: 'weaveBasket',
        requestBody: json({ type: 'object', required: ['basket'], properties: { basket: NewBasket, dryRun: {} } }),
        responses: ok({ type: 'object', required: ['basket'], properties: { basket } }, '201'),
      },
    },
    '/baskets/{id}': {
      parameters: [named('id')],
      get: {
        operationId: 'readBasket',
        responses: {
          ...ok({
            type: 'object',
            required: ['data', 'meta'],
            properties: { data: { anyOf: [basket, { type: 'null' }] }, meta: { type: 'object' } },
          }),
          ...gone,
        },
      },
      patch: {
        operationId: 'mendBasket',
        requestBody: json({ type: 'object', required: ['basket'], properties: { basket: NewBasket } }),
        responses: { ...ok({ type: 'object', properties: { data: basket } }), ...gone },
      },
      delete: { operationId: 'burnBasket', responses: { '204': { description: 'burnt' }, ...gone } },
    },
    '/pairs': { post: { operationId: 'pair', requestBody: json(NewTree), responses: ok(tree, '201') } },
    '/pairs/{id}': {
      parameters: [named('id')],
      get: { operationId: 'readPair', responses: ok({ type: 'object', properties: { left: tree, right: tree } }) },
    },
  },
  components: { schemas: { Tree } },
};
