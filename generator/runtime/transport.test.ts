import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { createLibrary } from '../test-support/library.js';
import { json, type Reply, startServer, type TestServer } from '../test-support/server.js';
import { stillClock } from '../test-support/still-clock.js';

let server: TestServer;
afterEach(() => server.close());

/** Sends the replies in turn, then the last one again and again. */
async function inTurn(...replies: readonly Reply[]): Promise<string> {
  server = await startServer((_, count) => replies[Math.min(count, replies.length) - 1] ?? 'reset');
  return server.url;
}

const limited = (headers: Record<string, string>) => json(429, { message: 'slow down' }, headers);
const found = json(200, { id: 'a' });
const badGateway: Reply = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' };

describe('waits for a rate limit', () => {
  test.each([
    [
      'until a token is due, by the clock of the server',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996405', 'x-limit': '10' },
      500,
    ],
    [
      'until a token is due, if the bucket is full only after a minute',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996461', 'x-limit': '50' },
      1220,
    ],
    [
      'until a token is due, with a reset in milliseconds',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996405000', 'x-limit': '5' },
      1000,
    ],
    [
      'at most 8 s if the bucket fills slowly',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996461', 'x-limit': '1' },
      8000,
    ],
    ['not beyond the reset', { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996400.1', 'x-limit': '1' }, 100],
    ['by Retry-After in seconds', { 'retry-after': '3', 'x-reset': '1' }, 3000],
    [
      'by Retry-After as a date',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'retry-after': 'Fri, 15 Jan 2027 07:00:07 GMT' },
      7000,
    ],
    ['briefly if the reset is in the past', { 'x-reset': '1' }, 250],
    [
      'until a token is due if Retry-After is not a time',
      { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'retry-after': 'soon', 'x-reset': '1799996404', 'x-limit': '2' },
      2000,
    ],
    ['at least 100 ms', { 'retry-after': '0.01' }, 100],
    ['briefly if no header says how long', {}, 250],
  ])('%s', async (_, headers, wait) => {
    const clock = stillClock();
    const baseUrl = await inTurn(limited(headers), found);
    const result = await createLibrary({ baseUrl, clock }).shelves.get('a');
    expect(result).toMatchObject({ ok: true, status: 200 });
    expect(clock.slept).toEqual([wait]);
  });

  test.each([
    ['10 minutes ahead', 600_000],
    ['10 minutes behind', -600_000],
  ])('with a local clock %s', async (_, offset) => {
    const clock = stillClock(Date.parse('2027-01-15T07:00:00Z') + offset);
    const headers = { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996404', 'x-limit': '10' };
    const baseUrl = await inTurn(limited(headers), found);
    expect(await createLibrary({ baseUrl, clock }).shelves.get('a')).toMatchObject({ ok: true });
    expect(clock.slept).toEqual([400]);
  });

  test('briefly if the response has no Date: the reset cannot be compared with anything', async () => {
    const clock = stillClock();
    server = await startServer(() => 'reset');
    const headers = { 'x-reset': String(clock.now() / 1000 + 600), 'x-limit': '10' };
    const responses = [new Response(null, { status: 429, headers }), Response.json({})];
    const fetch = async () => responses.shift() ?? Response.error();
    expect(await createLibrary({ baseUrl: server.url, clock, fetch }).shelves.get('a')).toMatchObject({ ok: true });
    expect(clock.slept).toEqual([250]);
  });

  test('longer each time if other callers take the tokens', async () => {
    const clock = stillClock();
    const headers = { date: 'Fri, 15 Jan 2027 07:00:00 GMT', 'x-reset': '1799996404', 'x-limit': '10' };
    const baseUrl = await inTurn(...Array.from({ length: 6 }, () => limited(headers)), found);
    expect(await createLibrary({ baseUrl, clock }).shelves.get('a')).toMatchObject({ ok: true });
    expect(clock.slept).toEqual([400, 500, 1000, 2000, 4000, 4000]);
  });

  test('for a POST, too, and sends its body again', async () => {
    const clock = stillClock();
    const baseUrl = await inTurn(limited({ 'retry-after': '1' }), json(201, {}));
    expect(await createLibrary({ baseUrl, clock }).shelves.create({ name: 'x' })).toMatchObject({ status: 201 });
    expect(server.received.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}']);
  });

  test('up to a limit, then the 429 is the result', async () => {
    const clock = stillClock();
    const baseUrl = await inTurn(limited({ 'retry-after': '25' }));
    const result = await createLibrary({ baseUrl, clock }).shelves.get('a');
    expect(result).toMatchObject({ ok: false, status: 429, error: { message: 'slow down' } });
    expect(clock.slept).toEqual([25_000, 25_000]);
  });

  test.each([
    ['no header says how long', {}],
    ['the reset is in the past', { 'x-reset': '1' }],
    ['Retry-After is 0', { 'retry-after': '0' }],
  ])('with growing pauses if %s', async (_, headers) => {
    const clock = stillClock();
    const baseUrl = await inTurn(limited(headers));
    expect(await createLibrary({ baseUrl, clock }).shelves.get('a')).toMatchObject({ status: 429 });
    expect(clock.slept.slice(0, 6)).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    expect(server.received.length).toBeLessThan(20);
  });

  test('not if retries are off', async () => {
    const baseUrl = await inTurn(limited({ 'retry-after': '0' }), found);
    expect(await createLibrary({ baseUrl, retry: false }).shelves.get('a')).toMatchObject({ status: 429 });
    expect(server.received).toHaveLength(1);
  });
});

describe('retries a failure if the method is idempotent', () => {
  test('a GET after two 502s', async () => {
    const clock = stillClock();
    const baseUrl = await inTurn(badGateway, badGateway, found);
    expect(await createLibrary({ baseUrl, clock }).shelves.get('a')).toMatchObject({ ok: true });
    expect(clock.slept).toEqual([250, 500]);
  });

  test('not after three', async () => {
    const baseUrl = await inTurn(badGateway);
    const result = await createLibrary({ baseUrl, clock: stillClock() }).shelves.get('a');
    expect(result).toMatchObject({ ok: false, status: 'unexpected' });
    expect(server.received).toHaveLength(3);
  });

  test('a DELETE after a lost connection', async () => {
    const baseUrl = await inTurn('reset', { status: 204 });
    expect(await createLibrary({ baseUrl, clock: stillClock() }).shelves.remove('a')).toMatchObject({ ok: true });
  });

  test.each([
    ['502', badGateway],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
  ] as const)('a POST is not repeated after a %s', async (_, reply) => {
    const baseUrl = await inTurn(reply);
    const result = await createLibrary({ baseUrl, clock: stillClock() }).shelves.create({});
    expect(result).toMatchObject({ ok: false, status: 'unexpected' });
    expect(server.received).toHaveLength(1);
  });

  test('a POST is not repeated after a lost connection, and rejects with the cause', async () => {
    const baseUrl = await inTurn('reset');
    await expect(createLibrary({ baseUrl, clock: stillClock() }).shelves.create({})).rejects.toMatchObject({
      name: 'RequestError',
      code: 'REQUEST_FAILED',
      message: expect.stringMatching(
        /^POST http:\/\/127\.0\.0\.1:\d+\/v1\/shelves: no response, TypeError: fetch failed \(.+\)$/,
      ),
      cause: expect.any(TypeError),
    });
    expect(server.received).toHaveLength(1);
  });

  test('a PATCH is not repeated after a lost connection', async () => {
    const baseUrl = await inTurn('reset', found);
    const call = createLibrary({ baseUrl, clock: stillClock() }).shelves.rename('a', { name: 'b' });
    await expect(call).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
    expect(server.received.map(({ method }) => method)).toEqual(['PATCH']);
  });

  test('a method that is not known to be idempotent is not repeated', async () => {
    const baseUrl = await inTurn({ status: 503 }, found);
    const result = await createLibrary({ baseUrl, clock: stillClock() }).shelves.copy('a');
    expect(result).toMatchObject({ ok: false, status: 'unexpected' });
    expect(server.received.map(({ method }) => method)).toEqual(['COPY']);
  });

  test('a PATCH is not repeated after a 503', async () => {
    const baseUrl = await inTurn({ status: 503 }, found);
    const result = await createLibrary({ baseUrl, clock: stillClock() }).shelves.rename('a', { name: 'b' });
    expect(result).toMatchObject({ ok: false, status: 'unexpected' });
    expect(server.received).toHaveLength(1);
  });

  test('the error says why there is no response, and from where', async () => {
    const baseUrl = await inTurn('reset');
    await server.close();
    await expect(createLibrary({ baseUrl, retry: false }).shelves.get('a')).rejects.toMatchObject({
      message: expect.stringMatching(/127\.0\.0\.1:\d+\/v1\/shelves\/a: no response, .*ECONNREFUSED/),
    });
  });

  test('a fetch that returns nothing is a failure', async () => {
    server = await startServer(() => 'reset');
    const fetch = async () => undefined as unknown as Response;
    await expect(
      createLibrary({ baseUrl: server.url, clock: stillClock(), fetch }).shelves.get('a'),
    ).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
      message: expect.stringContaining('expected a Response, received undefined'),
    });
  });

  test('retry options of a call override those of the client', async () => {
    const baseUrl = await inTurn(badGateway);
    await createLibrary({ baseUrl, clock: stillClock() }).shelves.get('a', { retry: { failures: 1 } });
    expect(server.received).toHaveLength(2);
  });
});

