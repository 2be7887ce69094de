import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlainRequest, PlainResponse } from '../exchange.js';
import { type Listening, serve } from './server.js';

const OK: PlainResponse = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };

let listening: Listening;
let received: PlainRequest[];
let defects: unknown[];
/** What requests are answered with. */
let respond: (request: PlainRequest) => PlainResponse | Promise<PlainResponse>;

beforeEach(async () => {
  received = [];
  defects = [];
  respond = () => OK;
  const handle = (request: PlainRequest) => {
    received.push(request);
    return respond(request);
  };
  listening = await serve(handle, { onDefect: (defect) => defects.push(defect) }, { close: 50, discard: 100 });
});

afterEach(() => listening.close());

/** All that comes back for raw bytes, until the server closes the connection. */
async function raw(...texts: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined); // a reset is told by what came before it
  await once(socket, 'connect');
  for (const text of texts) socket.write(text);
  await once(socket, 'close');
  return answer;
}

const head = (line: string, ...headers: readonly string[]) =>
  [`${line} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n');
const closing = (line: string, ...headers: readonly string[]) => head(line, ...headers, 'connection: close');

describe('a request', () => {
  test('is told with its method, target, headers and body', async () => {
    await raw(`${closing('POST /a/../b?c=d', 'X-Own: 1', 'content-length: 3')}a\u00fc`);
    expect(received).toEqual([
      {
        method: 'POST',
        path: '/b',
        query: 'c=d',
        headers: { host: 'x', 'x-own': '1', 'content-length': '3', connection: 'close' },
        body: 'a\u00fc',
      },
    ]);
  });

  test.each([
    ['DELETE', ['2\r\n{"\r\n', '3\r\na":\r\n', '2\r\n1}\r\n', '0\r\n\r\n'], '{"a":1}'],
    ['GET', ['2\r\n{}\r\n0\r\n\r\n'], ''],
    ['HEAD', ['2\r\n{}\r\n0\r\n\r\n'], ''],
  ])('%s in parts has the body "%s"', async (method, chunks, body) => {
    await raw(closing(`${method} /`, 'transfer-encoding: chunked'), ...chunks);
    expect(received.map((request) => [request.method, request.body, request.tooLarge])).toEqual([
      [method, body, undefined],
    ]);
  });

  test.each([
    ['GET /_rolecall/x', 'content-length: 0', false],
    ['POST /_rolecall/x', 'content-length: 0', false],
    ['GET /x', 'content-length: 0', undefined],
  ])('%s comes from another machine: %s', async (line, header, isRemote) => {
    await raw(closing(line, header));
    expect(received[0]?.isRemote).toBe(isRemote);
  });

  test('of which the body does not come is nobody\u2019s', async () => {
    const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
    socket.write(`${head('POST /', 'content-length: 9')}abc`, () => socket.destroy());
    await once(socket, 'close');
    expect(await raw(closing('GET /'))).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toHaveLength(1);
  });
});

describe('an answer', () => {
  test.each<[PlainResponse, string]>([
    [{ status: 200, headers: {}, body: 'ok' }, 'content-length: 2'],
    [{ status: 200, headers: {}, body: 'a\u00fc' }, 'content-length: 3'],
    [{ status: 201, headers: {}, body: '' }, 'content-length: 0'],
    [{ status: 200, headers: { 'content-length': '7' }, body: '' }, 'content-length: 7'],
    [{ status: 204, headers: {}, body: '' }, ''],
    [{ status: 304, headers: {}, body: '' }, ''],
  ])('%j has the length "%s"', async (response, length) => {
    respond = () => response;
    const answer = await raw(closing('HEAD /'));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${response.status} `));
    expect(/^content-length: \d+$/im.exec(answer)?.[0] ?? '').toBe(length);
  });

  test('is in UTF-8 and may take its time', async () => {
    respond = async () => ({ ...OK, body: 'gr\u00fc\u00df \u6f22' });
    const response = await fetch(listening.url);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/plain',
      'gr\u00fc\u00df \u6f22',
    ]);
  });

  test('tells that its connection may be used for the next minute', async () => {
    const { headers } = await fetch(listening.url);
    expect(headers.get('keep-alive')).toBe('timeout=60');
  });

  test('may be that the connection is closed', async () => {
    respond = () => ({ ...OK, isReset: true });
    expect(await raw(head('GET /'))).toBe('');
    respond = () => OK;
    expect((await fetch(listening.url)).status).toBe(200);
  });

  test('comes before that of a later request of the same connection', async () => {
    respond = ({ path }) => ({ ...OK, body: path });
    expect(await raw(head('GET /one'), closing('GET /two'))).toMatch(/\/one[\s\S]*\/two$/);
  });
});

