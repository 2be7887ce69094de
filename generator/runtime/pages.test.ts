import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary, type Library } from '../test-support/library.js';
import { json, type Reply, startServer, type TestServer } from '../test-support/server.js';

let server: TestServer;
afterEach(() => server.close());

async function library(reply: (query: URLSearchParams, count: number) => Reply): Promise<Library> {
  server = await startServer(({ url }, count) => reply(new URL(url, 'http://x').searchParams, count));
  return createLibrary({ baseUrl: server.url, retry: false });
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const books = ['a', 'b', 'c', 'd', 'e'];
const page = (query: URLSearchParams) => {
  const size = Number(query.get('size'));
  return books.slice(Number(query.get('page')) * size, (Number(query.get('page')) + 1) * size);
};
const queries = () => server.received.map(({ url }) => url.split('?')[1]);

describe('by page number', () => {
  test('with totals: no request past the last page', async () => {
    const { shelves } = await library((query) => json(200, { books: page(query), total: 4 }));
    expect(await collect(shelves.books.all('s'))).toEqual(['a', 'b', 'c', 'd']);
    expect(queries()).toEqual(['size=2&page=0&totals=true', 'size=2&page=1&totals=true']);
  });

  test.each([
    ['0', 0],
    ['smaller than what was received', 3],
  ])('with a wrong total, %s: until a page is shorter', async (_, total) => {
    const { shelves } = await library((query) => json(200, { books: page(query), total }));
    expect(await collect(shelves.books.all('s'))).toEqual(books);
    expect(queries()).toHaveLength(3);
  });

  test('with a total greater than what there is: until a page is empty', async () => {
    const { shelves } = await library((query) => json(200, { books: page(query), total: 50 }));
    expect(await collect(shelves.books.all('s'))).toEqual(books);
    expect(queries()).toHaveLength(4);
  });

  test.each([
    ['one page again and again', 1, 2],
    ['two pages in turn', 2, 5],
    ['three pages in turn', 3, 8],
  ])('a server that ignores the page number is an error: %s', async (_, pages, requests) => {
    const { shelves } = await library((query) => {
      const number = Number(query.get('page')) % pages;
      return json(200, [`a${number}`, `b${number}`]);
    });
    await expect(collect(shelves.books.all('s'))).rejects.toMatchObject({
      name: 'ResponseError',
      code: 'RESPONSE_NOT_OK',
      message: expect.stringContaining('expected a new page'),
    });
    expect(queries()).toHaveLength(requests);
  });

  test('as bare arrays, until one is shorter', async () => {
    const { shelves } = await library((query) => json(200, page(query)));
    expect(await collect(shelves.books.all('s'))).toEqual(books);
    expect(queries()).toHaveLength(3);
  });

  test('as bare arrays, even if the server returns fewer than requested', async () => {
    const { shelves } = await library((query) => json(200, [books[Number(query.get('page'))]].filter(Boolean)));
    expect(await collect(shelves.books.all('s'))).toEqual(books);
    expect(queries()).toHaveLength(6);
  });

  test('with a size and a filter from the caller', async () => {
    const { shelves } = await library((query) => json(200, page(query)));
    expect(await collect(shelves.books.all('s', { size: 4, author: 'x|y' }))).toEqual(books);
    expect(queries()[0]).toBe('size=4&author=x%7Cy&page=0&totals=true');
  });

  test('pages are requested when they are needed', async () => {
    const { shelves } = await library((query) => json(200, page(query)));
    for await (const book of shelves.books.all('s')) if (book === 'b') break;
    expect(queries()).toHaveLength(1);
  });
});

describe('by cursor', () => {
  const walk = (query: URLSearchParams, nextAfterLast: boolean) => {
    const from = Number(query.get('from') ?? 0);
    const found = books.slice(from, from + Number(query.get('take')));
    const more = nextAfterLast ? found.length > 0 : from + found.length < books.length;
    return json(200, { books: found, ...(more && { next: String(from + found.length) }) });
  };

  test('until a page has no next', async () => {
    const { shelves } = await library((query) => walk(query, false));
    expect(await collect(shelves.books.walkAll('s'))).toEqual(books);
    expect(queries()).toEqual(['take=2', 'take=2&from=2', 'take=2&from=4']);
  });

  test('until a page is empty, if all others have a next', async () => {
    const { shelves } = await library((query) => walk(query, true));
    expect(await collect(shelves.books.walkAll('s'))).toEqual(books);
    expect(queries()).toHaveLength(4);
  });

  const gap = (query: URLSearchParams) =>
    query.has('from')
      ? json(200, query.get('from') === '1' ? { books: [], next: '2' } : { books: ['b'] })
      : json(200, { books: ['a'], next: '1' });

  test('past an empty page that has a next', async () => {
    const { shelves } = await library(gap);
    expect(await collect(shelves.books.walkAll('s'))).toEqual(['a', 'b']);
  });

  test('not past an empty page if the contract says that it is the last', async () => {
    const { shelves } = await library(gap);
    expect(await collect(shelves.books.emptyAll('s'))).toEqual(['a']);
  });

  test('a page whose next is the cursor that was sent is an error, not an endless walk', async () => {
    const { shelves } = await library(() => json(200, { books: ['a'], next: 'same' }));
    await expect(collect(shelves.books.walkAll('s'))).rejects.toMatchObject({
      code: 'RESPONSE_NOT_OK',
      message: expect.stringContaining('expected a new "next"'),
    });
    expect(queries()).toHaveLength(2);
  });

  test.each([
    ['the cursor alternates', (count: number) => ({ books: [`book ${count}`], next: String(count % 2) }), 5],
    ['the cursor moves, but the items repeat', (count: number) => ({ books: ['a', 'b'], next: String(count) }), 2],
    ['the cursor moves, but all pages are empty', (count: number) => ({ books: [], next: String(count) }), 101],
  ])('a listing without an end is an error: %s', async (_, pageOf, requests) => {
    const { shelves } = await library((_query, count) => json(200, pageOf(count)));
    await expect(collect(shelves.books.walkAll('s'))).rejects.toMatchObject({ code: 'RESPONSE_NOT_OK' });
    expect(queries()).toHaveLength(requests);
  });

  test('a bare array is an error, since it has no next', async () => {
    const { shelves } = await library(() => json(200, books));
    await expect(collect(shelves.books.walkAll('s'))).rejects.toMatchObject({ code: 'RESPONSE_NOT_OK' });
  });
});

test('a failed page is thrown after the items before it', async () => {
  const { shelves } = await library((_, count) =>
    count === 1 ? json(200, { books: ['a', 'b'], next: '2' }) : json(400, { errorCode: 'invalid_paging' }),
  );
  const seen: unknown[] = [];
  const walk = (async () => {
    for await (const book of shelves.books.walkAll('s')) seen.push(book);
  })();
  await expect(walk).rejects.toMatchObject({
    code: 'RESPONSE_NOT_OK',
    status: 400,
    cause: { errorCode: 'invalid_paging' },
  });
  expect(seen).toEqual(['a', 'b']);
});

test('an object without the list is thrown', async () => {
  const { shelves } = await library(() => json(200, { other: [] }));
  await expect(collect(shelves.books.all('s'))).rejects.toMatchObject({ code: 'RESPONSE_NOT_OK' });
});