describe('time', () => {
  test('an attempt that takes too long', async () => {
    const baseUrl = await inTurn('hang');
    const library = createLibrary({ baseUrl, timeout: 30, retry: false });
    await expect(library.shelves.get('a')).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' });
  });

  test('a body that stops halfway', async () => {
    server = await startServer(() => ({ status: 200, headers: { 'content-length': '100' }, body: '{' }));
    const library = createLibrary({ baseUrl: server.url, timeout: 100, retry: false });
    await expect(library.shelves.get('a')).rejects.toMatchObject({
      code: expect.stringMatching(/^REQUEST_(FAILED|TIMED_OUT)$/),
    });
  });

  test('each attempt has the whole time, and one that hangs is retried', async () => {
    const baseUrl = await inTurn('hang', found);
    const library = createLibrary({ baseUrl, timeout: 1000, clock: stillClock() });
    expect(await library.shelves.get('a', { timeout: 50 })).toMatchObject({ ok: true });
  });
});

test('a slow body meets its time limit, also after a garbage collection', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void; // available with --expose_gc
  const slow = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => {
      response.write(' ');
      collect();
    }, 20);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo; // it listens on a port
  const library = createLibrary({ baseUrl: `http://127.0.0.1:${port}`, timeout: 200, retry: false });
  const late = new Promise((resolve) => setTimeout(() => resolve('no end within 3 s'), 3_000));
  const ended = await Promise.race([library.shelves.get('a').catch((error: unknown) => error), late]);
  slow.closeAllConnections();
  slow.close();
  expect(ended).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
});

