import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { createTenant } from '../tenant.js';

const json = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  content: { 'application/json': { schema, ...more } },
});
const Boat: JsonObject = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};

interface Shapes {
  /** Of a page. */
  readonly list: JsonObject;
  readonly one?: JsonObject;
  readonly created?: JsonObject;
  readonly parameters?: readonly JsonObject[];
  /** Further properties of a request. */
  readonly sent?: JsonObject;
}

/** Calls a tenant of boats whose state follows from paths and schemas. */
async function boats({ list, one = Boat, created = Boat, parameters = [], sent = {} }: Shapes) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Boats', version: '1' },
    paths: {
      '/boats': {
        get: {
          operationId: 'list',
          parameters: [...parameters],
          responses: { '200': { description: 'ok', ...json(list) } },
        },
        post: {
          operationId: 'create',
          requestBody: json({ type: 'object', properties: { name: { type: 'string' }, ...sent } }),
          responses: { '201': { description: 'ok', ...json(created) } },
        },
      },
      '/boats/{id}': {
        parameters: [id],
        get: {
          operationId: 'read',
          responses: { '200': { description: 'ok', ...json(one) }, '404': { description: 'no' } },
        },
        delete: { operationId: 'delete', responses: { '204': { description: 'gone' }, '404': { description: 'no' } } },
      },
    },
  });
  const tenant = await createTenant(contract, { seed: 1 });
  const call = async (method: string, target: string, given?: unknown) => {
    const [path = '', query = ''] = target.split('?');
    const body = given === undefined ? '' : JSON.stringify(given);
    const answer = await tenant.handle({ method, path, query, headers: { 'content-type': 'application/json' }, body });
    return answer.body === '' ? undefined : JSON.parse(answer.body);
  };
  const add = async (name: string): Promise<JsonObject> => call('POST', '/boats', { name });
  return { call, add };
}

