import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { createTenant, type Tenant } from '../tenant.js';
import { key } from '../test-support/school.js';

const BUOY: JsonObject = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', readOnly: true }, n: { type: 'integer' } },
};

/** A tenant with five buoys, whose listing has these query parameters and pages. */
async function harbour(parameters: Readonly<Record<string, JsonObject>>, page: JsonObject): Promise<Tenant> {
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/buoys': {
        get: {
          parameters: Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', schema })),
          responses: { 200: { description: 'ok', ...json(page) } },
        },
        post: { requestBody: json(BUOY), responses: { 201: { description: 'ok', ...json(BUOY) } } },
      },
      '/buoys/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: { description: 'ok', ...json(BUOY) } } },
      },
    },
  };
  const tenant = await createTenant(withDerivedState(readContract(document)).contract, { seed: 1, key: await key });
  const headers = { 'content-type': 'application/json' };
  for (let n = 1; n <= 5; n += 1)
    await tenant.handle({ method: 'POST', path: '/buoys', query: '', headers, body: JSON.stringify({ n }) });
  return tenant;
}

async function read(tenant: Tenant, query: string) {
  const { body } = await tenant.handle({ method: 'GET', path: '/buoys', query, headers: {}, body: '' });
  const json = JSON.parse(body);
  const items: readonly { readonly n: number }[] = Array.isArray(json) ? json : json.items;
  return { json, numbers: items.map(({ n }) => n) };
}

const LIST: JsonObject = { type: 'array', items: BUOY };
const WHOLE: JsonObject = { type: 'integer' };

test.each<[string, Readonly<Record<string, JsonObject>>, readonly string[]]>([
  ['a number of pages from 1', { page: WHOLE, per_page: WHOLE }, ['', 'per_page=2', 'per_page=2&page=3']],
  [
    'a number of pages from 0',
    { pageNumber: { ...WHOLE, minimum: 0 }, size: WHOLE },
    ['', 'size=2', 'size=2&pageNumber=2'],
  ],
  ['an offset', { offset: WHOLE, limit: WHOLE }, ['', 'limit=2', 'limit=2&offset=4']],
])('a listing without a word about pages has them by %s', async (_, parameters, [all = '', first = '', last = '']) => {
  const tenant = await harbour(parameters, LIST);
  expect((await read(tenant, all)).numbers).toEqual([1, 2, 3, 4, 5]);
  expect((await read(tenant, first)).numbers).toEqual([1, 2]);
  expect((await read(tenant, last)).numbers).toEqual([5]);
});

test.each<[string, JsonObject]>([
  ['leaves it out', { type: 'string' }],
  ['has null', { type: ['string', 'null'] }],
])('a cursor leads to the next page, and the last one %s', async (_, next) => {
  const required = ['items', ...(next.type === 'string' ? [] : ['next_cursor'])];
  const page: JsonObject = { type: 'object', required, properties: { items: LIST, next_cursor: next } };
  const tenant = await harbour({ cursor: { type: 'string' }, limit: WHOLE }, page);
  const first = await read(tenant, 'limit=3');
  expect(first.numbers).toEqual([1, 2, 3]);
  const second = await read(tenant, `limit=3&cursor=${first.json.next_cursor}`);
  expect(second.numbers).toEqual([4, 5]);
  expect(second.json.next_cursor ?? null).toBeNull();
});
