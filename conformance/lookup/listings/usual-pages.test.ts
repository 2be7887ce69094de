import { describe, expect, it } from 'vitest';
import type { Json, Operation } from '../../../contract/contract.js';
import { withDerivedState } from '../../../contract/derive/derived-state.js';
import { readContract } from '../../../contract/read/read.js';
import { usualPages } from '../../../contract/usual-pages.js';
import { noValues } from '../../target/request.js';
import { largestPage, walkPages } from './page-walk.js';
import { fullPage, usualNext } from './usual-pages.js';

/** A listing by REST conventions with these query parameters. */
function listing(parameters: Readonly<Record<string, Json>>): Operation {
  const ship = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
  const json = (schema: Json) => ({ description: 'ok', content: { 'application/json': { schema } } });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const body = { content: { 'application/json': { schema: { ...ship, required: [] } } } };
  const query = Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', schema }));
  const { contract } = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/ships': {
          get: { parameters: query, responses: { '200': json({ type: 'array', items: ship }) } },
          post: { requestBody: body, responses: { '201': json(ship) } },
        },
        '/ships/{id}': { get: { parameters: [id], responses: { '200': json(ship) } } },
      },
    }),
  );
  const found = contract.operations.find(({ effect }) => effect?.kind === 'list');
  if (found === undefined) throw new Error('no listing');
  return found;
}

const integer = { type: 'integer' };

describe('usual pages', () => {
  it.each<[string, Readonly<Record<string, Json>>, string | undefined]>([
    ['a page number', { page: integer }, 'number page from 1'],
    [
      'a page number that begins with 0',
      { page: { type: 'integer', default: 0 }, size: integer },
      'number page from 0 size',
    ],
    ['an offset', { offset: { anyOf: [integer, { type: 'null' }] }, limit: integer }, 'offset offset from 0 limit'],
    [
      'an offset that is documented as a number',
      { offset: { type: 'number' }, limit: { type: 'number' } },
      'offset offset from 0 limit',
    ],
    ['a cursor', { page_token: { type: 'string' }, maxResults: integer }, 'cursor page_token from 0 maxResults'],
    ['a page that is no number', { page: { type: 'string' } }, undefined],
    ['a size alone', { limit: integer }, undefined],
    ['a filter', { name: { type: 'string' } }, undefined],
  ])('%s', (_what, parameters, want) => {
    const pages = usualPages(listing(parameters));
    const text = pages && `${pages.by} ${pages.parameter.name} from ${pages.first} ${pages.size?.name ?? ''}`.trim();
    expect(text).toBe(want);
  });

  it.each<[Readonly<Record<string, Json>>, number | undefined]>([
    [{ limit: { type: 'integer', default: 100 } }, 100],
    [{ limit: integer }, 10],
    [{ page: { type: 'string' } }, 10],
    [{ name: integer }, undefined],
  ])('%j leaves others out from %s entries on', (parameters, want) => {
    expect(fullPage(listing(parameters))).toBe(want);
  });

  it.each<[Json, Json | undefined]>([
    [{ next: 4 }, 4],
    [{ meta: { next_cursor: 'b' } }, 'b'],
    [{ next: 'https://h/ships?page=2' }, undefined],
    [{ next: null, count: 2 }, undefined],
    [{ nextPageToken: '' }, undefined],
    [[1], undefined],
    [{ next: '/ships?page=2&after=b%2F#top' }, 'b/'],
    [{ links: { next: '?after=c' } }, 'c'],
  ])('the value for the next page after %j', (json, want) => {
    expect(usualNext({ json, headers: {} }, 'after')).toBe(want);
  });

  it.each<[string, Json | undefined]>([
    ['<https://h/ships?limit=2>; rel="self", <https://h/ships?limit=2&after=a,b>; rel="next"', 'a,b'],
    ['<?after=c>; title="next, and; more"; rel=next', 'c'],
    ['<?after=d>;rel="Last NEXT"', 'd'],
    ['<?after=e>; rel=previous', undefined],
    ['<?page=2>; rel=next', undefined],
    ['after=f; rel=next', undefined],
    ['<list?after=c>; rel=next', 'c'],
    ['<?after=c>; foo; rel=next', 'c'],
    ['<?after=c>; title="; rel=next"; rel="prev"', undefined],
    [String.raw`<?after=c>; title="a \"b\""; rel=next`, 'c'],
  ])('the value for the next page after the header %s', (link, want) => {
    expect(usualNext({ json: [], headers: { link } }, 'after')).toBe(want);
  });
});