const page = (properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject => ({
  type: 'object',
  required: ['boats', ...required],
  properties: { boats: { type: 'array', items: Boat }, ...properties },
});
const integer: JsonObject = { type: 'integer' };

test.each(['total', 'count', 'size', 'length', 'total_count', 'totalItems', 'itemCount', 'results_count', 'Total'])(
  'a page counts its items as %s',
  async (name) => {
    const { call, add } = await boats({ list: page({ [name]: integer }) });
    for (const each of ['a', 'b', 'c']) await add(each);
    expect((await call('GET', '/boats'))[name]).toBe(3);
  },
);

test.each(['page', 'subtotal', 'counter', 'total_pages'])('a page does not count its items as %s', async (name) => {
  const { call, add } = await boats({ list: page({ [name]: { type: 'integer', const: 7 } }) });
  await add('a');
  expect(await call('GET', '/boats')).toMatchObject({ [name]: 7, boats: [{ name: 'a' }] });
});

test.each<[name: string, properties: JsonObject, want: JsonObject]>([
  ['the items of all pages as total', { total: integer }, { total: 3 }],
  ['the items of all pages as total_count', { total_count: integer }, { total_count: 3 }],
  ['its own items as count', { count: integer }, { count: 2 }],
  [
    'both in an object beside them',
    { meta: { type: 'object', required: ['total', 'size'], properties: { total: integer, size: integer } } },
    { meta: { total: 3, size: 2 } },
  ],
])('a page that is not the only one counts %s', async (_, properties, want) => {
  const parameters = ['limit', 'offset'].map((name) => ({ name, in: 'query', schema: integer }));
  const { call, add } = await boats({ list: page(properties), parameters });
  for (const each of ['a', 'b', 'c']) await add(each);
  expect(await call('GET', '/boats?limit=2')).toMatchObject(want);
});

test('a page says its number, the number of pages and of all items, also where it need not', async () => {
  const parameters = ['page', 'page_size'].map((name) => ({ name, in: 'query', schema: integer }));
  const numbers = { page: integer, pages: integer, results: integer, per_page: integer };
  const { call, add } = await boats({ list: page(numbers, []), parameters });
  for (const each of ['a', 'b', 'c']) await add(each);
  expect(await call('GET', '/boats?page=2&page_size=2')).toEqual({
    boats: [{ id: expect.any(Number), name: 'c' }],
    page: 2,
    pages: 2,
    results: 3,
    per_page: 2,
  });
  const { call: bare } = await boats({ list: page({ ...numbers, per_page: { type: 'integer', maximum: 0 } }, []) });
  expect(await bare('GET', '/boats')).toEqual({ boats: [] });
});

test('a count that is a text stays as documented', async () => {
  const { call, add } = await boats({ list: page({ count: { type: 'string', const: 'few' } }) });
  await add('a');
  expect(await call('GET', '/boats')).toMatchObject({ count: 'few', boats: [{ name: 'a' }] });
});

describe('what leads to the next page', () => {
  const parameters = ['limit', 'cursor'].map((name) => ({
    name,
    in: 'query',
    schema: { type: name === 'limit' ? 'integer' : 'string' },
  }));
  const pages = async (next: JsonObject, required: boolean) => {
    const { call, add } = await boats({ list: page({ next }, required ? ['next'] : []), parameters });
    for (const name of ['a', 'b']) await add(name);
    const first = await call('GET', '/boats?limit=1');
    return [first, await call('GET', `/boats?limit=1&cursor=${first.next}`)];
  };

  test.each<{ given: string; next: JsonObject; required: boolean; last: unknown }>([
    { given: 'is absent', next: { type: 'string' }, required: false, last: undefined },
    { given: 'is null', next: { type: ['string', 'null'] }, required: true, last: null },
    { given: 'is empty', next: { type: 'string' }, required: true, last: '' },
    { given: 'is a sample', next: { type: 'string', minLength: 1 }, required: true, last: expect.stringMatching(/./) },
  ])('$given on the last page', async ({ next, required, last }) => {
    const [first, second] = await pages(next, required);
    expect(first).toEqual({ boats: [expect.objectContaining({ name: 'a' })], next: expect.stringMatching(/./) });
    expect(second).toMatchObject({ boats: [{ name: 'b' }] });
    expect(second.next).toEqual(last);
  });
});

test('an item and a list may have an object around them, with what else it has', async () => {
  const inside = (properties: JsonObject): JsonObject => ({
    type: 'object',
    required: Object.keys(properties),
    properties,
  });
  const { call, add } = await boats({
    list: inside({ data: { type: 'array', items: Boat }, meta: { type: 'object' } }),
    one: inside({ data: Boat, kind: { const: 'boat' } }),
    created: inside({ data: Boat, kind: { const: 'new' } }),
  });
  const created = await add('a');
  const boat = { id: expect.any(Number), name: 'a' };
  expect(created).toEqual({ data: boat, kind: 'new' });
  const { id } = created.data as { id: number };
  expect(await call('GET', `/boats/${id}`)).toEqual({ data: { id, name: 'a' }, kind: 'boat' });
  expect(await call('GET', '/boats')).toEqual({ data: [{ id, name: 'a' }], meta: {} });
});

test('a bare list is the items', async () => {
  const { call, add } = await boats({ list: { type: 'array', items: Boat } });
  expect(await call('GET', '/boats')).toEqual([]);
  const { id } = await add('a');
  expect(await call('GET', '/boats')).toEqual([{ id, name: 'a' }]);
  await call('DELETE', `/boats/${id}`);
  expect(await call('GET', '/boats')).toEqual([]);
});

test('an operation below an item is answered where the item exists', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const ok = { '200': { description: 'ok', ...json(Boat) } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Boats', version: '1' },
    paths: {
      '/boats': { post: { requestBody: json(Boat), responses: { '201': { description: 'ok', ...json(Boat) } } } },
      '/boats/{id}': { parameters: [id], get: { responses: { ...ok, '404': { description: 'no' } } } },
      '/boats/{id}/twin': { parameters: [id], get: { responses: { ...ok, '404': { description: 'no' } } } },
    },
  });
  const tenant = await createTenant(contract, { seed: 1 });
  const headers = { 'content-type': 'application/json' };
  const call = (method: string, path: string, body = '') => tenant.handle({ method, path, query: '', headers, body });
  expect((await call('GET', '/boats/7/twin')).status).toBe(404);
  const created = JSON.parse((await call('POST', '/boats', '{"id": 7, "name": "Argo"}')).body);
  expect((await call('GET', `/boats/${created.id}/twin`)).status).toBe(200);
});

