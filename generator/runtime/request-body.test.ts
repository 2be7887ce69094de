import { describe, expect, test } from 'vitest';
import { call } from './call.js';
import { inHeaders, inQuery } from './query.js';
import {
  asChosen,
  asForm,
  asGiven,
  asInput,
  asJson,
  asJsonOf,
  asMultipart,
  asParts,
  asPlainForm,
} from './request-body.js';
import type { Part } from './route.js';

/** The request that a call with these arguments sends. */
async function sent(part: Part, ...given: readonly unknown[]): Promise<Request> {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return Response.json({});
  };
  await call({ baseUrl: 'https://api.example', fetch }, ['POST', '/things', '200', { in: [part] }], given);
  const [request] = requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

const typeOf = (request: Request) => request.headers.get('content-type')?.split(';')[0];

describe('a multipart body', () => {
  test('is made from an object: files with their names, lists as parts of one name, objects as JSON', async () => {
    const request = await sent(asMultipart, {
      photo: new File(['png'], 'a.png', { type: 'image/png' }),
      pages: [new Blob(['1']), new Blob(['2'])],
      tags: ['x', 'y'],
      size: 3,
      meta: { a: 1 },
      missing: undefined,
    });
    expect(typeOf(request)).toBe('multipart/form-data');
    const data = await request.formData();
    expect([...new Set(data.keys())]).toEqual(['photo', 'pages', 'tags', 'size', 'meta']);
    expect(data.get('photo')).toMatchObject({ name: 'a.png', type: 'image/png', size: 3 });
    expect(data.getAll('pages')).toHaveLength(2);
    expect([data.getAll('tags'), data.get('size'), data.get('meta')]).toEqual([['x', 'y'], '3', '{"a":1}']);
  });

  test('is FormData as it is', async () => {
    const data = new FormData();
    data.set('a', 'b');
    expect([...(await (await sent(asMultipart, data)).formData())]).toEqual([['a', 'b']]);
  });
});

test('parts without names have the types of the document, of a file, or by their values', async () => {
  const part = asParts('multipart/mixed', ['application/json', ''], 'text/csv');
  const parts = ['a', { b: 1 }, new Blob(['png'], { type: 'image/png' }), new Blob(['1,2']), 'c'];
  const request = await sent(part, parts);
  const [, boundary] = /^multipart\/mixed; boundary=(\S+)$/.exec(request.headers.get('content-type') ?? '') ?? [];
  const texts = (await request.text()).split(`--${boundary}`);
  expect([texts.at(0), texts.at(-1)]).toEqual(['', '--\r\n']);
  expect(texts.slice(1, -1)).toEqual(
    [
      ['application/json', '"a"'],
      ['application/json', '{"b":1}'],
      ['image/png', 'png'],
      ['text/csv', '1,2'],
      ['text/csv', 'c'],
    ].map(([type, text]) => `\r\ncontent-type: ${type}\r\n\r\n${text}\r\n`),
  );
});

describe('a body of several content types', () => {
  const part = asChosen({ 'application/json': asJson, 'text/plain': asGiven('text/plain') });

  test('is of the first by default, or of the chosen one', async () => {
    const json = await sent(part, { a: 1 });
    expect([typeOf(json), await json.text()]).toEqual(['application/json', '{"a":1}']);
    const text = await sent(part, 'hello', { contentType: 'text/plain' });
    expect([typeOf(text), await text.text()]).toEqual(['text/plain', 'hello']);
  });
});

test('JSON of another content type', async () => {
  const request = await sent(asJsonOf('application/merge-patch+json'), { a: null });
  expect([typeOf(request), await request.text()]).toEqual(['application/merge-patch+json', '{"a":null}']);
});

test.each([
  ['plain values', asPlainForm, { a: 'x y', b: [1, 2], c: undefined, d: null }, 'a=x%20y&b=1&b=2'],
  ['URLSearchParams as they are', asPlainForm, new URLSearchParams({ a: 'x y' }), 'a=x+y'],
  ['objects by their encoding', asForm({ order: 'deepObject' }), { order: { id: 1 } }, 'order%5Bid%5D=1'],
])('a form: %s', async (_, part, value, want) => {
  const request = await sent(part, value);
  expect([typeOf(request), await request.text()]).toEqual(['application/x-www-form-urlencoded', want]);
});

test('one argument with body, query and headers', async () => {
  const part = asInput({ body: asJson, query: inQuery, headers: inHeaders });
  const request = await sent(part, { body: { a: 1 }, query: { page: 2 }, headers: { 'x-trace': 't' } });
  expect([request.url, await request.text(), request.headers.get('x-trace')]).toEqual([
    'https://api.example/things?page=2',
    '{"a":1}',
    't',
  ]);
});