/** The requests of a walk over a server with five ships, and how it ends. */
async function walked(operation: Operation, answer: (query: URLSearchParams) => readonly [number, Json]) {
  const sent: string[] = [];
  const size = largestPage(operation, 'usual pages') ?? 0;
  const { pages, end } = await walkPages(operation, noValues, {
    walk: 'usual pages',
    size,
    maxPages: 9,
    send: async (request) => {
      sent.push(request.path.split('?')[1] ?? '');
      const [status, json] = answer(new URLSearchParams(request.path.split('?')[1]));
      return { request, response: { status, headers: {}, text: 'x', json }, durationMs: 1 };
    },
  });
  return [sent, pages.flatMap(({ entries }) => entries).length, end];
}

const ships = [1, 2, 3, 4].map((id) => ({ id }));
const slice = (from: number, count: number): Json => ships.slice(from, from + count);

describe('a walk by usual pages', () => {
  it('ends where a page beyond the last one is refused', async () => {
    const { walk, server } = {
      walk: listing({ page: integer }),
      server: (query: URLSearchParams): readonly [number, Json] => {
        const page = Number(query.get('page') ?? 1);
        return page > 2 ? [404, { detail: 'Invalid page.' }] : [200, slice((page - 1) * 2, 2)];
      },
    };
    expect(await walked(walk, server)).toEqual([['', 'page=1', 'page=2', 'page=3'], 4, 'complete']);
  });

  it.each<[string, Readonly<Record<string, Json>>, readonly string[]]>([
    ['says nothing', { page: integer }, ['', 'page=1', 'page=2']],
    ['says 0', { page: { type: 'integer', minimum: 0 } }, ['', 'page=1', 'page=2']],
  ])('follows pages from 0 on, where the document %s', async (_, parameters, sent) => {
    const server = (query: URLSearchParams): readonly [number, Json] => [
      200,
      slice(Number(query.get('page') ?? 0) * 2, 2),
    ];
    expect(await walked(listing(parameters), server)).toEqual([sent, 4, 'complete']);
  });

  it('asks for no page 1 where the document says that it is the first', async () => {
    const stated = listing({ page: { type: 'integer', minimum: 1 } });
    const server = (query: URLSearchParams): readonly [number, Json] => [
      200,
      slice((Number(query.get('page') ?? 1) - 1) * 2, 2),
    ];
    expect(await walked(stated, server)).toEqual([['', 'page=2', 'page=3'], 4, 'complete']);
  });

  it('ends with a short page, by the largest documented size', async () => {
    const operation = listing({ offset: integer, limit: { type: 'integer', maximum: 3 } });
    const end = await walked(operation, (query) => [
      200,
      slice(Number(query.get('offset')), Number(query.get('limit'))),
    ]);
    expect(end).toEqual([['limit=3', 'limit=3&offset=3'], 4, 'complete']);
  });

  it('notices pages that repeat, where it gives their size', async () => {
    const sized = listing({ page: integer, limit: { type: 'integer', maximum: 2 } });
    const end = await walked(sized, () => [200, slice(0, 2)]);
    expect(end).toEqual([['limit=2', 'limit=2&page=1', 'limit=2&page=2'], 4, 'repeats']);
    // Without, it may be the last page.
    expect(await walked(listing({ page: integer }), () => [200, slice(0, 2)])).toEqual([
      ['', 'page=1', 'page=2'],
      2,
      'complete',
    ]);
  });
});
