import { afterEach, describe, expect, test } from 'vitest';
import { json, startServer, type TestServer } from '../test-support/server.js';
import { authorizer } from './authorize.js';
import { bindRoutes } from './bind.js';
import { type AnyOptions, connectTo } from './connect.js';
import { inQuery } from './query.js';
import type { Result } from './result.js';
import type { Routes } from './route.js';

let server: TestServer;
afterEach(() => server.close());

interface Signed {
  /** The requirement: a key in a header, or a key in the query with a cookie, or a password, or a token. */
  any(query?: object): Promise<Result>;
  /** A token together with a key in a header. */
  both(): Promise<Result>;
  token(): Promise<Result>;
  /** A key in a header. */
  key(): Promise<Result>;
  open(): Promise<Result>;
}

const authorize = authorizer({
  key: ['header', 'X-Key'],
  search: ['query', 'api_key'],
  session: ['cookie', 'sid'],
  basic: ['basic'],
});

const routes: Routes = {
  any: ['GET', '/any', '200 401', { in: [inQuery], auth: authorize(['key'], ['search', 'session'], ['basic'], ['']) }],
  both: ['GET', '/both', '200 401', { auth: authorize(['', 'key']) }],
  token: ['GET', '/token', '200 401'],
  key: ['GET', '/key', '200 401', { auth: authorize(['key']) }],
  open: ['GET', '/open', '200 401', { auth: 0 }],
};

async function signed(options: Omit<AnyOptions, 'baseUrl'>, status = 200): Promise<Signed> {
  server = await startServer(({ headers, url }) => json(status, { headers, url }));
  return bindRoutes<Signed>(routes, connectTo({ audience: '', tokenUrl: '' }, { baseUrl: server.url, ...options }));
}

/** What authenticated the only request. */
const sent = () =>
  server.received.map(({ url, headers }) => ({
    url,
    key: headers['x-key'],
    cookie: headers.cookie,
    authorization: headers.authorization,
  }));

describe('the client sends the credentials of the first requirement for which all are given', () => {
  test.each([
    ['a key in a header', { credentials: { key: 'k' } }, { url: '/any', key: 'k' }],
    [
      'a key in the query with a cookie',
      { credentials: { search: 'a b&c', session: 's;1' } },
      { url: '/any?api_key=a%20b%26c', cookie: 'sid=s%3B1' },
    ],
    [
      'a password',
      { credentials: { basic: { username: 'jörg', password: 's:3' } } },
      { url: '/any', authorization: `Basic ${Buffer.from('jörg:s:3').toString('base64')}` },
    ],
    ['a token', { token: 't' }, { url: '/any', authorization: 'Bearer t' }],
    [
      'a key rather than a token, in the order of the document',
      { token: 't', credentials: { key: 'k' } },
      { url: '/any', key: 'k' },
    ],
    [
      'not half of a requirement',
      { token: 't', credentials: { search: 's' } },
      { url: '/any', authorization: 'Bearer t' },
    ],
    ['nothing', {}, { url: '/any' }],
  ])('%s', async (_, options, want) => {
    const client = await signed(options);
    expect(await client.any()).toMatchObject({ ok: true });
    expect(sent()).toEqual([{ key: undefined, cookie: undefined, authorization: undefined, ...want }]);
  });

  test('several at once', async () => {
    const client = await signed({ token: 't', credentials: { key: 'k' } });
    await client.both();
    expect(sent()).toMatchObject([{ key: 'k', authorization: 'Bearer t' }]);
  });

  test('what there is, if no requirement is complete', async () => {
    const client = await signed({ credentials: { key: 'k' } });
    await client.both();
    expect(sent()).toMatchObject([{ key: 'k', authorization: undefined }]);
  });

  test('a token, if it is all there is', async () => {
    const client = await signed({ token: 't' });
    await client.key();
    expect(sent()).toMatchObject([{ key: undefined, authorization: 'Bearer t' }]);
  });

  test('the query of the caller stays', async () => {
    const client = await signed({ credentials: { search: 's', session: 'x' } });
    await client.any({ page: 2 });
    expect(sent()).toMatchObject([{ url: '/any?page=2&api_key=s' }]);
  });

  test('only a token where only a token is required, and nothing where nothing is', async () => {
    const client = await signed({ token: 't', credentials: { key: 'k' } });
    await client.token();
    await client.open();
    expect(sent()).toMatchObject([
      { key: undefined, authorization: 'Bearer t' },
      { key: undefined, authorization: undefined },
    ]);
  });
});

test('no credential shows in errors, even if the server echoes it', async () => {
  const client = await signed({ credentials: { basic: { username: 'me', password: 'p4ssw0rd' } } }, 502);
  const result = await client.any();
  if (result.ok) throw new Error('a 502 is not a success');
  const text = JSON.stringify(result.error) + String(result.error);
  expect(text).toContain('***');
  expect(text).not.toMatch(/p4ssw0rd|bWU6cDRzc3cwcmQ/);
});

test('a value that a header cannot hold is rejected before anything is sent, and not shown', async () => {
  const client = await signed({ credentials: { key: 'SECRET\nKEY' } });
  const error = await client.any().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'PARAMETER_REFUSED', parameter: 'key' });
  expect(String(error)).not.toMatch(/SECRET|KEY\b/);
  expect(server.received).toEqual([]);
});
