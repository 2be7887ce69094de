import { expect, it } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues, type RequestValues } from './request.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Berths', version: '1' },
  servers: [{ url: 'https://harbour.example/v1' }],
  paths: {
    '/berths/{id}/lines': {
      post: {
        operationId: 'tie',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: { 'application/json': { schema: {} }, 'application/x-www-form-urlencoded': { schema: {} } },
        },
        responses: { '204': { description: 'Tied' } },
      },
    },
    '/token': {
      post: {
        operationId: 'token',
        requestBody: { content: { 'application/x-www-form-urlencoded': { schema: {} } } },
        responses: { '204': { description: 'Done' } },
      },
    },
  },
});
const [tie, token] = contract.operations as readonly [Operation, Operation];

const cases: readonly { name: string; operation: Operation; given: Partial<RequestValues>; want: object }[] = [
  {
    name: 'a path with the server before it',
    operation: tie,
    given: { path: { id: 'a' } },
    want: { method: 'POST', path: '/v1/berths/a/lines' },
  },
  {
    name: 'an id that must be encoded',
    operation: tie,
    given: { path: { id: 'auth0|a/b %' } },
    want: { path: '/v1/berths/auth0%7Ca%2Fb%20%25/lines' },
  },
  {
    name: 'a query',
    operation: tie,
    given: { path: { id: 'a' }, query: { page: 0, 'q&': 'x y', some: ['a', 'b'] } },
    want: { path: '/v1/berths/a/lines?page=0&q%26=x%20y&some=a&some=b' },
  },
  {
    name: 'headers in lower case',
    operation: tie,
    given: { path: { id: 'a' }, header: { 'X-Tide': 3 } },
    want: { headers: { accept: 'application/json', 'x-tide': '3' } },
  },
  {
    name: 'a JSON body where there is a choice',
    operation: tie,
    given: { path: { id: 'a' }, body: { of: ['hemp'] } },
    want: { headers: { accept: 'application/json', 'content-type': 'application/json' }, body: '{"of":["hemp"]}' },
  },
  {
    name: 'a form where there is none',
    operation: token,
    given: { body: { grant: 'all of it', n: 1 } },
    want: {
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant=all+of+it&n=1',
    },
  },
];

it.each(cases)('writes down $name', ({ operation, given, want }) => {
  expect(buildRequest(operation, { ...noValues, ...given })).toMatchObject(want);
});

it('sends no body where none is given', () => {
  expect(buildRequest(tie, { ...noValues, path: { id: 'a' } })).not.toHaveProperty('body');
});
