import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { parseJson, type Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** A foreign API in plain OpenAPI, with constructs of large documents. */
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  servers: [{ url: 'https://trees.example/v1' }],
  paths: {
    '/trees': {
      get: {
        parameters: [
          { name: 'depth', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } },
          { name: 'kind', in: 'query', schema: { enum: ['oak', 'elm'] } },
        ],
        responses: {
          '200': { description: 'Trees', content: { 'application/json': { schema: { type: 'array' } } } },
          '4XX': { description: 'No' },
        },
      },
      post: {
        operationId: 'plant',
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
        },
        responses: { '201': { description: 'Planted' }, '400': { description: 'No' }, '401': { description: 'Who?' } },
      },
    },
    '/trees/{name}': {
      parameters: [
        { name: 'name', in: 'path', required: true, schema: { type: 'string', pattern: '^(?!-)[a-z-]{1,20}$' } },
      ],
      delete: {
        responses: {
          '204': { description: 'Felled' },
          '400': { description: 'No' },
          '404': { description: 'No such tree' },
        },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Tree: {
        type: 'object',
        required: ['name', 'trunk'],
        properties: {
          name: { type: 'string', pattern: '^(?:[a-z]|{any})+$' },
          trunk: {
            oneOf: [
              { type: 'string' },
              { $ref: '#/components/schemas/Tree' },
              { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
            ],
          },
          branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
          height: { type: 'number', exclusiveMinimum: 0 },
        },
      },
    },
  },
};

/** A target with the same response for every request. */
function answering(status: number, text: string): Target {
  return {
    name: 'trees',
    url: 'https://trees.example',
    audience: 'trees',
    credentials: { token: 'key' },
    metered: false,
    workers: 1,
    send: async () => ({ status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) }),
    close: async () => undefined,
  };
}

describe('a contract without any of our keywords', { timeout: 60_000 }, () => {
  const contract = readContract(document);

  it.each([
    [200, '[]'],
    [204, ''],
    [404, '{}'],
    [500, 'Error\n    at tree.js:1:1'],
  ])('is checked as far as it says things, at a server that answers %i', async (status, text) => {
    const report = await verifyTarget(contract, answering(status, text), { only: ['*'] });
    expect(report.checks.filter(({ reason }) => reason?.includes('defect'))).toEqual([]);
    expect(failures(report).length).toBeGreaterThan(0);
    expect(report.summary.requests).toBeGreaterThan(50);
  });

  it('gets the checks that plain OpenAPI supports', async () => {
    const report = await verifyTarget(contract, answering(400, '{}'), { only: ['*'] });
    const tried = [...new Set(report.checks.filter(({ runs }) => runs > 0).map(({ id }) => id))];
    expect(tried.sort()).toMatchInlineSnapshot(`
      [
        "documented-success",
        "head-and-options",
        "invalid-body",
        "invalid-path",
        "invalid-query",
        "odd-bodies",
        "size-limits",
        "token-malformed",
        "token-missing",
        "unknown-method",
        "unknown-path",
      ]
    `);
  });
});
