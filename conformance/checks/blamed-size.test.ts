import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import type { Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** A search with a size, and with another property that the server may refuse for reasons of its own. */
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Trees', version: '1' },
  paths: {
    '/search': {
      post: {
        operationId: 'search',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  offset: { type: 'integer', minimum: 0 },
                  order: { type: 'string', enum: ['by-height', 'by-age'] },
                },
              },
            },
          },
        },
        responses: { '200': { description: 'Found' }, '422': { description: 'Refused' } },
      },
    },
  },
});

function refusing(isRefused: (body: JsonObject) => boolean): Target {
  return {
    name: 'trees',
    url: 'https://trees.example',
    audience: 'trees',
    credentials: {},
    metered: false,
    workers: 1,
    send: async ({ body }) => {
      const json: Json = JSON.parse(body ?? '{}');
      const status = isObject(json) && !isRefused(json) ? 200 : 422;
      return { status, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
}

test.each<[string, (body: JsonObject) => boolean, readonly string[], string | undefined]>([
  ['a property beside it is', ({ order }) => order !== undefined, [], undefined],
  [
    'it is',
    ({ offset, order }) => offset === 0 || order !== undefined,
    ['size-limits: body /offset within minimum: status 422 instead of 200'],
    '{"offset":0}',
  ],
])('a size is blamed for a refusal where %s the reason, in the shortest request', async (_, isRefused, want, body) => {
  const report = await verifyTarget(contract, refusing(isRefused), { only: ['search/size-limits'] });
  expect(failures(report)).toEqual(want);
  expect(report.findings[0]?.request.body).toBe(body);
});

test('a size is not tried where every request is refused', async () => {
  const report = await verifyTarget(
    contract,
    refusing(() => true),
    { only: ['search/size-limits'] },
  );
  expect(failures(report)).toEqual([]);
  expect(report.checks[0]?.reason).toContain('body /offset within minimum: Refused without it, too: 422.');
});

test('no page is asked for that may come after the last one', async () => {
  const parameters = ['page', 'size'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 100 },
  }));
  const responses = { '200': { description: 'Found' }, '400': { description: 'Refused' } };
  const listing = readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    paths: { '/trees': { get: { operationId: 'listTrees', parameters, responses } } },
  });
  const pages: string[] = [];
  const target: Target = {
    ...refusing(() => false),
    send: async ({ path }) => {
      const query = new URLSearchParams(path.split('?')[1]);
      pages.push(query.get('page') ?? 'none');
      return { status: Number(query.get('page') ?? 1) > 1 ? 400 : 200, headers: {}, text: '' };
    },
  };
  const report = await verifyTarget(listing, target, { only: ['listTrees/size-limits'] });
  expect(failures(report)).toEqual([]);
  expect([...new Set(pages)]).toEqual(['none']);
});
