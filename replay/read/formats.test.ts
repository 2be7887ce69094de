import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ReplayError } from '../errors.js';
import type { RecordedExchange, Recording } from '../recorded/recording.js';
import { parseRecordings } from './read-recordings.js';

/**
 * Files of each recorder, shortened from what the recorders write: nock 13 and 14, Polly.js 6, vcrpy 9, go-vcr 1.2, 3.2
 * and 4.0, the HAR exporter of mitmproxy 11, VCR 6 and Playwright.
 */

const TYPE = 'application/json; charset=utf-8';
const ROLE = { id: 'rol_1', name: 'Gärtner' };
const ROLE_TEXT = JSON.stringify(ROLE);
const GZIP = gzipSync(ROLE_TEXT);
const URL_ROOT = 'http://127.0.0.1:4555';

async function parsed(file: string, content: unknown): Promise<Recording> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const [recording] = await parseRecordings(file, new TextEncoder().encode(text));
  if (recording === undefined) throw new Error('no recording');
  return recording;
}

/** The parts that every format records. */
function essence({ request, response }: RecordedExchange) {
  const { method, path, query, body } = request;
  return { method, path, query, body, status: response.status, answer: response.body, type: response.contentType };
}

const STORY = [
  {
    method: 'GET',
    path: '/api/v2/roles',
    query: 'page=0&per_page=2',
    body: undefined,
    status: 200,
    answer: ROLE,
    type: 'application/json',
  },
  {
    method: 'POST',
    path: '/api/v2/roles',
    query: '',
    body: { name: 'Gärtner' },
    status: 200,
    answer: ROLE,
    type: 'application/json',
  },
  {
    method: 'DELETE',
    path: '/api/v2/users/auth0%7Cabc/roles',
    query: '',
    body: { roles: ['rol_1'] },
    status: 204,
    answer: undefined,
    type: undefined,
  },
  {
    method: 'POST',
    path: '/oauth/token',
    query: '',
    body: { a: '1', b: 'x y' },
    status: 200,
    answer: ROLE,
    type: 'application/json',
  },
];

const GO_VCR_1 = `---
version: 1
interactions:
- request:
    body: ""
    form: {}
    headers:
      Authorization:
      - Bearer x
    url: ${URL_ROOT}/api/v2/roles?page=0&per_page=2
    method: GET
  response:
    body: '${ROLE_TEXT}'
    headers:
      Content-Type:
      - ${TYPE}
    status: 200 OK
    code: 200
    duration: ""
- request:
    body: '{"name":"Gärtner"}'
    form: {}
    headers:
      Content-Type:
      - application/json
    url: ${URL_ROOT}/api/v2/roles
    method: POST
  response:
    body: '${ROLE_TEXT}'
    headers:
      Content-Type:
      - ${TYPE}
    status: 200 OK
    code: 200
    duration: ""
- request:
    body: '{"roles":["rol_1"]}'
    form: {}
    headers:
      Content-Type:
      - application/json
    url: ${URL_ROOT}/api/v2/users/auth0%7Cabc/roles
    method: DELETE
  response:
    body: ""
    headers: {}
    status: 204 No Content
    code: 204
    duration: ""
- request:
    body: ""
    form:
      a:
      - "1"
      b:
      - x y
    headers:
      Content-Type:
      - application/x-www-form-urlencoded
    url: ${URL_ROOT}/oauth/token
    method: POST
  response:
    body: '${ROLE_TEXT}'
    headers:
      Content-Type:
      - ${TYPE}
    status: 200 OK
    code: 200
    duration: ""
`;

const goVcr2 = (request: string, response: string) => `---
version: 2
interactions:
${[
  ['GET', '/api/v2/roles?page=0&per_page=2', '', '', 200],
  ['POST', '/api/v2/roles', '{"name":"Gärtner"}', 'application/json', 200],
  ['DELETE', '/api/v2/users/auth0%7Cabc/roles', '{"roles":["rol_1"]}', 'application/json', 204],
  ['POST', '/oauth/token', 'a=1&b=x+y', 'application/x-www-form-urlencoded', 200],
]
  .map(
    ([method, path, body, type, code], id) => `    - id: ${id}
      request:
        proto: HTTP/1.1
        content_length: ${String(body).length}
        host: 127.0.0.1:4555
${request}${body === '' ? '' : `        body: '${body}'\n`}        headers:
            Authorization:
                - Bearer x
${type === '' ? '' : `            Content-Type:\n                - ${type}\n`}        url: ${URL_ROOT}${path}
        method: ${method}
      response:
        proto: HTTP/1.1
