import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
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

/** The status of a request with these cookies and headers, which an operation declares, and the reason in the body. */
async function statusWith(headers: Readonly<Record<string, string>>): Promise<unknown> {
  const parameter = (name: string, place: string, schema: JsonObject, required = false) => ({
    name,
    in: place,
    schema,
    required,
  });
  const parameters = [
    parameter('visit', 'cookie', { type: 'integer' }, true),
    parameter('X-Mode', 'header', { enum: ['on', 'off'] }),
    parameter('X-List', 'header', { type: 'array', items: { type: 'integer' } }),
  ];
  const responses = { '204': { description: 'ok' } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/x': { get: { operationId: 'x', parameters, responses } } },
  });
  const tenant = await createTenant(contract);
  const answer = await tenant.handle({ method: 'GET', path: '/x', query: '', headers, body: '' });
  return answer.status === 204 ? 204 : JSON.parse(answer.body).message;
}

test.each<[Readonly<Record<string, string>>, unknown]>([
  [{ cookie: 'visit=7' }, 204],
  [{ cookie: 'other=a; visit=7; visited=x' }, 204],
  [{ cookie: 'visit=7', 'x-mode': 'on', 'x-list': '1,2', 'x-other': 'x' }, 204],
  [{}, "'Missing required property: visit'."],
  [{ cookie: 'other=1' }, "'Missing required property: visit'."],
  [{ cookie: 'visit=x' }, "'Expected type integer but found type string' on property visit."],
  [{ cookie: 'visit=7', 'x-mode': 'x' }, expect.stringContaining('on property x-mode')],
  [{ cookie: 'visit=7', 'x-list': '1,x' }, expect.stringContaining('on property x-list')],
  // Headers are read first.
  [{ 'x-mode': 'x' }, expect.stringContaining('on property x-mode')],
])('cookies and headers %j', async (headers, want) => {
  expect(await statusWith(headers)).toEqual(want);
});
