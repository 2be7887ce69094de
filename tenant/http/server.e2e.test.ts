import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TenantError } from '../errors.js';
import type { Tenant } from '../tenant.js';
import { schoolTenant } from '../test-support/school.js';
import { localCertificate } from './certificate.js';
import type { Listening } from './server.js';
import { serve, splitTarget } from './server.js';

let tenant: Tenant;
let listening: Listening;
let token: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-server-'));
});

afterAll(() => rm(folder, { recursive: true }));

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

/** The answer to raw bytes. */
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

test('the tenant has the URL that it listens on', async () => {
  expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect([tenant.url, tenant.audience]).toEqual([listening.url, `${listening.url}/school/`]);
  const created = await post('/students', '{"name":"Ada","email":"ada@x.example"}');
  expect([created.status, created.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
  expect((await call('/students')).status).toBe(200);
});

test('an answer without content has no body and no length', async () => {
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

test('an invalid token is refused before a body that is too long', async () => {
  const answer = await fetch(`${listening.url}/school/students`, { method: 'POST', body: 'x'.repeat(1_100_000) });
  expect(answer.status).toBe(401);
});

test('incomplete and malformed requests affect only their own connection', async () => {
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  socket.write(`POST /school/students HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"na`, () => socket.destroy());
  await new Promise((resolve) => socket.on('close', resolve));
  expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await raw('OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 404 /);
  expect((await call('/students')).status).toBe(200);
});

test('HEAD has the content length of GET and no body', async () => {
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

test('a failure to listen is one line', async () => {
  const port = Number(new URL(listening.url).port);
  await expect(tenant.listen({ port })).rejects.toThrow(
    `port ${port} on 127.0.0.1 is in use; choose another --port, or omit it to use a free one`,
  );
  await expect(tenant.listen({ host: '192.0.2.1' })).rejects.toThrow(
    '192.0.2.1 is not an address of this machine; pass a local one with --host',
  );
});

test('a defect is reported to onDefect, not to the client', async () => {
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

/** The answer to a client that sends a head and continues to send until the server closes the connection. */
async function sendEndlessly(url: string, text: string): Promise<{ readonly answer: string; readonly after: number }> {
  const started = performance.now();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  // What is written before the connection stands is sent in this order, too.
  socket.write(text);
  const sending = setInterval(() => socket.write(Buffer.alloc(65_536, 'x')), 5);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined); // it is cut in the middle of sending
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(sending);
  return { answer, after: performance.now() - started };
}

/** How long the server discards a body in these tests, in milliseconds. */
const DISCARD = 100;

test.each([
  { given: 'a body that is too long', method: 'POST', want: 413 },
  { given: 'an ignored body', method: 'GET', want: 200 },
  { given: 'the body of an OPTIONS request', method: 'OPTIONS', want: 204 },
])('$given is answered, and a client that continues to send is disconnected', async ({ method, want }) => {
  const head = `${method} /school/students HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  const server = await serve(tenant.handle.bind(tenant), {}, { close: 50, discard: DISCARD });
  const { answer, after } = await sendEndlessly(server.url, `${head}content-length: 524288000\r\n\r\n`);
  await server.close();
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${want} `));
  expect(answer).toMatch(/^connection: close\r$/im);
  expect(after).toBeGreaterThan(DISCARD * 0.9);
  expect(after).toBeLessThan(8000);
});

test('a client that has sent all of a body that is too long need not wait for the timeout', async () => {
  const started = performance.now();
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  socket.write(`POST /school/students HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`);
  socket.write(`transfer-encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`);
  let answer = '';
  socket.on('data', (part) => {
    answer += part;
  });
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('a connection stays open after a short ignored body', async () => {
  const head = `GET /school/students HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(`${head}content-length: 2\r\n\r\n{}${head}\r\n`);
  await expect.poll(() => answer.match(/HTTP\/1.1 200 /g)).toHaveLength(2);
  expect(answer).not.toMatch(/connection: close/i);
  socket.destroy();
});

test('an unfinished TLS handshake does not keep the server from closing', async () => {
  const { tls } = await localCertificate(folder, { hosts: ['127.0.0.1'], now: Date.now() });
  const { url, close } = await serve(tenant.handle.bind(tenant), { tls }, { close: 50, discard: DISCARD });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  const started = performance.now();
  await close();
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  { given: { port: 99_999 }, want: 'invalid port "99999"; expected an integer from 0 to 65535' },
  { given: { port: 1.5 }, want: 'invalid port "1.5"; expected an integer from 0 to 65535' },
  {
    given: { host: '' },
    want: 'the host is empty; expected an address such as 127.0.0.1, or 0.0.0.0 for all interfaces',
  },
  {
    given: { tls: { cert: 'nonsense', key: 'nonsense' } },
    want: /^cannot read the certificate \(tls.cert\): .*; expected PEM$/,
  },
])('listening with $given is refused in one line', async ({ given, want }) => {
  const refused = tenant.listen(given);
  await expect(refused).rejects.toBeInstanceOf(TenantError);
  await expect(refused).rejects.toThrow(want);
});

test('a key of another certificate is refused in one line', async () => {
  const [one, other] = await Promise.all(
    ['one', 'other'].map((name) => localCertificate(join(folder, name), { hosts: ['127.0.0.1'], now: Date.now() })),
  );
  const tls = { cert: one?.tls.cert ?? '', key: other?.tls.key ?? '' };
  await expect(tenant.listen({ tls })).rejects.toThrow(
    'the private key (tls.key) does not match the certificate (tls.cert); pass a matching pair',
  );
});
