import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { json, type Reply, startServer, type TestServer } from '../test-support/server.js';
import { stillClock } from '../test-support/still-clock.js';

let server: TestServer;
afterEach(() => server.close());

const credentials = { clientId: 'me', clientSecret: 's3cr3t' };

/** Issues `token-1`, `token-2`…, each for an hour, and accepts those for which `good` returns true. */
async function tokenServer(good: (token: string) => boolean = () => true): Promise<string> {
  let issued = 0;
  server = await startServer(({ url, headers }): Reply => {
    if (url === '/token') {
      issued += 1;
      return json(200, { access_token: `token-${issued}`, expires_in: 3600 });
    }
    return good(headers.authorization ?? '') ? json(200, {}) : json(401, { message: 'who are you?' });
  });
  return server.url;
}

const tokensSent = () =>
  server.received.filter(({ url }) => url !== '/token').map(({ headers }) => headers.authorization);
const exchanges = () => server.received.filter(({ url }) => url === '/token');

describe('client credentials', () => {
  test('are exchanged once for all waiting calls', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(), token: credentials });
    await Promise.all([library.shelves.get('a'), library.shelves.get('b'), library.shelves.get('c')]);
    await library.shelves.get('d');
    expect(exchanges()).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(exchanges()[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me',
      client_secret: 's3cr3t',
      audience: `${server.url}/v1/`,
    });
    expect(tokensSent()).toEqual(Array(4).fill('Bearer token-1'));
  });

  test('for another audience', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(), token: { ...credentials, audience: 'urn:books' } });
    await library.shelves.get('a');
    expect(exchanges()[0]?.body).toContain('audience=urn%3Abooks');
  });

  test('are exchanged again shortly before the token expires', async () => {
    const clock = stillClock();
    const library = createLibrary({ baseUrl: await tokenServer(), token: credentials, clock });
    await library.shelves.get('a');
    clock.advance(3_239_000);
    await library.shelves.get('b');
    clock.advance(2_000);
    await library.shelves.get('c');
    expect(tokensSent()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('are exchanged again after a 401, once for all calls that received one', async () => {
    const library = createLibrary({
      baseUrl: await tokenServer((token) => token !== 'Bearer token-1'),
      token: credentials,
    });
    const results = await Promise.all([library.shelves.get('a'), library.shelves.get('b')]);
    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(exchanges()).toHaveLength(2);
  });

  test('a second 401 is the result', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(() => false), token: credentials });
    expect(await library.shelves.get('a')).toMatchObject({ ok: false, status: 401 });
    expect(exchanges()).toHaveLength(2);
    expect(tokensSent()).toHaveLength(2);
  });

  test('a token that is rejected again and again is replaced once a minute, not by each call', async () => {
    const clock = stillClock();
    const library = createLibrary({ baseUrl: await tokenServer(() => false), token: credentials, clock });
    for (let call = 0; call < 5; call += 1) await library.shelves.get('a');
    expect(exchanges()).toHaveLength(2);
    clock.advance(60_000);
    await library.shelves.get('a');
    expect(exchanges()).toHaveLength(3);
  });

  test('a rejected token is not replaced if retries are off', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(() => false), token: credentials, retry: false });
    expect(await library.shelves.get('a')).toMatchObject({ ok: false, status: 401 });
    expect(exchanges()).toHaveLength(1);
    expect(tokensSent()).toHaveLength(1);
  });

  test('the error masks a secret that the endpoint echoes, and cuts a long reason', async () => {
    const description = `s3cr3t is wrong${'!'.repeat(500)}`;
    server = await startServer(() => json(401, { error: 'access_denied', error_description: description }));
    const error: Error = await createLibrary({ baseUrl: server.url, token: credentials })
      .shelves.get('a')
      .then(
        () => new Error('none'),
        (reason: Error) => reason,
      );
    expect(error.message).toMatch(/received 401 \*\*\* is wrong!+$/);
    expect(error.message.length).toBeLessThan(300);
  });

  test.each([
    ['null', null],
    ['a number', { access_token: 5 }],
    ['an object for an error', { error: { code: 1 } }],
  ])('a token endpoint that answers %s', async (_, answer) => {
    server = await startServer(() => json(200, answer));
    await expect(createLibrary({ baseUrl: server.url, token: credentials }).shelves.get('a')).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
      status: 200,
    });
  });

  test.each([
    ['by its signal', { signal: AbortSignal.timeout(30) }, { name: 'TimeoutError' }],
    ['by its time limit', { timeout: 30 }, { code: 'REQUEST_TIMED_OUT' }],
  ])('the exchange counts towards the time limit of the call: %s', async (_, options, want) => {
    server = await startServer(() => 'hang');
    const call = createLibrary({ baseUrl: server.url, token: credentials }).shelves.get('a', options);
    await expect(call).rejects.toMatchObject(want);
  });

  test('the error has the reason, and never the secret', async () => {
    server = await startServer(() => json(403, { error: 'access_denied', error_description: 'no grant for this' }));
    const call = createLibrary({ baseUrl: server.url, token: credentials }).shelves.get('a');
    const error = await call.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'TOKEN_REFUSED',
      status: 403,
      message: `POST ${server.url}/token: expected an access token, received 403 no grant for this`,
    });
    expect(JSON.stringify(error)).not.toContain('s3cr3t');
  });

  test('a token endpoint that answers HTML', async () => {
    server = await startServer(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }));
    await expect(createLibrary({ baseUrl: server.url, token: credentials }).shelves.get('a')).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
      status: 200,
    });
  });

  test('the next call retries a token endpoint that could not be reached', async () => {
    let count = 0;
    server = await startServer(({ url }) => {
      count += 1;
      if (url !== '/token') return json(200, {});
      return count === 1 ? 'reset' : json(200, { access_token: 'late', expires_in: 60 });
    });
    const library = createLibrary({ baseUrl: server.url, token: credentials });
    await expect(library.shelves.get('a')).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
      message: expect.stringContaining(`POST ${server.url}/token`),
    });
    expect(await library.shelves.get('a')).toMatchObject({ ok: true });
  });
});

