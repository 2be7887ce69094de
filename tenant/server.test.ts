import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schoolTenant } from './fixtures/school.js';
import type { Listening } from './server.js';
import { serve, splitTarget } from './server.js';
import type { Tenant } from './tenant.js';

let tenant: Tenant;
let listening: Listening;
let token: string;

beforeEach(async () => {
  ({ tenant } = await schoolTenant());
  listening = await tenant.listen();
  token = await tenant.token();
});

afterEach(() => listening.close());

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${listening.url}/school${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });

const post = (path: string, body: string): Promise<Response> =>
  call(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

/** What comes back for bytes that no client would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(listening.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('the tenant is at the address where it listens', async () => {
  expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect([tenant.url, tenant.audience]).toEqual([listening.url, `${listening.url}/school/`]);
  const created = await post('/students', '{"name":"Ada","email":"ada@x.example"}');
  expect([created.status, created.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
  expect((await call('/students')).status).toBe(200);
});

test('an answer without content has neither body nor length', async () => {
  const answer = await call('/students/none', { method: 'DELETE' });
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([204, null, '']);
});

test('a body over 1 MiB is refused before it is read', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(1_100_000) });
  const answer = await post('/students', body);
  expect([answer.status, (await answer.json()) as unknown]).toEqual([
    413,
    {
      statusCode: 413,
      error: 'Payload Too Large',
      message: 'Payload content length greater than maximum allowed: 1048576',
    },
  ]);
  const head = `POST /school/students HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  expect(await raw(`${head}content-length: 9000000\r\n\r\n{`)).toMatch(/^HTTP\/1.1 413 /);
  expect(await raw(`${head}expect: 100-continue\r\ncontent-length: 9000000\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunk}${chunk}`)).toMatch(/^HTTP\/1.1 413 /);
});

test('a stream of unknown length is refused once it is too long', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const request = new Request(`${tenant.url}/school/students`, {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { authorization: `Bearer ${token}` },
  } as RequestInit);
  expect((await tenant.fetch(request)).status).toBe(413);
  expect(sent).toBeLessThan(30);
});

test('a refused token is told before a body that is too long', async () => {
  const answer = await fetch(`${listening.url}/school/students`, { method: 'POST', body: 'x'.repeat(1_100_000) });
  expect(answer.status).toBe(401);
});

test('requests that are cut or garbled end their own connection alone', async () => {
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  socket.write(`POST /school/students HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"na`, () => socket.destroy());
  await new Promise((resolve) => socket.on('close', resolve));
  expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await raw('OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 404 /);
  expect((await call('/students')).status).toBe(200);
});

test('HEAD has the length of GET and no body', async () => {
  const answer = await call('/students', { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '2', '']);
});

test.each([
  { target: '/a/b?c=d', path: '/a/b', query: 'c=d' },
  { target: '/a', path: '/a', query: '' },
  { target: '/a/../b', path: '/b', query: '' },
  { target: '/a/%2e%2e/b?x', path: '/b', query: 'x' },
  { target: '//a/b', path: '//a/b', query: '' },
  { target: 'http://h/a?b', path: '/a', query: 'b' },
  { target: '*', path: '*', query: '' },
  { target: '/a%2Fb/c?d?e', path: '/a%2Fb/c', query: 'd?e' },
])('the target $target is the path $path', ({ target, path, query }) => {
  expect(splitTarget(target)).toEqual({ path, query });
});

test('an address that cannot be listened at is told in one line', async () => {
  const port = Number(new URL(listening.url).port);
  await expect(tenant.listen({ port })).rejects.toThrow(
    `Port ${port} at 127.0.0.1 is taken; choose another with --port, or leave it out for a free one.`,
  );
  await expect(tenant.listen({ host: '192.0.2.1' })).rejects.toThrow("The address 192.0.2.1 is none of this machine's");
});

test('a defect is told to who runs the tenant, not to who calls it', async () => {
  const broken = await serve(
    () => {
      throw new Error('a defect, on purpose');
    },
    { onDefect: () => undefined },
  );
  const answer = await fetch(broken.url);
  expect([answer.status, await answer.text()]).toEqual([500, '{"statusCode":500}']);
  await broken.close();
});