test('what an answer may not show is a sample in an item that is shown', async () => {
  // PagerDuty's document says that a namespace is a text, of the answer alone.
  const Sized: JsonObject = {
    ...Boat,
    required: ['id', 'name', 'size'],
    properties: { ...(Boat.properties as JsonObject), size: { type: 'string', example: 'small' } },
  };
  const { call } = await boats({
    list: { type: 'array', items: Sized },
    one: Sized,
    created: Sized,
    sent: { size: {} },
  });
  const made = await call('POST', '/boats', { name: 'Ark', size: 472 });
  expect(made).toMatchObject({ name: 'Ark', size: 'small' });
  expect(await call('GET', `/boats/${made.id}`)).toEqual(made);
  expect(await call('GET', '/boats')).toEqual([made]);
});

test('of the numbers of a page, those are shown that the document allows', async () => {
  const number = (rules: JsonObject = {}): JsonObject => ({ type: 'integer', minimum: 0, ...rules });
  const meta: JsonObject = {
    type: 'object',
    required: ['total', 'pageSize', 'page'],
    properties: { total: number(), pageSize: number({ minimum: 25 }), page: number({ const: 7 }) },
  };
  const list: JsonObject = {
    type: 'object',
    required: ['items', 'total', 'limit', 'meta'],
    properties: { items: { type: 'array', items: Boat }, total: number(), limit: number({ minimum: 10 }), meta },
  };
  const { call, add } = await boats({ list });
  await add('Ark');
  await add('Argo');
  const page = await call('GET', '/boats');
  expect(page).toMatchObject({ total: 2, meta: { total: 2, page: 7 } });
  expect(page.limit).toBeGreaterThanOrEqual(10);
  expect(page.meta.pageSize).toBeGreaterThanOrEqual(25);
});

test('a listing that may have one entry shows one of several', async () => {
  const { call, add } = await boats({ list: { type: 'array', maxItems: 1, items: Boat } });
  const first = await add('Ark');
  await add('Argo');
  expect(await call('GET', '/boats')).toEqual([first]);
});

const MESSAGE = json({ type: 'object', properties: { message: { type: 'string' } } });
const PATH = /^\/ports\/east\/boats\/\w+$/;
const locationOf = (schema: JsonObject): JsonObject => ({ headers: { Location: { schema } } });

test.each<[what: string, answered: JsonObject, body: string, form: RegExp]>([
  ['no body', {}, '', PATH],
  ['a body without the key, beside a Location', { ...locationOf({ type: 'string' }), ...MESSAGE }, '{}', PATH],
  [
    'such a body beside a Location that is a URL',
    { ...locationOf({ type: 'string', format: 'uri' }), ...MESSAGE },
    '{}',
    /^https?:\/\/[^/]+\/ports\/east\/boats\/\w+$/,
  ],
])('a creation whose answer has %s names the new item in its Location', async (_what, answered, want, form) => {
  const shown = json({
    type: 'object',
    properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
  });
  const parameters = [
    { name: 'port', in: 'path', required: true, schema: { type: 'string', enum: ['east'] } },
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  ];
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Boats', version: '1' },
    paths: {
      '/ports/{port}/boats': {
        parameters: parameters.slice(0, 1),
        post: { requestBody: shown, responses: { '201': { description: 'ok', ...answered } } },
      },
      '/ports/{port}/boats/{id}': {
        parameters,
        get: { responses: { '200': { description: 'ok', ...shown }, '404': { description: 'no' } } },
      },
    },
  });
  const tenant = await createTenant(contract, { seed: 1 });
  const call = (method: string, path: string, body = '') =>
    tenant.handle({ method, path, query: '', headers: { 'content-type': 'application/json' }, body });
  const { status, headers, body } = await call('POST', '/ports/east/boats', '{"name": "Argo"}');
  expect([status, body]).toEqual([201, want]);
  const { location = '' } = headers;
  expect(location).toMatch(form);
  expect(JSON.parse((await call('GET', location.replace(/^https?:\/\/[^/]+/, ''))).body)).toMatchObject({
    name: 'Argo',
  });
});