describe('a token of the caller', () => {
  test('a string is sent as it is, and not again after a 401', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(() => false), token: 'mine' });
    expect(await library.shelves.get('a')).toMatchObject({ status: 401 });
    expect(tokensSent()).toEqual(['Bearer mine']);
  });

  test('one that a header cannot hold is rejected before anything is sent, and not shown', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(), token: 'SECRET\nTOKEN' });
    const error: Error = await library.shelves.get('a').then(
      () => new Error('none'),
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({
      code: 'TOKEN_REFUSED',
      message: expect.stringContaining('one that a header cannot hold'),
    });
    expect(error.message + JSON.stringify(error) + String(error.cause)).not.toMatch(/SECRET|TOKEN\b(?!_)/);
    expect(server.received).toEqual([]);
  });

  test('a function is called again after a 401', async () => {
    let count = 0;
    const library = createLibrary({
      baseUrl: await tokenServer((token) => token === 'Bearer t2'),
      token: async () => `t${++count}`,
    });
    expect(await library.shelves.get('a')).toMatchObject({ ok: true });
    expect(tokensSent()).toEqual(['Bearer t1', 'Bearer t2']);
  });

  test('the error of a function is the reason of the rejection', async () => {
    const reason = new Error('vault sealed');
    const library = createLibrary({
      baseUrl: await tokenServer(),
      token: () => {
        throw reason;
      },
    });
    await expect(library.shelves.get('a')).rejects.toBe(reason);
  });

  test('is not sent to an operation that needs none, nor if there is none', async () => {
    const library = createLibrary({ baseUrl: await tokenServer(), token: 'mine' });
    await library.health.get();
    await createLibrary({ baseUrl: server.url }).shelves.get('a');
    expect(tokensSent()).toEqual([undefined, undefined]);
  });
});
