import { beforeEach, expect, test } from 'vitest';
import { libraryCall } from '../test-support/library.js';
import type { Call } from '../test-support/school.js';

const STATE = {
  wings: [{ code: 'north' }],
  racks: [{ number: 7, wing: 'north' }],
  readers: [{ number: 100, name: 'Ada' }],
  books: [{ isbn: 1, rack: 7 }],
  loans: [{ book: 1, reader: 100 }],
};

let call: Call;

beforeEach(async () => {
  call = await libraryCall({ state: STATE });
});

test('an item with a numeric key is found by it, and unique', async () => {
  expect(await call('POST', '/books', { isbn: 2, rack: 7, follows: 1 })).toMatchObject({ status: 201 });
  expect(await call('GET', '/books/2')).toMatchObject({ status: 200, body: { isbn: 2, rack: 7, follows: 1 } });
  expect(await call('POST', '/books', { isbn: 2 })).toMatchObject({ status: 409 });
  expect(await call('GET', '/books/3')).toMatchObject({ status: 404, body: { message: 'There is no book 3' } });
});

test('a reference must exist, and deletion cascades along it', async () => {
  expect(await call('POST', '/books', { isbn: 2, rack: 8 })).toMatchObject({
    status: 404,
    body: { message: 'There is no rack 8' },
  });
  await call('POST', '/books', { isbn: 2, follows: 1 });
  expect((await call('DELETE', '/books/1')).status).toBe(204);
  expect((await call('GET', '/books/2')).status).toBe(404);
});

test('relations work with numeric keys', async () => {
  expect((await call('GET', '/books/1/readers')).body).toEqual([{ number: 100, name: 'Ada' }]);
  await call('POST', '/books', { isbn: 2 });
  expect((await call('POST', '/books/2/readers', { readers: [100] })).status).toBe(204);
  expect((await call('GET', '/books/2/readers')).body).toHaveLength(1);
  expect((await call('POST', '/books/2/readers', { readers: [101] })).status).toBe(404);
});
