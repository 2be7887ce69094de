import { beforeEach, expect, test } from 'vitest';
import { libraryCall } from '../test-support/library.js';
import type { Call } from '../test-support/school.js';

let call: Call;

beforeEach(async () => {
  call = await libraryCall({ state: { wings: [{ code: 'north' }], racks: [{ number: 7 }, { number: 8 }] } });
  await call('POST', '/books', { isbn: 1, rack: 7, tags: { a: '1', b: '2' } });
});

test('a merged value must fit its schema, and a refused update changes nothing', async () => {
  expect(await call('PATCH', '/books/1', { title: 'Other', tags: { c: '3' } })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('on property tags') },
  });
  expect((await call('GET', '/books/1')).body).toEqual({ isbn: 1, rack: 7, tags: { a: '1', b: '2' } });
  expect(await call('PATCH', '/books/1', { tags: { a: null, c: '3' } })).toMatchObject({
    status: 200,
    body: { tags: { b: '2', c: '3' } },
  });
});

test('write-only properties of an update are not stored', async () => {
  expect(await call('PATCH', '/books/1', { title: 'Other', rack: 8 })).toMatchObject({
    status: 200,
    body: { title: 'Other', rack: 7 },
  });
});