test.each([Number.POSITIVE_INFINITY, 1e12])('a timeout of %d means no limit', async (timeout) => {
  const baseUrl = await inTurn(found);
  expect(await createLibrary({ baseUrl, timeout }).shelves.get('a')).toMatchObject({ ok: true });
});

test('a wait longer than the longest timer does not end at once', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  server = await startServer(() => {
    setTimeout(() => controller.abort(reason), 100);
    return limited({ 'retry-after': '99999999' });
  });
  const library = createLibrary({ baseUrl: server.url, retry: { maxWait: Number.POSITIVE_INFINITY } });
  await expect(library.shelves.get('a', { signal: controller.signal })).rejects.toBe(reason);
  expect(server.received).toHaveLength(1);
});

test('a signal shared by many calls keeps no listeners', async () => {
  const baseUrl = await inTurn(
    ...Array.from({ length: 30 }, (_, index) => (index % 2 ? found : limited({ 'retry-after': '0.1' }))),
  );
  const { signal } = new AbortController();
  const library = createLibrary({ baseUrl });
  await Promise.all(Array.from({ length: 10 }, () => library.shelves.get('a', { signal })));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

describe('an invalid baseUrl is rejected when the client is created', () => {
  test.each([
    ['', '""'],
    ['travel.example', '"travel.example"'],
    ['https://travel.example/?a=1', '"https://travel.example/?a=1"'],
    ['https://me:PASSWORD@travel.example', '"https://***@travel.example"'],
  ])('%j', (baseUrl, shown) => {
    server = { url: '', received: [], close: async () => {} };
    expect(() => createLibrary({ baseUrl })).toThrow(
      expect.objectContaining({
        code: 'PARAMETER_REFUSED',
        parameter: 'baseUrl',
        message: `createClient: expected a URL without credentials, query and fragment for "baseUrl", received ${shown}`,
      }),
    );
  });
});

describe('an aborted call rejects with the reason of the signal', () => {
  test('before it is sent', async () => {
    const baseUrl = await inTurn(found);
    const reason = new Error('never mind');
    const call = createLibrary({ baseUrl }).shelves.get('a', { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    expect(server.received).toEqual([]);
  });

  test('while it waits for the response', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    server = await startServer(() => {
      controller.abort(reason);
      return 'hang';
    });
    const call = createLibrary({ baseUrl: server.url }).shelves.get('a', { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
  });

  test('while it waits for the rate limit, and clears the timer', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    server = await startServer(() => {
      setTimeout(() => controller.abort(reason), 20);
      return limited({ 'retry-after': '50' });
    });
    const start = performance.now();
    const call = createLibrary({ baseUrl: server.url }).shelves.get('a', { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

test('sends the headers of the client, those of the call, and the user agent', async () => {
  const baseUrl = await inTurn(found);
  const library = createLibrary({ baseUrl, userAgent: 'shelf/1', headers: { 'x-one': '1', 'x-two': '2' } });
  await library.shelves.get('a', { headers: { 'X-Two': 'two' } });
  expect(server.received[0]?.headers).toMatchObject({ 'user-agent': 'shelf/1', 'x-one': '1', 'x-two': 'two' });
});

test('header and cookie parameters are arguments', async () => {
  const library = createLibrary({ baseUrl: await inTurn(found), headers: { 'x-version': '1' } });
  const headers = { 'X-Version': 2, 'X-List': ['a', 'b'], 'X-Object': { c: 1 }, 'X-None': undefined };
  await library.shelves.sign(
    'a',
    headers,
    { sid: 'a b;c', flag: true, none: undefined },
    { headers: { 'x-list': 'c' } },
  );
  expect(server.received[0]?.headers).toMatchObject({
    'x-version': '2',
    'x-list': 'c',
    'x-object': 'c,1',
    cookie: 'sid=a%20b%3Bc; flag=true',
  });
  expect(server.received[0]?.headers).not.toHaveProperty('x-none');
});

describe('a body', () => {
  const sent = () => server.received.map(({ body, headers }) => [body, headers['content-type']]);
  const bytes = new TextEncoder().encode('abc');

  test('of any type is sent as it is, with its own type', async () => {
    const { shelves } = createLibrary({ baseUrl: await inTurn({ status: 204 }) });
    await shelves.scan('s', bytes);
    await shelves.scan('s', new Blob(['abc'], { type: 'image/png' }));
    await shelves.scan('s', 'abc');
    expect(sent()).toEqual([
      ['abc', undefined],
      ['abc', 'image/png'],
      ['abc', 'text/plain;charset=UTF-8'],
    ]);
  });

  test('of JSON lines is sent as text', async () => {
    const { shelves } = createLibrary({ baseUrl: await inTurn({ status: 204 }) });
    await shelves.lines('s', '{"a":1}\n{"a":2}\n');
    expect(sent()).toEqual([['{"a":1}\n{"a":2}\n', 'application/x-ndjson']]);
  });

  test.each([
    ['text and numbers', { a: 'x y', b: 2, c: undefined }, 'a=x%20y&b=2'],
    ['lists', { ids: ['a', 'b'] }, 'ids=a&ids=b'],
    ['lists in one value, by their encoding', { tags: ['a', 'b'] }, 'tags=a,b'],
    [
      'deep objects, by their encoding',
      { metadata: { order: '6735', a: { b: 1 } } },
      'metadata%5Border%5D=6735&metadata%5Ba%5D%5Bb%5D=1',
    ],
    ['other objects as JSON', { owner: { id: 1 } }, 'owner=%7B%22id%22%3A1%7D'],
    ['prepared parameters', new URLSearchParams({ a: 'b c' }), 'a=b+c'],
    ['text', 'a=1', 'a=1'],
  ])('that is a form: %s', async (_, body, want) => {
    const { shelves } = createLibrary({ baseUrl: await inTurn(found) });
    await shelves.order(body);
    expect(sent()).toEqual([[want, expect.stringMatching(/^application\/x-www-form-urlencoded/)]]);
  });

  test('that is a stream is sent, and only once', async () => {
    const { shelves } = createLibrary({ baseUrl: await inTurn({ status: 503 }), clock: stillClock(), token: 'mine' });
    expect(await shelves.scan('s', new Blob(['abc']).stream())).toMatchObject({ ok: false });
    expect(sent()).toEqual([['abc', undefined]]);
  });
});

test('lists in the query have the style of the route, else one parameter per entry', async () => {
  const baseUrl = await inTurn(found);
  const { shelves } = createLibrary({ baseUrl });
  await shelves.search({ kind: ['a b', 'c'], none: undefined });
  await shelves.books.list('s', { kind: ['a b', 'c'] });
  expect(server.received.map(({ url }) => url)).toEqual([
    '/v1/shelves?kind=a%20b,c',
    '/v1/shelves/s/books?kind=a%20b&kind=c',
  ]);
});

test('a custom fetch receives a new request for each attempt', async () => {
  const baseUrl = await inTurn(found);
  const seen: Request[] = [];
  const library = createLibrary({
    baseUrl,
    clock: stillClock(),
    fetch: async (request) => {
      seen.push(request);
      return new Response(await request.text(), { status: seen.length < 3 ? 429 : 201 });
    },
  });
  await library.shelves.create({ a: 1 });
  expect(new Set(seen).size).toBe(3);
});
