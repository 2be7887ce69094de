import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary, type Library } from '../test-support/library.js';
import { json, type Reply, startServer, type TestServer } from '../test-support/server.js';
import { unwrap } from './result.js';

let server: TestServer;
afterEach(() => server.close());

async function answering(reply: Reply, token = 'opaque-token'): Promise<Library> {
  server = await startServer(() => reply);
  return createLibrary({ baseUrl: `${server.url}/`, token, retry: false });
}

describe('documented responses', () => {
  test('a success with JSON', async () => {
    const { shelves } = await answering(json(200, { id: 'a' }));
    const result = await shelves.get('a');
    expect(result).toMatchObject({ ok: true, status: 200, data: { id: 'a' } });
    expect(unwrap(result)).toEqual({ id: 'a' });
  });

  test('a success without a body', async () => {
    const { shelves } = await answering({ status: 204 });
    expect(await shelves.remove('a')).toMatchObject({ ok: true, status: 204, data: undefined });
  });

  test('a failure, which unwrap throws', async () => {
    const { shelves } = await answering(json(404, { errorCode: 'gone' }));
    const result = await shelves.get('a');
    expect(result).toMatchObject({ ok: false, status: 404, error: { errorCode: 'gone' } });
    expect(() => unwrap(result)).toThrow(
      expect.objectContaining({
        code: 'RESPONSE_NOT_OK',
        status: 404,
        cause: { errorCode: 'gone' },
        message: `GET ${server.url}/v1/shelves/a: expected a success, received 404 {"errorCode":"gone"}`,
      }),
    );
  });

  test('unwrap neither shows a token that the response echoes, nor a long body in full', async () => {
    const { shelves } = await answering(json(404, { message: 'no opaque-token', rest: 'x'.repeat(500) }));
    const result = await shelves.get('a');
    const thrown = (() => {
      try {
        return unwrap(result);
      } catch (error) {
        return error as Error;
      }
    })();
    expect(thrown).toMatchObject({
      message: expect.stringMatching(/received 404 \{"message":"no \*\*\*","rest":"x+$/),
    });
    expect((thrown as Error).message.length).toBeLessThan(300);
  });

  test.each([
    ['text', 'text/csv'],
    ['text without a type', ''],
  ])('%s is returned as text', async (_, type) => {
    const { shelves } = await answering({ status: 200, ...(type && { headers: { 'content-type': type } }), body: 'a' });
    expect(await shelves.export('a')).toMatchObject({ ok: true, data: 'a' });
  });

  test.each([200, 206])('an error page of a proxy instead of text or a stream (%d) is unexpected', async (status) => {
    const { shelves } = await answering({ status, headers: { 'content-type': 'text/html' }, body: '<html>' });
    expect(await shelves.export('a')).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: { excerpt: '<html>', message: expect.stringContaining('not HTML, received') },
    });
  });

  test('HTML, if the contract documents it', async () => {
    const { shelves } = await answering({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
    expect(await shelves.page('a')).toMatchObject({ ok: true, data: '<html>' });
  });

  test('asks for JSON if the contract documents some', async () => {
    const { shelves } = await answering({ status: 204 });
    await shelves.get('a');
    await shelves.remove('a');
    await shelves.page('a');
    expect(server.received.map(({ headers }) => headers.accept)).toEqual([
      'application/json, */*;q=0.5',
      'application/json, */*;q=0.5',
      '*/*',
    ]);
  });

  test('a JSON string as an error body', async () => {
    const { shelves } = await answering(json(404, 'gone'));
    expect(await shelves.get('a')).toMatchObject({ ok: false, status: 404, error: 'gone' });
  });

  test.each([
    ['JSON', json(500, { message: 'oh' }), { message: 'oh' }],
    ['HTML', { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>oh' }, '<h1>oh'],
    ['nothing', { status: 500 }, undefined],
  ] as const)('a failure whose body is not documented: %s', async (_, reply, error) => {
    const { shelves } = await answering(reply);
    expect(await shelves.get('a')).toMatchObject({ ok: false, status: 500, error });
  });

  test('text, a stream, a range and a default', async () => {
    const { shelves } = await answering({ status: 200, headers: { 'content-type': 'text/csv' }, body: 'a;b' });
    expect(await shelves.export('a')).toMatchObject({ ok: true, status: 200, data: 'a;b' });
    await server.close();
    const streamed = await answering({ status: 206, headers: { 'content-type': 'video/mp4' }, body: 'abc' });
    const result = await streamed.shelves.export('a');
    // The route says that this is a stream.
    expect(await new Response(unwrap(result) as ReadableStream).text()).toBe('abc');
    await server.close();
    const ranged = await answering(json(418, { tea: true }));
    expect(await ranged.shelves.label('a', 'tea')).toMatchObject({ ok: false, status: '4XX', error: { tea: true } });
    expect(server.received[0]).toMatchObject({ body: 'tea', headers: { 'content-type': 'text/plain' } });
    await server.close();
    const failing = await answering(json(503, { later: true }));
    expect(await failing.shelves.export('a')).toMatchObject({ ok: false, status: 'default', error: { later: true } });
  });
});

describe('responses that are not in the contract', () => {
  test.each([
    [
      'a 401 with an empty body',
      { status: 401, headers: { 'content-length': '0' } },
      '/v1/shelves/a%7C1: expected JSON of at most 500 levels, received 401 without Content-Type, no body',
    ],
    [
      'a 401 with an empty body in chunks',
      { status: 401, headers: { 'transfer-encoding': 'chunked' } },
      '/v1/shelves/a%7C1: expected JSON of at most 500 levels, received 401 without Content-Type, no body',
    ],
    [
      'a 502 with HTML',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' },
      '/v1/shelves/a%7C1: expected 200 401 404 429 500, received 502 text/html, "<html>Bad gateway</html>"',
    ],
    [
      'a 200 with text',
      { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' },
      '/v1/shelves/a%7C1: expected JSON of at most 500 levels, received 200 text/plain, "OK"',
    ],
    [
      'a 200 with half a JSON',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":' },
      '/v1/shelves/a%7C1: expected JSON of at most 500 levels, received 200 application/json, "{\\"id\\":"',
    ],
    [
      'a 200 without a body',
      { status: 200, headers: { 'content-type': 'application/json' } },
      '/v1/shelves/a%7C1: expected JSON of at most 500 levels, received 200 application/json, no body',
    ],
    [
      'another success',
      json(202, {}),
      '/v1/shelves/a%7C1: expected 200 401 404 429 500, received 202 application/json; charset=utf-8, "{}"',
    ],
  ] as const)('%s', async (_, reply, message) => {
    const { shelves } = await answering(reply);
    const result = await shelves.get('a|1');
    expect(result).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: { code: 'UNEXPECTED_RESPONSE', message: `GET ${server.url}${message}` },
    });
    expect(() => unwrap(result)).toThrow(message);
  });

  test('a success that only `default` matches, next to documented successes', async () => {
    const { shelves } = await answering(json(202, {}));
    expect(await shelves.export('a')).toMatchObject({ ok: false, status: 'unexpected' });
  });

  test('the error shows no token, neither ours nor another', async () => {
    const other = `${'e'.repeat(20)}.${'y'.repeat(20)}.${'j'.repeat(20)}`;
    const body = `opaque-token and ${other} ${'x'.repeat(500)}`;
    const { shelves } = await answering({ status: 502, headers: { 'content-type': 'text/plain' }, body });
    const { error } = (await shelves.get('a')) as { error: Error };
    expect(error.message).toContain('"*** and *** xxx');
    expect(JSON.stringify(error) + error.message).not.toMatch(/opaque-token|eeee|jjjj/);
    expect(error).toMatchObject({ excerpt: expect.stringMatching(/^.{200}$/) });
  });
});
