import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { json, startServer, type TestServer } from '../test-support/server.js';
import { unwrap } from './result.js';

/** The server of the client, and another one that redirects lead to. */
let server: TestServer;
let other: TestServer;
afterEach(() => Promise.all([server.close(), other.close()]));

const credentials = { clientId: 'me', clientSecret: 's3cr3t' };

async function redirecting(status: number, path = '/stolen'): Promise<string> {
  other = await startServer(() => json(200, { access_token: 'theirs', id: 'a' }));
  server = await startServer(() => ({ status, headers: { location: other.url + path } }));
  return server.url;
}

describe('a redirect is not followed', () => {
  test.each([301, 302, 303, 307, 308])('%d: the other host receives nothing, the error names it', async (status) => {
    const baseUrl = await redirecting(status);
    const library = createLibrary({ baseUrl, token: 'mine', headers: { 'x-key': 'k' } });
    const result = await library.shelves.create({ private: true });
    expect(result).toMatchObject({
      ok: false,
      status: 'unexpected',
      error: {
        name: 'RedirectError',
        code: 'REDIRECT_REFUSED',
        status,
        location: `${other.url}/stolen`,
        message: `POST ${baseUrl}/v1/shelves: expected 201 400 429, received ${status} redirect to "${other.url}/stolen"`,
      },
    });
    expect(() => unwrap(result)).toThrow('redirect to');
    expect(other.received).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test('a GET is neither retried nor followed', async () => {
    const baseUrl = await redirecting(302);
    expect(await createLibrary({ baseUrl, token: 'mine' }).shelves.get('a')).toMatchObject({ status: 'unexpected' });
    expect(other.received).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test('the error does not show a token in the target', async () => {
    const baseUrl = await redirecting(302, '/?was=opaque-token');
    const { error } = (await createLibrary({ baseUrl, token: 'opaque-token' }).shelves.get('a')) as { error: Error };
    expect(error.message).toContain('/?was=***');
    expect(error.message + JSON.stringify(error)).not.toContain('opaque-token');
  });

  test.each([302, 307, 308])('the token endpoint (%d): the other host receives no secret', async (status) => {
    const baseUrl = await redirecting(status, '/?s3cr3t');
    await expect(createLibrary({ baseUrl, token: credentials }).shelves.get('a')).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
      status,
      message: `POST ${baseUrl}/token: expected an access token, received a redirect to "${other.url}/?***"`,
    });
    expect(other.received).toEqual([]);
  });

  test('in a browser, which hides the target', async () => {
    await redirecting(302);
    const opaque = Object.defineProperties(new Response(), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
      ok: { value: false },
    });
    const library = createLibrary({ baseUrl: server.url, fetch: async () => opaque });
    expect(await library.shelves.get('a')).toMatchObject({
      status: 'unexpected',
      error: { code: 'REDIRECT_REFUSED', location: '', message: expect.stringContaining('redirect to no URL') },
    });
    const signedIn = createLibrary({ baseUrl: server.url, fetch: async () => opaque, token: credentials });
    await expect(signedIn.shelves.get('a')).rejects.toMatchObject({ code: 'TOKEN_REFUSED', status: 0 });
  });

  test('a custom fetch that follows one does not make it a success', async () => {
    const baseUrl = await redirecting(302);
    const follow = (request: Request) => fetch(new Request(request, { redirect: 'follow' }));
    expect(await createLibrary({ baseUrl, fetch: follow }).shelves.get('a')).toMatchObject({
      status: 'unexpected',
      error: { code: 'REDIRECT_REFUSED', location: `${other.url}/stolen` },
    });
  });
});

test('a documented redirect is the result', async () => {
  const baseUrl = await redirecting(302);
  const result = await createLibrary({ baseUrl }).shelves.move('a');
  expect(result).toMatchObject({ ok: false, status: 302 });
  expect(result.response.headers.get('location')).toBe(`${other.url}/stolen`);
  expect(other.received).toEqual([]);
});

test('a 3xx without a target is an unexpected response', async () => {
  other = await startServer(() => json(200, {}));
  server = await startServer(() => ({ status: 304 }));
  expect(await createLibrary({ baseUrl: server.url }).shelves.get('a')).toMatchObject({
    status: 'unexpected',
    error: { code: 'UNEXPECTED_RESPONSE', status: 304 },
  });
});
