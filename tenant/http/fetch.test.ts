import { expect, test } from 'vitest';
import { schoolTenant } from '../test-support/school.js';

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