${response}        content_length: -1
        uncompressed: ${code === 200}
        body: '${code === 200 ? ROLE_TEXT : ''}'
        headers:
${code === 200 ? `            Content-Type:\n                - ${TYPE}` : '            X-A:\n                - "1"'}
        status: ${code} OK
        code: ${code}
        duration: 1.212528ms
`,
  )
  .join('')}`;

const VCRPY = `interactions:
- request:
    body: null
    headers:
      Accept-Encoding:
      - gzip, deflate
    method: GET
    uri: ${URL_ROOT}/api/v2/roles?page=0&per_page=2
  response:
    body:
      string: "{\\"id\\":\\"rol_1\\",\\"name\\":\\"G\\xE4rtner\\"}"
    headers:
      content-encoding:
      - gzip
      content-type:
      - ${TYPE}
    status:
      code: 200
      message: OK
- request:
    body: '{"name": "G\\u00e4rtner"}'
    headers:
      Content-Type:
      - application/json
    method: POST
    uri: ${URL_ROOT}/api/v2/roles
  response:
    body:
      string: !!binary |
        ${GZIP.toString('base64').slice(0, 40)}
        ${GZIP.toString('base64').slice(40)}
    headers:
      content-encoding:
      - gzip
      content-type:
      - ${TYPE}
    status:
      code: 200
      message: OK
- request:
    body: !!binary |
      ${Buffer.from('{"roles": ["rol_1"]}').toString('base64')}
    headers:
      Content-Type:
      - application/json
    method: DELETE
    uri: ${URL_ROOT}/api/v2/users/auth0%7Cabc/roles
  response:
    body:
      string: ''
    headers:
      x-a:
      - '1'
    status:
      code: 204
      message: No Content
- request:
    body: a=1&b=x+y
    headers:
      Content-Type:
      - application/x-www-form-urlencoded
    method: POST
    uri: ${URL_ROOT}/oauth/token
  response:
    content: '${ROLE_TEXT}'
    headers:
      content-type:
      - ${TYPE}
    http_version: HTTP/1.1
    status_code: 200
version: 1
`;

const RUBY_VCR = `---
http_interactions:
- request:
    method: get
    uri: ${URL_ROOT}/api/v2/roles?page=0&per_page=2
    body:
      encoding: US-ASCII
      string: ''
    headers:
      Accept-Encoding:
      - gzip;q=1.0,deflate;q=0.6,identity;q=0.3
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - ${TYPE}
      Content-Encoding:
      - gzip
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        ${GZIP.toString('base64')}
    http_version:
  recorded_at: Sun, 09 Sep 2001 01:46:40 GMT
- request:
    method: post
    uri: ${URL_ROOT}/api/v2/roles
    body:
      encoding: UTF-8
      string: '{"name":"Gärtner"}'
    headers:
      Content-Type:
      - application/json
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - ${TYPE}
    body:
      encoding: UTF-8
      base64_string: |
        ${Buffer.from(ROLE_TEXT).toString('base64')}
    http_version:
  recorded_at: Sun, 09 Sep 2001 01:46:41 GMT
- request:
    method: delete
    uri: ${URL_ROOT}/api/v2/users/auth0%7Cabc/roles
    body:
      encoding: UTF-8
      string: '{"roles":["rol_1"]}'
    headers:
      Content-Type:
      - application/json
  response:
    status:
      code: 204
      message: No Content
    headers: {}
    body:
      encoding: UTF-8
      string: ''
    http_version:
  recorded_at: Sun, 09 Sep 2001 01:46:42 GMT
- request:
    method: post
    uri: ${URL_ROOT}/oauth/token
    body:
      encoding: US-ASCII
      string: a=1&b=x+y
    headers:
      Content-Type:
      - application/x-www-form-urlencoded
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - ${TYPE}
    body:
      encoding: UTF-8
      string: '${ROLE_TEXT}'
    http_version:
  recorded_at: Sun, 09 Sep 2001 01:46:43 GMT
recorded_with: VCR 6.2.0
`;

