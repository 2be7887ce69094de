import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { startServer, type TestServer } from '../test-support/server.js';

let server: TestServer;
afterEach(() => server.close());

const mebibyte = 2 ** 20;
const type = { 'content-type': 'application/json' };

/** JSON of exactly this many bytes. */
const jsonOf = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

async function libraryWith(body: string | Uint8Array, headers: Record<string, string> = {}) {
  server = await startServer(() => ({ status: 200, headers: { ...type, ...headers }, body }));
  return createLibrary({ baseUrl: server.url, retry: false });
}

describe('a body of more than 16 MiB is rejected', () => {
  test('16 MiB are accepted', async () => {
    const { shelves } = await libraryWith(jsonOf(16 * mebibyte));
    expect(await shelves.get('a')).toMatchObject({ ok: true, status: 200 });
  });

  test('a byte more is not', async () => {
    const { shelves } = await libraryWith(jsonOf(16 * mebibyte + 1));
    expect(await shelves.get('a')).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: { code: 'UNEXPECTED_RESPONSE', message: expect.stringContaining('expected at most 16 MiB') },
    });
  });

  test('counted after decompression', async () => {
    const { shelves } = await libraryWith(gzipSync(jsonOf(17 * mebibyte)), { 'content-encoding': 'gzip' });
    expect(await shelves.get('a')).toMatchObject({ ok: false, status: 'unexpected' });
  });

  test('a stream without end is read no further', async () => {
    server = await startServer(() => ({ status: 204 }));
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(mebibyte).fill(32));
      },
    });
    const fetch = async () => new Response(endless, { headers: type });
    const { shelves } = createLibrary({ baseUrl: server.url, fetch });
    expect(await shelves.get('a')).toMatchObject({ ok: false, status: 'unexpected' });
    expect(sent).toBeLessThan(20);
  });

  test('from the token endpoint, too', async () => {
    const body = JSON.stringify({ access_token: 't', padding: 'x'.repeat(16 * mebibyte) });
    server = await startServer(() => ({ status: 200, headers: type, body }));
    const token = { clientId: 'me', clientSecret: 's3cr3t' };
    await expect(createLibrary({ baseUrl: server.url, token }).shelves.get('a')).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
    });
  });
});

describe('JSON nested deeper than 500 levels is rejected', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const objects = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels);

  test.each([nested(500), objects(500)])('500 levels are accepted', async (body) => {
    const { shelves } = await libraryWith(body);
    expect(await shelves.get('a')).toMatchObject({ ok: true });
  });

  test.each([nested(501), objects(501), nested(5000)])('more are not', async (body) => {
    const { shelves } = await libraryWith(body);
    expect(await shelves.get('a')).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: { message: expect.stringContaining('expected JSON of at most 500 levels') },
    });
  });
});

test('characters that are split between chunks are read as one', async () => {
  server = await startServer(() => ({ status: 204 }));
  const bytes = new TextEncoder().encode('"日本 🦊"');
  const chunks = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const library = createLibrary({ baseUrl: server.url, fetch: async () => new Response(chunks, { headers: type }) });
  expect(await library.shelves.get('a')).toMatchObject({ data: '日本 🦊' });
});

test('a runtime without streams', async () => {
  server = await startServer(() => ({ status: 204 }));
  const response = Object.defineProperty(new Response('{"id":1}', { headers: type }), 'body', { value: undefined });
  const library = createLibrary({ baseUrl: server.url, fetch: async () => response });
  expect(await library.shelves.get('a')).toMatchObject({ data: { id: 1 } });
});
