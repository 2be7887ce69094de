import { afterEach, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { json, type Reply, startServer, type TestServer } from '../test-support/server.js';

let server: TestServer;
afterEach(() => server.close());

async function addAll(reply: (count: number) => Reply, books: readonly string[]) {
  server = await startServer((_, count) => reply(count));
  return createLibrary({ baseUrl: server.url }).shelves.books.addAll('s', books);
}
const bodies = () => server.received.map(({ body }) => JSON.parse(body));

test('any number of entries, in requests of at most the limit', async () => {
  expect(await addAll(() => ({ status: 204 }), ['a', 'b', 'c', 'd', 'e'])).toEqual({ ok: true, accepted: 5 });
  expect(bodies()).toEqual([{ books: ['a', 'b'] }, { books: ['c', 'd'] }, { books: ['e'] }]);
});

test('stops at the first error and counts what was accepted', async () => {
  const result = await addAll(
    (count) => (count === 2 ? json(400, { message: 'no c' }) : { status: 204 }),
    ['a', 'b', 'c', 'd', 'e'],
  );
  expect(result).toMatchObject({ ok: false, status: 400, error: { message: 'no c' }, accepted: 2 });
  expect(bodies()).toHaveLength(2);
});

test('no entries, no request', async () => {
  expect(await addAll(() => 'reset', [])).toEqual({ ok: true, accepted: 0 });
  expect(server.received).toEqual([]);
});

test('a failure in between counts what was accepted', async () => {
  await expect(addAll((count) => (count === 2 ? 'reset' : { status: 204 }), ['a', 'b', 'c'])).rejects.toMatchObject({
    code: 'REQUEST_FAILED',
    accepted: 2,
  });
});

test('entries are copied when the method is called', async () => {
  const books = ['a', 'b', 'c'];
  const sent = addAll(() => {
    books.length = 0;
    return { status: 204 };
  }, books);
  expect(await sent).toEqual({ ok: true, accepted: 3 });
});
