import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { createTenant } from '../tenant.js';
import { refused } from '../test-support/refused.js';

const text: JsonObject = { type: 'string' };
const at = (name: string) => ({ name, in: 'path', required: true, schema: text });
const query = (name: string, role: unknown, schema: JsonObject = text) => ({
  name,
  in: 'query',
  schema,
  'x-query': role,
});
const Book: JsonObject = {
  type: 'object',
  properties: { id: text, title: text, pages: { type: 'integer' }, loud: { type: 'boolean' } },
};
const books = { '200': { description: 'all', ...json({ type: 'array', items: Book }) } };

/** Books, each by an author and on a shelf; chapters inside of books; readers. */
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  security: [],
  paths: {
    '/books': {
      get: {
        operationId: 'books.list',
        'x-effect': { list: 'book' },
        parameters: [
          query('sort', 'sort'),
          query('fields', 'fields'),
          query('except', 'include-fields', { type: 'boolean' }),
          query('title', { filter: 'title', match: 'contains' }),
          query('loud', { filter: 'loud', match: 'equals' }, { type: 'boolean' }),
        ],
        responses: books,
      },
    },
    '/authors/{author}/books': {
      get: {
        operationId: 'authors.books',
        'x-effect': { list: 'book', of: { author: 'author' } },
        parameters: [at('author'), query('title', { filter: 'title', match: 'contains' })],
        responses: { ...books, '404': refused('no-author') },
      },
    },
    '/authors/{author}/shelves/{shelf}/books': {
      get: {
        operationId: 'authors.shelves.books',
        'x-effect': { list: 'book', of: { shelf: 'shelf', author: 'author' }, unknown: { shelf: 'succeed' } },
        parameters: [at('author'), at('shelf')],
        responses: { ...books, '404': refused('no-author') },
      },
    },
    ...Object.fromEntries(
      [
        ['/marks', ['no-chapter']],
        ['/strict-marks', ['no-chapter', 'no-book']],
      ].map(([path, problems]) => [
        path,
        {
          post: {
            operationId: `${path}.add`,
            'x-effect': { add: 'marks', each: { reader: '/reader', chapter: '/chapters' } },
            requestBody: json({
              type: 'object',
              properties: { reader: text, chapters: { type: 'array', items: { type: 'object' } } },
            }),
            responses: { '204': { description: 'in' }, '404': refused(...(problems as string[])) },
          },
        },
      ]),
    ),
    '/readers/{reader}/chapters': {
      get: {
        operationId: 'readers.chapters',
        'x-effect': { list: 'marks', of: { reader: 'reader' } },
        parameters: [
          at('reader'),
          query('book', { filter: 'book_id', match: 'equals' }),
          query('number', { filter: 'number', match: 'equals' }, { type: 'integer' }),
        ],
        responses: {
          '200': {
            description: 'all',
            ...json({
              type: 'array',
              items: { type: 'object', properties: { book_id: text, number: {}, name: text } },
            }),
          },
        },
      },
    },
    '/books/{id}': {
      get: {
        operationId: 'books.get',
        'x-effect': { read: 'book', of: { book: 'id' } },
        parameters: [at('id')],
        responses: { '200': { description: 'one', ...json({ allOf: [Book], properties: { chapters: {} } }) } },
      },
    },
  },
  components: {
    'x-resources': {
      author: { key: 'name' },
      shelf: { key: 'code' },
      book: { key: 'id', refers: { author: 'author', shelf: 'shelf' } },
      reader: { key: 'name' },
      chapter: { inside: { book: '/chapters' }, key: { book_id: 'parent.id', number: 'item.nr' } },
    },
    'x-relations': { marks: { between: ['reader', 'chapter'] } },
    'x-problems': {
      'no-author': { when: { unknown: 'author' }, message: 'No author {key}' },
      'no-book': { when: { unknown: 'book' }, message: 'No book {book_id}' },
      'no-chapter': { when: { unknown: 'chapter' }, message: 'No chapter {number} of {book_id}: {key}' },
    },
    schemas: {},
  },
});

const state = {
  authors: [{ name: 'ada' }, { name: 'bob' }],
  shelfs: [{ code: 'a' }, { code: 'b' }],
  readers: [{ name: 'rae' }],
  books: [
    { id: '3', title: 'Cats', pages: 30, author: 'ada', shelf: 'b', loud: true, chapters: [{ nr: 1, name: 'Paws' }] },
    { id: '1', title: 'ants', pages: 9, author: 'ada', shelf: 'a' },
    { id: '4', title: 'Bats', author: 'bob', shelf: 'b', loud: false, chapters: [{ nr: 1 }, { nr: 2 }] },
    { id: '2', pages: 100, author: 'ada', shelf: 'b' },
  ],
};