describe('a body that is too long', () => {
  const isTooLarge = ({ tooLarge }: PlainRequest): PlainResponse => ({ ...OK, status: tooLarge === true ? 413 : 200 });

  beforeEach(() => {
    respond = isTooLarge;
  });

  test.each([
    ['POST', 1_048_577, 413],
    ['OPTIONS', 1_048_577, 413],
    // Ignored, however long it is.
    ['GET', 1_048_577, 200],
  ])('%s with %i bytes is answered before it comes', async (method, length, status) => {
    const answer = await raw(head(`${method} /`, `content-length: ${length}`));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*\\r\\nok$`));
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(received).toMatchObject([{ method, body: '' }]);
  });

  test('is not asked for, and one that is not is', async () => {
    const expecting = (length: number) =>
      head('POST /', 'expect: 100-continue', `content-length: ${length}`, 'connection: close');
    expect(await raw(expecting(1_048_577))).toMatch(/^HTTP\/1\.1 413 /);
    expect(await raw(expecting(2), '{}')).toMatch(/^HTTP\/1\.1 100 [\s\S]*HTTP\/1\.1 200 /);
  });

  test('in parts is refused once it is, and a body of the full length is not', async () => {
    const whole = 'x'.repeat(1_048_576);
    const response = await fetch(listening.url, { method: 'POST', body: whole });
    expect([response.status, received[0]?.body.length]).toEqual([200, whole.length]);
    const chunk = `80000\r\n${'x'.repeat(0x80000)}\r\n`;
    const chunks = [chunk, chunk, '1\r\nx\r\n', '0\r\n\r\n'];
    expect(await raw(head('POST /', 'transfer-encoding: chunked'), ...chunks)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('may come to the control API from this machine', async () => {
    const response = await fetch(`${listening.url}/_rolecall/state`, { method: 'POST', body: 'x'.repeat(1_048_577) });
    expect([response.status, received[0]?.body.length]).toEqual([200, 1_048_577]);
    expect(await raw(head('POST /_rolecall/state', 'content-length: 268435457'))).toMatch(/^HTTP\/1\.1 /);
    expect(received[1]?.body).toBe('');
  });
});

describe('a defect', () => {
  const broken = new Error('a defect, on purpose');

  test.each<[string, () => PlainResponse | Promise<PlainResponse>]>([
    [
      'that is thrown',
      () => {
        throw broken;
      },
    ],
    [
      'that is rejected',
      async () => {
        throw broken;
      },
    ],
    ['in a header', () => ({ ...OK, headers: { 'x-odd': '\n' } })],
  ])('%s is reported, and the client only learns that there is one', async (given, run) => {
    respond = run;
    const response = await fetch(listening.url);
    expect([response.status, await response.text()]).toEqual([500, '{"statusCode":500}']);
    expect(defects).toEqual([given === 'in a header' ? expect.any(TypeError) : broken]);
  });
});

test('closing waits for what is in progress, and not for connections that are idle or never end', async () => {
  let answer: (response: PlainResponse) => void = () => undefined;
  respond = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const asked = fetch(listening.url);
  await expect.poll(() => received.length).toBe(1);
  const idle = connect(Number(new URL(listening.url).port), '127.0.0.1');
  await once(idle, 'connect');
  const closed = listening.close();
  answer(OK);
  expect(await (await asked).text()).toBe('ok');
  await closed;
  await expect(fetch(listening.url)).rejects.toThrow();
});