const nock = (headers: (of: Readonly<Record<string, string>>) => unknown) => [
  {
    scope: URL_ROOT,
    method: 'GET',
    path: '/api/v2/roles?page=0&per_page=2',
    body: '',
    status: 200,
    response: [GZIP.toString('hex').slice(0, 20), GZIP.toString('hex').slice(20)],
    rawHeaders: headers({ 'content-type': TYPE, 'content-encoding': 'gzip' }),
    reqheaders: { 'accept-encoding': 'gzip', host: '127.0.0.1:4555' },
    responseIsBinary: false,
  },
  {
    scope: URL_ROOT,
    method: 'POST',
    path: '/api/v2/roles',
    body: { name: 'Gärtner' },
    status: 200,
    response: ROLE,
    rawHeaders: headers({ 'content-type': TYPE }),
    responseIsBinary: false,
  },
  {
    scope: URL_ROOT,
    method: 'DELETE',
    path: '/api/v2/users/auth0%7Cabc/roles',
    body: { roles: ['rol_1'] },
    status: 204,
    response: '',
    rawHeaders: headers({ 'x-a': '1' }),
    reqheaders: { 'content-type': 'application/json', 'content-length': 19 },
    responseIsBinary: false,
  },
  {
    scope: URL_ROOT,
    method: 'POST',
    path: '/oauth/token',
    body: 'a=1&b=x+y',
    status: 200,
    response: Buffer.from(ROLE_TEXT).toString('hex'),
    rawHeaders: headers({ 'content-type': TYPE }),
    reqheaders: { 'content-type': 'application/x-www-form-urlencoded' },
    responseIsBinary: true,
  },
];

