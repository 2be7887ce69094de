import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplayError } from '../errors.js';
import { LARGEST, parseRecordings, readRecordings } from './read-recordings.js';

const parse = (text: string) => parseRecordings('x.json', new TextEncoder().encode(text));

const har = (entries: readonly unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });

const entry = (time: string, url: string, status: number, text?: string) => ({
  startedDateTime: time,
  request: {
    method: 'post',
    url,
    headers: [],
    queryString: [],
    postData: { mimeType: 'application/json', text: '{"name":"a"}' },
  },
  response: {
    status,
    headers: [{ name: 'Content-Type', value: 'application/json; charset=utf-8' }],
    content: { mimeType: 'application/json', ...(text === undefined ? {} : { text }) },
  },
});

describe('a recording', () => {
  it('in JSON is one recording or a list', async () => {
    const one = {
      source: 'somewhere; request order within one second is not certain',
      recording: 'first',
      exchanges: [
        {
          request: { method: 'GET', path: '/a', query: 'b=1' },
          response: { status: 200, contentType: 'application/json; charset=utf-8', body: [1] },
        },
        { request: { method: 'DELETE', path: '/a?c=2' }, response: { status: 204, headers: { Date: 'today' } } },
      ],
    };
    const [first, second] = await parse(JSON.stringify([one, { exchanges: [] }]));
    expect(first).toMatchObject({ name: 'first', pointer: '#/0/exchanges', orderUncertain: true });
    expect(first?.exchanges).toEqual([
      {
        index: 0,
        request: { method: 'GET', path: '/a', query: 'b=1' },
        response: { status: 200, contentType: 'application/json', body: [1] },
      },
      {
        index: 1,
        request: { method: 'DELETE', path: '/a', query: 'c=2' },
        response: { status: 204, headers: { date: 'today' } },
      },
    ]);
    expect(second).toMatchObject({ name: 'x 1', exchanges: [], orderUncertain: false });
  });

  it('may have headers without a value, as scrubbers leave them', async () => {
    const headers = { 'X-Request-Id': [null], Etag: null, 'Content-Length': 2 };
    const [recording] = await parse(
      JSON.stringify({ exchanges: [{ request: { method: 'GET', path: '/a' }, response: { status: 200, headers } }] }),
    );
    expect(recording?.exchanges[0]?.response.headers).toEqual({ 'x-request-id': '', etag: '', 'content-length': '2' });
  });

  it('in HAR is read in order of time, without hosts and unanswered requests', async () => {
    const [recording] = await parse(
      har([
        entry(
          '2024-01-01T00:00:02Z',
          'https://other.example/api/v2/roles?x=1#top',
          200,
          Buffer.from('{"id":1}').toString(),
        ),
        entry('2024-01-01T00:00:01Z', 'https://other.example', 201),
        entry('2024-01-01T00:00:03Z', 'https://other.example/blocked', 0),
      ]),
    );
    expect(
      recording?.exchanges.map(({ index, request, response }) => [index, request, response.status, response.body]),
    ).toEqual([
      [
        1,
        { method: 'POST', path: '/', query: '', body: { name: 'a' }, contentType: 'application/json' },
        201,
        undefined,
      ],
      [
        0,
        { method: 'POST', path: '/api/v2/roles', query: 'x=1', body: { name: 'a' }, contentType: 'application/json' },
        200,
        { id: 1 },
      ],
    ]);
  });

  it('in HAR may have base64 bodies and form parameters', async () => {
    const form = {
      ...entry('2024-01-01T00:00:01Z', 'https://a.example/oauth/token', 200),
      request: {
        method: 'POST',
        url: 'https://a.example/oauth/token',
        headers: [],
        postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: '1' }] },
      },
      response: {
        status: 200,
        headers: [],
        content: { mimeType: 'application/json', text: Buffer.from('{"b":2}').toString('base64'), encoding: 'base64' },
      },
    };
    const [exchange] = (await parse(har([form])))[0]?.exchanges ?? [];
    expect(exchange?.request.body).toEqual({ a: '1' });
    expect(exchange?.response.body).toEqual({ b: 2 });
  });

  it('keeps prototype keys as data', async () => {
    const [recording] = await parse(
      '{"exchanges": [{"request": {"method": "POST", "path": "/a", "body": {"__proto__": {"polluted": true}}}, "response": {"status": 200}}]}',
    );
    expect(Object.keys(recording?.exchanges[0]?.request.body ?? {})).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('anything else is refused with file and location', () => {
  const exchange = (request: unknown, response: unknown) => JSON.stringify({ exchanges: [{ request, response }] });
  const good = { method: 'GET', path: '/a' };
  it.each([
    ['', 'x.json:1:1: the file is empty'],
    ['  \n', 'x.json:1:1: the file is empty'],
    ['{"exchanges": [\n{"request"', 'x.json:2:11: is not JSON: expected ":", received the end of the text'],
    ['{"exchanges": [}', 'x.json:1:16: is not JSON: expected a value, received "}"'],
    ['{"exchanges": [], }', 'x.json:1:19: is not JSON: expected a name in double quotes, received "}"'],
    ['{"a": "b\n"}', 'x.json:1:7: is not JSON: expected a string that ends on its line'],
    ['{"a": 01}', 'x.json:1:8: is not JSON: expected "," or the closing bracket, received "1"'],
    ['{} {}', 'x.json:1:4: is not JSON: expected the end, received "{"'],
    ['nonsense', 'x.json:1:1: is not JSON: expected a value, received "nonsense"'],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'x.json:1:501: is nested deeper than 500 levels'],
    ['[]', 'x.json #: expected a recording'],
    ['{"openapi": "3.1.0"}', 'x.json #: expected a recording (a HAR, a cassette of go-vcr, vcrpy or VCR'],
    ['null', 'x.json #: expected a recording'],
    ['{"exchanges": {}}', 'x.json #/exchanges: expected a list, received an object'],
    ['{"exchanges": [1]}', 'x.json #/exchanges/0: expected an object, received 1'],
    [exchange(undefined, { status: 200 }), 'x.json #/exchanges/0/request: expected an object, received nothing'],
    [exchange({ path: '/a' }, { status: 200 }), '#/exchanges/0/request/method: expected a string'],
    [
      exchange({ method: 'G E T', path: '/a' }, { status: 200 }),
      '#/exchanges/0/request/method: expected an HTTP method',
    ],
    [
      exchange({ method: 'GET', path: 'a' }, { status: 200 }),
      '#/exchanges/0/request/path: expected a path that begins with "/"',
    ],
    [exchange(good, { status: '200' }), '#/exchanges/0/response/status: expected an HTTP status'],
    [exchange(good, { status: 99 }), '#/exchanges/0/response/status: expected an HTTP status'],
    [exchange(good, { status: 200, headers: { a: true } }), '#/exchanges/0/response/headers/a: expected a string'],
    [har([{ startedDateTime: 'never' }]), '#/log/entries/0/startedDateTime: expected a date and time'],
    [har([{ startedDateTime: '2024-01-01T00:00:00Z' }]), '#/log/entries/0/request: expected an object'],
    ['{"log": {"entries": 1}}', '#/log/entries: expected a list'],
  ])('%#: %.60s', async (text, message) => {
    await expect(parse(text)).rejects.toThrow(ReplayError);
    await expect(parse(text)).rejects.toThrow(message);
  });

  it('but not a body that is nested too deep, which stays a text', async () => {
    const text = `${'['.repeat(501)}${']'.repeat(501)}`;
    const entry = {
      startedDateTime: '2024-05-01T10:00:00.000Z',
      request: {
        method: 'POST',
        url: 'https://a.example/a',
        headers: [],
        postData: { mimeType: 'application/json', text },
      },
      response: { status: 400, headers: [], content: { text } },
    };
    const [recording] = await parse(har([entry]));
    expect(recording?.exchanges).toMatchObject([{ request: { body: text }, response: { body: text } }]);
  });

  it('bytes that are not UTF-8', async () => {
    await expect(parseRecordings('x.json', new Uint8Array([0xff, 0xfe, 0]))).rejects.toThrow('x.json:1:1: not UTF-8');
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('that is missing, a folder or too large is refused before it is read', async () => {
    await expect(readRecordings(join(folder, 'none.json'))).rejects.toThrow(
      /none\.json: cannot be read: there is no such file/,
    );
    await expect(readRecordings(folder)).rejects.toThrow(/cannot be read: it is a folder/);
    const file = join(folder, 'large.json');
    await writeFile(file, '{"exchanges": []}');
    await expect(readRecordings(file, { largest: 10 })).rejects.toThrow(
      'large.json: 17 bytes, more than the limit of 10',
    );
    expect((await readRecordings(file, { largest: LARGEST })).map(({ name }) => name)).toEqual(['large']);
  });
});
