import { gzipSync } from 'node:zlib';

/**
 * Files of each recorder, shortened from what the recorders write: nock 13 and 14, Polly.js 6, vcrpy 9, go-vcr 1.2, 3.2
 * and 4.0, the HAR exporter of mitmproxy 11, VCR 6 and Playwright.
 */

export const TYPE = 'application/json; charset=utf-8';
const ROLE = { id: 'rol_1', name: 'Gärtner' };
export const ROLE_TEXT = JSON.stringify(ROLE);
export const GZIP = gzipSync(ROLE_TEXT);
export const URL_ROOT = 'http://127.0.0.1:4555';

export const STORY = [
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

export const GO_VCR_1 = `---
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

export const goVcr2 = (request: string, response: string) => `---
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

export const VCRPY = `interactions:
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

export const RUBY_VCR = `---
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

export const nock = (headers: (of: Readonly<Record<string, string>>) => unknown) => [
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

export const pairs = (headers: Readonly<Record<string, string | number>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

export const POLLY = {
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
