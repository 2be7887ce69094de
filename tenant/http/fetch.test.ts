import { expect, test } from 'vitest';
import { MAX_BODY } from '../exchange.js';
import { schoolTenant } from '../test-support/school.js';
import { fromRequest, toResponse } from './fetch.js';

const { tenant, call } = await schoolTenant();
const authorization = `Bearer ${await tenant.token()}`;
const url = `${tenant.url}/school/students`;
const post = (body: BodyInit, signal?: AbortSignal): Promise<Response> =>
  tenant.fetch(url, {
    method: 'POST',
    body,
    headers: { authorization, 'content-type': 'application/json' },
    duplex: 'half',
    ...(signal === undefined ? {} : { signal }),
  } as RequestInit); // the DOM types lack `duplex`

test('an aborted request has no effect and rejects with the reason', async () => {
  const reason = new Error('changed my mind');
  await expect(tenant.fetch(url, { signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  );
  const body = JSON.stringify({ name: 'Ada', email: 'ada@x.example' });
  await expect(post(body, AbortSignal.abort(reason))).rejects.toBe(reason);
  await expect(tenant.fetch(new Request(url, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  expect((await call('GET', '/students')).body).toEqual([]);
});

test('a request that is aborted while its body is read has no effect', async () => {
  const stop = new AbortController();
  const stalled = new ReadableStream({
    pull: () => {
      stop.abort(new Error('it took too long'));
      return new Promise(() => undefined);
    },
  });
  await expect(post(stalled, stop.signal)).rejects.toThrow('it took too long');
  expect((await call('GET', '/students')).body).toEqual([]);
});

test('a byte order mark is refused, over HTTP and by fetch', async () => {
  const body = Buffer.from('\ufeff{"name":"Ada","email":"ada@x.example"}');
  const here = await post(body);
  const listening = await tenant.listen();
  const headers = { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' };
  const there = await fetch(`${listening.url}/school/students`, { method: 'POST', body, headers });
  await listening.close();
  expect([here.status, await here.json()]).toEqual([400, await there.json()]);
});

test.each([
  ['http://h', '/', ''],
  ['http://h/a/b', '/a/b', ''],
  ['http://h/a?b=c?d', '/a', 'b=c?d'],
  ['http://h?b', '/', 'b'],
  ['http://h/a?', '/a', ''],
  ['http://h/a#?b', '/a', ''],
  ['http://h/a?b#c?d', '/a', 'b'],
  ['http://h/a/../%2e%2E/b', '/b', ''],
])('%s has the path %s and the query "%s"', async (given, path, query) => {
  expect(await fromRequest(new Request(given))).toMatchObject({ path, query });
});

test('a request has its method, and the headers that every operation reads', async () => {
  const init = { method: 'PATCH', headers: { authorization: 'a', 'content-type': 'b', 'x-own': 'c' } };
  expect(await fromRequest(new Request('http://h/', init))).toEqual({
    method: 'PATCH',
    path: '/',
    query: '',
    headers: { authorization: 'a', 'content-type': 'b' },
    body: '',
  });
  const { headers } = await fromRequest(new Request('http://h/'));
  expect(headers).toEqual({ authorization: undefined, 'content-type': undefined });
});

test.each([
  [MAX_BODY, undefined],
  [MAX_BODY + 1, true],
])('a body of %i bytes is too long: %s', async (length, tooLarge) => {
  const bodies = ['x'.repeat(length), new Blob(['x'.repeat(length)]).stream()];
  for (const body of bodies) {
    const read = await fromRequest(new Request('http://h/', { method: 'POST', body, duplex: 'half' } as RequestInit));
    expect([read.tooLarge, read.body.length]).toEqual([tooLarge, tooLarge === true ? 0 : length]);
  }
});

test('a letter may be divided between two parts of a body', async () => {
  const [first, second] = [Buffer.from('aüb').subarray(0, 2), Buffer.from('aüb').subarray(2)];
  const body = new ReadableStream({
    start: (controller) => {
      for (const part of [first, second]) controller.enqueue(new Uint8Array(part));
      controller.close();
    },
  });
  const request = new Request('http://h/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect((await fromRequest(request)).body).toBe('aüb');
});

test('an answer is a response, and a closed connection an error as of fetch', async () => {
  const response = toResponse({ status: 201, headers: { 'x-own': 'a' }, body: '{}' });
  expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([201, 'a', '{}']);
  const empty = toResponse({ status: 204, headers: { 'x-own': 'a' }, body: '' });
  expect([empty.status, empty.headers.get('x-own'), empty.body]).toEqual([204, 'a', null]);
  expect(() => toResponse({ status: 0, headers: {}, body: '', isReset: true })).toThrow(
    expect.objectContaining({
      name: 'TypeError',
      message: 'fetch failed',
      cause: expect.objectContaining({ message: 'socket hang up', code: 'ECONNRESET' }),
    }),
  );
});
