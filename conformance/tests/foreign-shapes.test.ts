import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Shapes of public documents that a tenant and verify must agree on, each as the operations of one path. */

const ok = (schema: JsonObject = {}): JsonObject => ({
  responses: {
    '200': { description: 'ok', content: { 'application/json': { schema } } },
    '4XX': { description: 'no' },
  },
});
const text: JsonObject = { type: 'string', minLength: 1 };
const query = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  name,
  in: 'query',
  required: true,
  schema,
  ...more,
});
const path = (name: string, schema: JsonObject, style: string, explode: boolean): JsonObject => ({
  ...query(name, schema),
  in: 'path',
  style,
  explode,
});
const body = (type: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  requestBody: { required: true, content: { [type]: { schema, ...more } } },
});
const PART: JsonObject = {
  type: 'object',
  required: ['name', 'tags', 'of', 'count'],
  properties: {
    name: text,
    tags: { type: 'array', minItems: 2, items: text },
    of: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    count: { type: 'integer', minimum: 1 },
  },
};
const withHeaders = (schemas: Readonly<Record<string, JsonObject>>): JsonObject => {
  const headers = Object.entries(schemas).map(([name, schema]) => [name, { required: true, schema }]);
  return { responses: { '200': { description: 'ok', headers: Object.fromEntries(headers) } } };
};
const LIST: JsonObject = { type: 'array', minItems: 2, items: { type: 'integer' } };
const OBJECT: JsonObject = { type: 'object', required: ['a'], properties: { a: { type: 'integer' }, b: text } };

test.each<[string, JsonObject]>([
  ['/__proto__', { get: { parameters: [query('__proto__', text), query('constructor', text)], ...ok() } }],
  [
    '/cookies',
    {
      get: {
        parameters: [
          { ...query('crew', text), in: 'cookie' },
          { ...query('X-List', LIST), in: 'header' },
        ],
        ...ok(),
      },
    },
  ],
  [
    '/deep',
    {
      get: {
        parameters: [query('p', { ...OBJECT, properties: { a: LIST, b: OBJECT } }, { style: 'deepObject' })],
        ...ok(),
      },
    },
  ],
  ['/exploded', { get: { parameters: [query('p', OBJECT)], ...ok() } }],
  ['/optional', { get: { parameters: [query('p', { type: 'object', properties: { a: text } })], ...ok() } }],
  ['/delimited', { get: { parameters: [query('p', LIST, { style: 'pipeDelimited', explode: false })], ...ok() } }],
  [
    '/content',
    {
      get: {
        parameters: [{ name: 'p', in: 'query', required: true, content: { 'application/json': { schema: OBJECT } } }],
        ...ok(),
      },
    },
  ],
  ['/matrix/{p}', { get: { parameters: [path('p', LIST, 'matrix', true)], ...ok() } }],
  ['/label/{p}', { get: { parameters: [path('p', OBJECT, 'label', true)], ...ok() } }],
  ['/simple/{p}', { get: { parameters: [path('p', OBJECT, 'simple', false)], ...ok() } }],
  [
    '/number',
    {
      get: {
        parameters: [query('p', { type: 'number', multipleOf: 0.01, minimum: 0.07 })],
        ...ok({ type: 'number', multipleOf: 0.1 }),
      },
    },
  ],
  ['/form', { post: { ...body('application/x-www-form-urlencoded', PART), ...ok(PART) } }],
  [
    '/form-deep',
    {
      post: {
        ...body('application/x-www-form-urlencoded', PART, {
          encoding: { of: { style: 'deepObject', explode: true } },
        }),
        ...ok(),
      },
    },
  ],
  [
    '/multipart',
    {
      post: {
        ...body('multipart/form-data', PART, { encoding: { of: { contentType: 'application/json' } } }),
        ...ok(),
      },
    },
  ],
  [
    '/xml',
    {
      post: {
        ...body('application/xml', { ...PART, xml: { name: 'part' } }),
        responses: { '200': { description: 'ok', content: { 'application/xml': { schema: PART } } } },
      },
    },
  ],
  [
    '/text',
    {
      post: {
        ...body('text/plain', text),
        responses: { '200': { description: 'ok', content: { 'text/plain': { schema: text } } } },
      },
    },
  ],
  ['/bytes', { put: { ...body('application/octet-stream', { type: 'string', format: 'binary' }), ...ok() } }],
  [
    '/overlapping',
    {
      post: {
        ...body('application/json', { oneOf: [OBJECT, { type: 'object' }] }),
        ...ok({ oneOf: [OBJECT, { type: 'object' }] }),
      },
    },
  ],
  [
    '/undeclared',
    { post: { ...body('application/json', { type: 'object', required: ['x'], properties: {} }), ...ok() } },
  ],
  [
    '/huge',
    {
      post: {
        ...body('application/json', {
          type: 'object',
          required: ['n'],
          properties: { n: { type: 'integer', minimum: -9223372036854775000, maximum: 9223372036854775000 } },
        }),
        ...ok(),
      },
    },
  ],
  [
    '/empty',
    {
      get: {
        parameters: [
          query(
            'p',
            { type: 'object', required: ['flags'], properties: { flags: { type: 'array', items: text } } },
            { style: 'deepObject' },
          ),
        ],
        ...ok(),
      },
    },
  ],
  ['/jobs?action=start', { post: ok() }],
  ['/either#one', { post: { ...body('application/json', OBJECT), ...ok() } }],
  [
    '/problems',
    {
      get: {
        parameters: [query('n', { type: 'integer' })],
        responses: {
          '200': { description: 'ok' },
          '422': {
            description: 'no',
            content: {
              'application/problem+json': {
                schema: {
                  type: 'object',
                  required: ['errors'],
                  properties: {
                    errors: {
                      type: 'array',
                      minItems: 1,
                      items: { type: 'object', required: ['message'], properties: { message: text } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  ],
  [
    '/secret',
    {
      post: {
        ...body('application/json', {
          ...PART,
          required: ['name', 'id'],
          properties: { name: text, id: { type: 'integer', readOnly: true } },
        }),
        ...ok({ type: 'object', required: ['p'], properties: { p: { type: 'string', writeOnly: true } } }),
      },
    },
  ],
  [
    '/buoys/main',
    {
      put: {
        ...body('application/json', { required: ['id'], properties: { id: { type: 'integer', readOnly: true } } }),
        ...ok(),
      },
    },
  ],
  ['/headers', { get: withHeaders({ 'X-List': LIST, 'X-Object': OBJECT, 'X-Count': { type: 'integer' } }) }],
])('the tenant conforms to %s', async (route, item) => {
  const { contract } = withDerivedState(
    readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { [route]: item } }),
  );
  const { verdict, findings, checks } = await verifyTarget(contract, await embeddedTarget(contract), { only: [] });
  const judged = findings
    .filter(({ severity }) => severity !== 'observed')
    .map(({ check, cause }) => `${check}: ${cause}`);
  expect([verdict, ...judged]).toEqual(['conforms']);
  expect(checks.find(({ id }) => id.endsWith('documented-success'))?.outcome).toBe('passed');
});
