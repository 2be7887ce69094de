import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { crews } from '../../contract/derive/test-support/crews.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Listings with pages as several frameworks document them. */

const parameter = (name: string, usual: number): JsonObject => ({
  name,
  in: 'query',
  required: true,
  schema: { type: 'integer', minimum: 1, maximum: 100, default: usual },
});

/** A header that is documented with the schema of its JSON. */
const PAGINATION: JsonObject = {
  schema: { type: 'object', properties: { total: { type: 'integer' } }, additionalProperties: false },
};

const song = { type: 'object', properties: { id: { type: 'string' }, title: { type: 'string' } } };
const document = readContract({
  openapi: '3.1.0',
  info: { title: 'Songs', version: '1' },
  paths: {
    '/songs': {
      get: {
        operationId: 'list',
        parameters: [parameter('page', 1), parameter('page_size', 10)],
        responses: {
          '200': {
            description: 'ok',
            headers: { 'X-Pagination': PAGINATION },
            ...json({ type: 'array', items: song }),
          },
          '400': { description: 'invalid' },
        },
      },
      post: {
        operationId: 'create',
        requestBody: json({ type: 'object', required: ['title'], properties: { title: { type: 'string' } } }),
        responses: { '201': { description: 'ok', ...json(song) } },
      },
    },
    '/songs/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'read',
        responses: { '200': { description: 'ok', ...json(song) }, '404': { description: 'gone' } },
      },
      delete: { operationId: 'delete', responses: { '204': { description: 'ok' }, '404': { description: 'gone' } } },
    },
  },
});

/** The embedded tenant with a header in each listing. @param loses - whether the last of several pages is empty */
async function songs({ header = 'total,3', loses = false }): Promise<Target> {
  const target = await embeddedTarget(document);
  return {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method !== 'GET' || !request.path.startsWith('/songs?') || answer.status !== 200) return answer;
      const query = new URL(request.path, 'http://songs').searchParams;
      const [page, size] = ['page', 'page_size'].map((name) => Number(query.get(name)));
      const isLast = page !== undefined && page > 1 && JSON.parse(answer.text).length < (size ?? 0);
      const entries = loses && isLast ? { text: '[]', json: [] } : {};
      return { ...answer, ...entries, headers: { ...answer.headers, 'x-pagination': header } };
    },
  };
}

async function found(options: { readonly header?: string; readonly loses?: boolean }): Promise<readonly string[]> {
  const { contract } = withDerivedState(document);
  const { findings } = await verifyTarget(contract, await songs(options), { only: ['list/*'] });
  return findings.map(({ severity, cause }) => `${severity}: ${cause}`);
}

const LOST = 'warned: pages: small pages show other entries than large ones';
const AS_JSON = 'warned: header x-pagination: JSON, which the document does not say';

test('a listing is walked where its page is required and has a default', async () => {
  expect(await found({})).toEqual([]);
  expect(await found({ loses: true })).toEqual([LOST]);
});

test('a header with JSON that fits is warned of, and its listing judged all the same', async () => {
  expect(await found({ header: '{"total": 3}' })).toEqual([AS_JSON]);
  expect((await found({ header: '{"total": 3}', loses: true })).toSorted()).toEqual([AS_JSON, LOST]);
  expect(await found({ header: '{"total": "many"}' })).toEqual(['failed: header x-pagination: value']);
});

/** The same songs, listed by other parameters and in another form. */
function pagedBy(parameters: JsonObject[], page: JsonObject): typeof document {
  const paths = document.document.paths as Record<string, JsonObject>;
  const responses = { '200': { description: 'ok', ...json(page) }, '400': { description: 'invalid' } };
  const get: JsonObject = { operationId: 'list', parameters, responses };
  return readContract({ ...document.document, paths: { ...paths, '/songs': { ...paths['/songs'], get } } });
}