type Call = (method: string, path: string, body?: unknown) => Promise<readonly [status: number, body: unknown]>;
let call: Call;

beforeAll(async () => {
  const tenant = await createTenant(contract, { state });
  call = async (method, target, sent) => {
    const [path = '', query = ''] = target.split('?');
    const body = sent === undefined ? '' : JSON.stringify(sent);
    const answer = await tenant.handle({ method, path, query, headers: { 'content-type': 'application/json' }, body });
    return [answer.status, answer.body === '' ? undefined : JSON.parse(answer.body)];
  };
});

const ids = async (path: string) =>
  ((await call('GET', path))[1] as readonly { id: string }[]).map(({ id }) => id).join('');

test.each([
  ['', '3142'],
  ['sort=title:1', '4312'],
  ['sort=title:-1', '1342'],
  ['sort=pages:1', '1324'],
  ['sort=pages:-1', '2314'],
  ['sort=loud:1', '4312'],
  ['sort=none:1', '3142'],
  // What the language does not have is no order.
  ['sort=title', '3142'],
  ['sort=title:2', '3142'],
  ['sort=title:1x', '3142'],
  ['sort=:1', '3142'],
  ['title=AT', '34'],
  ['title=', '3142'],
  ['loud=true', '3'],
  // What an item lacks is not set.
  ['loud=false', '142'],
  ['title=a&loud=false&sort=title:1', '41'],
])('books by "%s" are %s', async (query, want) => {
  expect(await ids(`/books?${query}`)).toBe(want);
});

test.each([
  ['fields=id,%20title', { id: '3', title: 'Cats' }],
  ['fields=id&except=true', { id: '3' }],
  ['fields=id,title&except=false', { pages: 30, loud: true }],
  ['fields=', { id: '3', title: 'Cats', pages: 30, loud: true }],
])('a book with %s', async (query, want) => {
  expect(((await call('GET', `/books?${query}`))[1] as readonly unknown[])[0]).toEqual(want);
});

test.each([
  ['/authors/ada/books', '312'],
  ['/authors/ada/books?title=ants', '1'],
  ['/authors/bob/books', '4'],
  ['/authors/ada/shelves/b/books', '32'],
  ['/authors/bob/shelves/a/books', ''],
  ['/authors/ada/shelves/none/books', ''],
])('%s lists what refers to all that the path names: %s', async (path, want) => {
  expect(await ids(path)).toBe(want);
});

test('what the path names has to exist, unless the contract says otherwise', async () => {
  const refusal = [404, { text: 'No author eve' }];
  expect(await call('GET', '/authors/eve/books')).toEqual(refusal);
  expect(await call('GET', '/authors/eve/shelves/a/books')).toEqual(refusal);
});

describe('an item inside another', () => {
  const add = (path: string, ...chapters: readonly unknown[]) => call('POST', path, { reader: 'rae', chapters });

  test.each([
    ['/marks', { book_id: '9', number: 1 }, 'No chapter 1 of 9: 9 1'],
    ['/marks', { book_id: '4', number: 9 }, 'No chapter 9 of 4: 4 9'],
    ['/marks', { number: 1 }, 'No chapter 1 of : 1'],
    ['/strict-marks', { book_id: '9', number: 1 }, 'No book 9'],
    ['/strict-marks', { book_id: '4', number: 9 }, 'No chapter 9 of 4: 4 9'],
    ['/strict-marks', {}, 'No book '],
  ])('%s of %j: %s', async (path, key, message) => {
    expect(await add(path, { book_id: '4', number: 1 }, key)).toEqual([404, { text: message }]);
    expect(await call('GET', '/readers/rae/chapters')).toEqual([200, []]);
  });

  test('is named by its parent and its own key, and listed by both', async () => {
    expect(await add('/marks', { book_id: '4', number: 2 }, { book_id: '3', number: 1 })).toEqual([204, undefined]);
    const listed = async (query: string) => (await call('GET', `/readers/rae/chapters?${query}`))[1];
    expect(await listed('')).toEqual([
      { book_id: '4', number: 2 },
      { book_id: '3', number: 1, name: 'Paws' },
    ]);
    expect(await listed('book=4')).toEqual([{ book_id: '4', number: 2 }]);
    expect(await listed('number=1')).toEqual([{ book_id: '3', number: 1, name: 'Paws' }]);
    expect(await listed('book=4&number=1')).toEqual([]);
  });
});