const pairs = (headers: Readonly<Record<string, string | number>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const POLLY = {
  log: {
    _recordingName: 'demo',
    creator: { name: 'Polly.JS', version: '6.0.6', comment: 'persister:fs' },
    version: '1.2',
    entries: [
      {
        _id: 'f4d25ee429aeb1ace9c364bcf901769a',
        _order: 0,
        startedDateTime: '2026-01-01T00:00:00.001Z',
        request: {
          bodySize: 0,
          headers: pairs({ 'accept-encoding': 'gzip' }),
          method: 'GET',
          url: `${URL_ROOT}/api/v2/roles?page=0&per_page=2`,
        },
        response: {
          status: 200,
          headers: pairs({ 'content-type': TYPE, 'content-encoding': 'gzip' }),
          content: {
            encoding: 'base64',
            mimeType: TYPE,
            size: GZIP.length,
            text: JSON.stringify([GZIP.subarray(0, 11).toString('base64'), GZIP.subarray(11).toString('base64')]),
          },
        },
      },
      {
        startedDateTime: '2026-01-01T00:00:00.002Z',
        request: {
          bodySize: 19,
          headers: pairs({ 'content-type': 'application/json', 'content-length': 19 }),
          method: 'POST',
          postData: { mimeType: 'application/json', params: [], text: '{"name":"Gärtner"}' },
          url: `${URL_ROOT}/api/v2/roles`,
        },
        response: {
          status: 200,
          headers: pairs({ 'content-type': TYPE }),
          content: { mimeType: TYPE, size: 75, text: ROLE_TEXT },
        },
      },
      {
        startedDateTime: '2026-01-01T00:00:00.003Z',
        request: {
          bodySize: 19,
          headers: pairs({ 'content-type': 'application/json' }),
          method: 'DELETE',
          postData: { mimeType: 'application/json', params: [], text: '{"roles":["rol_1"]}' },
          url: `${URL_ROOT}/api/v2/users/auth0%7Cabc/roles`,
        },
        response: { status: 204, headers: pairs({ 'x-a': '1' }), content: { mimeType: 'text/plain', size: 0 } },
      },
      {
        startedDateTime: '2026-01-01T00:00:00.004Z',
        request: {
          bodySize: 9,
          headers: pairs({ 'content-type': 'application/x-www-form-urlencoded' }),
          method: 'POST',
          postData: { mimeType: 'application/x-www-form-urlencoded', params: [], text: 'a=1&b=x+y' },
          url: `${URL_ROOT}/oauth/token`,
        },
        response: {
          status: 200,
          headers: pairs({ 'content-type': TYPE }),
          content: {
            mimeType: TYPE,
            size: GZIP.length,
            _isBinary: true,
            text: JSON.stringify([Buffer.from(ROLE_TEXT).toString('hex')]),
          },
        },
      },
    ],
  },
};

describe('the same traffic of every recorder is the same recording', () => {
  test.each([
    ['go-vcr 1', 'c.yaml', GO_VCR_1],
    ['go-vcr 3', 'c.yaml', goVcr2('        transfer_encoding: []\n        form: {}\n', '        trailer: {}\n')],
    ['go-vcr 4', 'c.yaml', goVcr2('        form:\n            page:\n                - "0"\n', '')],
    ['vcrpy', 'c.yaml', VCRPY],
    ['VCR', 'c.yml', RUBY_VCR],
    ['VCR without an extension', 'cassette', RUBY_VCR],
    ['nock 13', 'n.json', nock((headers) => Object.entries(headers).flat())],
    ['nock 14', 'n.json', nock((headers) => headers)],
  ])('%s', async (_, file, content) => {
    const { exchanges, orderUncertain } = await parsed(file, content);
    expect(exchanges.map(essence)).toEqual(STORY);
    expect(exchanges.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(exchanges.some(({ request, response }) => request.incomplete || response.incomplete)).toBe(false);
    expect(orderUncertain).toBe(false);
  });

  test('Polly.js', async () => {
    const { exchanges, name } = await parsed('recording.har', POLLY);
    expect(name).toBe('demo');
    // Without a header it has a default type for an answer without a body.
    const story = STORY.map((each) => (each.status === 204 ? { ...each, type: 'text/plain' } : each));
    expect(exchanges.map(essence)).toEqual(story);
  });

  test('vcrpy in JSON', async () => {
    const interaction = {
      request: { method: 'GET', uri: `${URL_ROOT}/api/v2/roles?page=0&per_page=2`, body: null, headers: {} },
      response: {
        status: { code: 200, message: 'OK' },
        headers: { 'content-type': [TYPE], 'content-encoding': ['gzip'] },
        body: { string: ROLE_TEXT },
      },
    };
    const { exchanges } = await parsed('c.json', { version: 1, interactions: [interaction] });
    expect(exchanges.map(essence)).toEqual(STORY.slice(0, 1));
  });
});

describe('a recording without a body is incomplete', () => {
  const entry = (request: object, response: object) => ({
    log: {
      entries: [
        {
          startedDateTime: '2026-01-01T00:00:00.001+00:00',
          request: { method: 'DELETE', url: `${URL_ROOT}/a`, headers: [], bodySize: 0, ...request },
          response: { status: 200, headers: [], content: { size: 0, mimeType: '' }, bodySize: 0, ...response },
        },
      ],
    },
  });
  const goVcr = (contentLength: number) => `---
version: 2
interactions:
    - id: 0
      request:
        content_length: ${contentLength}
        url: ${URL_ROOT}/a
        method: POST
      response:
        body: ""
        code: 204
`;
  test.each<[string, unknown, readonly (boolean | undefined)[]]>([
    ['a DELETE of mitmproxy', entry({ bodySize: 19 }, {}), [true, undefined]],
    [
      'a request with a content length',
      entry({ bodySize: -1, headers: pairs({ 'content-length': 19 }) }, {}),
      [true, undefined],
    ],
    ['an answer that a browser dropped', entry({}, { content: { size: 75, mimeType: TYPE } }), [undefined, true]],
    ['an answer with its size alone', entry({}, { content: { mimeType: TYPE }, bodySize: 75 }), [undefined, true]],
    ['no bodies', entry({}, {}), [undefined, undefined]],
    ['a HEAD', entry({ method: 'HEAD' }, { content: { size: 75, mimeType: TYPE } }), [undefined, undefined]],
    ['a 304', entry({}, { status: 304, bodySize: 75 }), [undefined, undefined]],
    ['a request of go-vcr', goVcr(19), [true, undefined]],
    ['a request of go-vcr without a body', goVcr(0), [undefined, undefined]],
  ])('%s', async (_, content, want) => {
    const [exchange] = (await parsed('c', content)).exchanges;
    expect([exchange?.request.incomplete, exchange?.response.incomplete]).toEqual(want);
  });
});

describe('invalid cassettes are refused with file and location', () => {
  test.each([
    ['interactions: [', 'c.yaml:2:1: is not YAML: unexpected end'],
    ['interactions: !unknown {}', 'c.yaml:1:26: is not YAML: unknown tag'],
    [
      'interactions:\n- request: {url: 7, method: GET}\n',
      'c.yaml #/interactions/0/request/url: expected a string, received 7',
    ],
    ['interactions:\n- request: {uri: /a, method: GET}\n', 'c.yaml #/interactions/0/response: expected an object'],
    ['http_interactions: 1\n', 'c.yaml #/http_interactions: expected a list, received 1'],
    ['version: 1\n', 'c.yaml #: expected a recording'],
  ])('%s', async (text, message) => {
    await expect(parsed('c.yaml', text)).rejects.toThrow(ReplayError);
    await expect(parsed('c.yaml', text)).rejects.toThrow(message);
  });

  test('a body that is not gzip although it begins like it', async () => {
    const broken = VCRPY.replace(GZIP.toString('base64').slice(40), 'AAAA');
    await expect(parsed('c.yaml', broken)).rejects.toThrow(
      'c.yaml #/interactions/1/response/body/string: the body cannot be decompressed',
    );
  });
});