/** A server that pages by a cursor. @param loses - whether it says that there are no more before the last page */
async function cursors(loses: boolean): Promise<readonly string[]> {
  const query = [
    { name: 'cursor', in: 'query', schema: { type: 'string' } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
  ];
  const page = {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: song }, nextCursor: { type: 'string' } },
  };
  const paged = pagedBy(query, page);
  const target = await embeddedTarget(paged);
  const { contract } = withDerivedState(paged);
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      if (request.method !== 'GET' || !/^\/songs(\?|$)/.test(request.path)) return target.send(request, limits);
      const { searchParams } = new URL(request.path, 'http://songs');
      const [from, limit] = [Number(searchParams.get('cursor') ?? 0), Number(searchParams.get('limit') ?? 10)];
      const answer = await target.send({ ...request, path: '/songs' }, limits);
      const { items } = JSON.parse(answer.text);
      const rest = items.length - from - limit;
      const next = rest > (loses ? limit : 0) ? { nextCursor: String(from + limit) } : {};
      const shown = { items: items.slice(from, from + limit), ...next };
      return { ...answer, json: shown, text: JSON.stringify(shown) };
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['list/resource-listing'] });
  return findings.map(({ severity, cause }) => `${severity}: ${cause}`);
}

test('a listing by cursor that ends before its last page is warned of', async () => {
  expect(await cursors(false)).toEqual([]);
  expect(await cursors(true)).toEqual([LOST]);
});

/** A server whose first page has a number that its document does not say. @param loses - whether it skips the second page */
async function numbered(first: number, loses = false, shows = (song: JsonObject) => song): Promise<readonly string[]> {
  const query = ['page', 'page_size'].map((name) => ({ name, in: 'query', schema: { type: 'integer' } }));
  const paged = pagedBy(query, { type: 'array', items: song });
  const target = await embeddedTarget(paged);
  const { contract } = withDerivedState(paged);
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      if (request.method !== 'GET' || !/^\/songs(\?|$)/.test(request.path)) return target.send(request, limits);
      const { searchParams } = new URL(request.path, 'http://songs');
      const size = Number(searchParams.get('page_size') ?? 10);
      const number = Math.max(0, Number(searchParams.get('page') ?? first) - first);
      const page = loses && number > 0 ? number + 1 : number;
      const answer = await target.send({ ...request, path: '/songs' }, limits);
      const shown = JSON.parse(answer.text)
        .slice(page * size, (page + 1) * size)
        .map(shows);
      return { ...answer, json: shown, text: JSON.stringify(shown) };
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['list/resource-listing'] });
  return findings.map(({ severity, cause }) => `${severity}: ${cause}`);
}

test.each([0, 1])('pages are followed where the first one is %i and the document does not say so', async (first) => {
  expect(await numbered(first)).toEqual([]);
  expect(await numbered(first, true)).toEqual([LOST]);
});

test.each([0, 1])('also where entries show how often they were read, and the first page is %i', async (first) => {
  let reads = 0;
  const shows = (song: JsonObject) => {
    reads += 1;
    return { ...song, reads };
  };
  expect(await numbered(first, false, shows)).toEqual([]);
});

/** A server with totals. @param wrong - changes them */
async function totals(name: string, wrong: (total: number, entries: number) => number): Promise<readonly string[]> {
  const query = ['limit', 'offset'].map((name) => ({ name, in: 'query', schema: { type: 'integer', minimum: 0 } }));
  const number: JsonObject = { type: 'integer' };
  const page = {
    type: 'object',
    required: ['items', 'meta'],
    properties: {
      items: { type: 'array', items: song },
      meta: { type: 'object', required: ['total'], properties: { total: number, [name]: number } },
    },
  };
  const paged = pagedBy(query, page);
  const target = await embeddedTarget(paged);
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method !== 'GET' || !/^\/songs(\?|$)/.test(request.path) || answer.status !== 200) return answer;
      const { items, meta } = JSON.parse(answer.text);
      const changed = { items, meta: { ...meta, [name]: wrong(meta.total, items.length) } };
      return { ...answer, json: changed, text: JSON.stringify(changed) };
    },
  };
  const { findings } = await verifyTarget(withDerivedState(paged).contract, server, { only: ['list/*'] });
  return findings.map(({ severity, cause }) => `${severity}: ${cause}`);
}

