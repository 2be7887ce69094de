import { expect, test } from 'vitest';
import { createTenant } from '../tenant.js';
import { library, libraryCall } from '../test-support/library.js';
import { key } from '../test-support/school.js';

test.each([
  { headers: {}, status: 400, message: "Query: 'Missing required property: x-reader'." },
  {
    headers: { 'x-reader': 'Ada' },
    status: 400,
    message: "Query: 'Expected type integer but found type string' on property x-reader.",
  },
  { headers: { 'x-reader': '100' }, status: 200, message: undefined },
])('a required header, $headers: $status', async ({ headers, status, message }) => {
  const call = await libraryCall();
  const { status: actual, body } = await call('GET', '/books', undefined, headers);
  expect([actual, (body as { message?: string }).message]).toEqual([status, message]);
});

test('a required header works with fetch', async () => {
  const tenant = await createTenant(library, { key: await key });
  const url = `${tenant.url}/library/books`;
  expect((await tenant.fetch(url)).status).toBe(400);
  expect((await tenant.fetch(url, { headers: { 'X-Reader': '100' } })).status).toBe(200);
});