test.each<[name: string, what: string, wrong: (total: number, entries: number) => number, want: readonly string[]]>([
  ['total_entries', 'is the number of all entries', (total) => total, []],
  ['total_entries', 'is off by one', (total) => total + 1, ['total_entries is not the number of entries']],
  ['count', 'is the number of all entries', (total) => total, []],
  ['count', 'is that of the page', (_, entries) => entries, []],
  ['count', 'is off by one', (total) => total + 1, ['count is not the number of entries']],
])('a %s that %s', async (name, _, wrong, want) => {
  expect(await totals(name, wrong)).toEqual(want.map((cause) => `warned: pages: ${cause}`));
});

/** Members of crews in pages that a `Link` header leads through. */
const query = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'query', schema });
const { '/crews/{crew_id}/sailors': muster, ...others } = crews.paths as Record<string, JsonObject>;
const members = withDerivedState(
  readContract({
    ...crews,
    paths: {
      ...others,
      '/crews/{crew_id}/sailors': {
        ...muster,
        get: {
          ...(muster?.get as JsonObject),
          parameters: [query('limit', { type: 'integer', minimum: 1 }), query('after', { type: 'string' })],
        },
      },
    },
  }),
).contract;

interface Links {
  readonly link: boolean;
  /** How many entries each further page leaves out. */
  readonly lost?: number;
  /** How many a page has beyond its size. */
  readonly more?: number;
}

async function crewsWithLinks({ link, lost = 0, more = 0 }: Links): Promise<Target> {
  const target = await embeddedTarget(members);
  return {
    ...target,
    send: async (request, limits) => {
      const { pathname, searchParams } = new URL(request.path, 'http://crews');
      const size = Number(searchParams.get('limit'));
      if (request.method !== 'GET' || !pathname.endsWith('/sailors') || size === 0) return target.send(request, limits);
      const whole = await target.send({ ...request, path: pathname }, limits);
      if (whole.status !== 200 || !Array.isArray(whole.json)) return whole;
      const at = Number(searchParams.get('after') ?? 0);
      const page = whole.json.slice(at === 0 ? 0 : at + lost, at + size + more);
      const isMore = at + size < whole.json.length;
      const next = isMore && link ? { link: `<${pathname}?limit=${size}&after=${at + size}>; rel="next"` } : {};
      return { ...whole, headers: { ...whole.headers, ...next }, text: JSON.stringify(page), json: page };
    },
  };
}

test.each([
  { server: 'whose links lead through all pages', link: true, lost: 0, want: [] },
  { server: 'whose links lead past an entry', link: true, lost: 1, want: ['usual pages: an entry is left out'] },
  { server: 'that does not say where the next page begins', link: false, want: [] },
  {
    server: 'whose only page is too large',
    link: false,
    more: 1,
    want: ['usual pages: a page is larger than requested'],
  },
])('members of a server $server', async ({ link, lost = 0, more = 0, want }) => {
  const report = await verifyTarget(members, await crewsWithLinks({ link, lost, more }), { only: ['*/pages-add-up'] });
  expect(report.findings.map(({ cause }) => cause)).toEqual(want);
  const [check] = report.checks.filter(({ id }) => id === 'pages-add-up');
  expect(check?.outcome).toBe(want.length > 0 ? 'warned' : 'passed');
});

test('the embedded tenant of a document whose listings give no next page', async () => {
  const report = await verifyTarget(members, await embeddedTarget(members), { only: ['*/pages-add-up'] });
  expect(report.findings).toEqual([]);
});
