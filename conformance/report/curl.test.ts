// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables

import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { clubs } from '../../contract/derive/test-support/clubs.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { Finding } from '../finding/finding.js';
import { buildRequest, noValues, type RequestValues } from '../target/request.js';
import { curlFor } from './curl.js';

const FINDING = {
  check: 'documented-success',
  family: 'status-and-shape',
  operations: [],
  foundAt: '',
  fingerprint: 'x',
  code: 'WRONG_STATUS',
  severity: 'failed',
  evidence: { grade: 'documented', source: 'test' },
  cause: '',
  expected: '',
  actual: '',
  setup: [],
  before: [],
  after: [],
} as const;

it.each([
  ['application/json', 'curl -si -X GET "http://h/x"'],
  ['text/csv', 'curl -si -X GET "http://h/x" -H "accept: application/json"'],
])('names what it accepts where an answer is not JSON: %s', (other, want) => {
  const content = { 'application/json': { schema: {} }, [other]: { schema: {} } };
  const paths = { '/x': { get: { responses: { '200': { description: 'ok', content } } } } };
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const response = { status: 406, headers: {}, text: '' };
  const exchange = { request: buildRequest(operation, noValues), response, durationMs: 1 };
  const finding: Finding = { ...FINDING, operations: [operation.id], foundAt: operation.id, exchange };
  expect(curlFor(finding, { contract, url: 'http://h', redact: (text) => text })).toBe(want);
});

const one = { type: 'integer' };
const author = { type: 'object', properties: { id: one } };
const names = '\\"name\\":\\"at 1\\"';

it.each<{ properties: JsonObject; body: JsonObject; sent: string }>([
  { properties: { author_id: one }, body: { author_id: 1 }, sent: '{\\"author_id\\":${AUTHOR_1}}' },
  {
    // Another id may be the same number.
    properties: { at: author, author },
    body: { at: { id: 1 }, author: { id: 1 } },
    sent: '{\\"at\\":{\\"id\\":1},\\"author\\":{\\"id\\":${AUTHOR_1}}}',
  },
  {
    properties: { authors: { type: 'array', items: author } },
    body: { authors: [{ id: 1 }] },
    sent: '{\\"authors\\":[{\\"id\\":${AUTHOR_1}}]}',
  },
])('tells numbers of several resources apart: $sent', ({ properties: given, body, sent }) => {
  const collection = (name: string, properties: JsonObject): JsonObject => {
    const shown = { type: 'object', properties: { id: { type: 'integer' }, ...properties } };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
    return {
      [`/${name}s`]: {
        post: {
          operationId: `${name}.create`,
          requestBody: json({ type: 'object', properties }),
          responses: { '201': { description: 'ok', ...json(shown) } },
        },
      },
      [`/${name}s/{id}`]: {
        parameters,
        get: { operationId: `${name}.read`, responses: { '200': { description: 'ok', ...json(shown) } } },
        delete: { operationId: `${name}.delete`, responses: { '204': { description: 'ok' } } },
      },
    };
  };
  const paths = {
    ...collection('author', { name: { type: 'string' } }),
    ...collection('book', given),
  };
  const { contract } = withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const exchangeOf = (id: string, values: Partial<RequestValues>, json?: Json) => {
    const operation = contract.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error('no operation');
    const response = { status: 200, headers: {}, text: '', ...(json === undefined ? {} : { json }) };
    return { request: buildRequest(operation, { ...noValues, ...values }), response, durationMs: 1 };
  };
  const finding: Finding = {
    ...FINDING,
    exchange: exchangeOf('book.read', { path: { id: 1 } }),
    setup: [
      exchangeOf('author.create', { body: { name: 'at 1' } }, { id: 1, name: 'at 1' }),
      exchangeOf('book.create', { body }, { id: 1, ...body }),
    ],
  };
  const lines = curlFor(finding, { contract, url: 'http://h', redact: (text) => text }).split('\n');
  expect(lines.map((line) => line.replace(/ -H "[^"]*"/g, ''))).toEqual([
    `AUTHOR_1=$(curl -s -X POST "http://h/authors" --data-raw "{${names}}" | jq -r .id)`,
    `BOOK_2=$(curl -s -X POST "http://h/books" --data-raw "${sent}" | jq -r .id)`,
    'curl -si -X GET "http://h/books/${BOOK_2}"',
    'curl -so /dev/null -X DELETE "http://h/books/${BOOK_2}"',
    'curl -so /dev/null -X DELETE "http://h/authors/${AUTHOR_1}"',
  ]);
});

it.each([
  [
    'the Location names',
    '/boats/7b',
    {},
    'BOAT_1=$(curl -si -X POST "http://h/boats" --data-raw "{}" | SED)',
    '${BOAT_1}',
  ],
  [
    'the request names',
    '/boats/7a',
    { id: '7a' },
    'curl -so /dev/null -X POST "http://h/boats" --data-raw "{\\"id\\":\\"7a\\"}"',
    '7a',
  ],
])('removes what it creates where %s it', (_, location, body, created, named) => {
  const schema = json({ type: 'object', properties: { id: { type: 'string' } } });
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const done = { '204': { description: 'ok' } };
  const { contract } = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/boats': {
          post: { operationId: 'create', requestBody: schema, responses: { '201': { description: 'ok' } } },
        },
        '/boats/{id}': {
          parameters,
          get: { operationId: 'read', responses: { '200': { description: 'ok', ...schema } } },
          delete: { operationId: 'remove', responses: done },
        },
      },
    }),
  );
  const requestOf = (id: string, values: Partial<RequestValues>) => {
    const operation = contract.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error('no operation');
    return buildRequest(operation, { ...noValues, ...values });
  };
  const answer = (status: number, headers = {}) => ({ response: { status, headers, text: '' }, durationMs: 1 });
  const id = location.split('/').at(-1) ?? '';
  const create = { request: requestOf('create', { body }), ...answer(201, { location }) };
  const read = { request: requestOf('read', { path: { id } }), ...answer(500) };
  // Before the finding, or what it shows.
  for (const steps of [
    { setup: [create], exchange: read },
    { before: [create], exchange: read },
    { exchange: create, after: [read] },
  ]) {
    const lines = curlFor({ ...FINDING, ...steps }, { contract, url: 'http://h', redact: (text) => text }).split('\n');
    expect(lines.map((line) => line.replace(/ -H "[^"]*"/g, '').replace(/sed .*'/, 'SED'))).toEqual([
      created,
      `curl -si -X GET "http://h/boats/${named}"`,
      `curl -so /dev/null -X DELETE "http://h/boats/${named}"`,
    ]);
  }
});

it.each([
  [
    true,
    '"http://h/x" -H "x-api-key: ${TOKEN}" -H "x-home: \\$HOME" --data-raw "{\\"secret\\":\\"${CLIENT_SECRET}\\"}"',
  ],
  [
    false,
    '"http://h/x" -H "x-api-key: \\$TOKEN" -H "x-home: \\$HOME" --data-raw "{\\"secret\\":\\"\\$CLIENT_SECRET\\"}"',
  ],
])('what stands for a secret is expanded where the exchange was masked: %s', (isMasked, want) => {
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} });
  const headers = { 'x-api-key': '$TOKEN', 'x-home': '$HOME' };
  const body = '{"secret":"$CLIENT_SECRET"}';
  const exchange = {
    request: { method: 'POST' as const, path: '/x', headers, body },
    response: { status: 500, headers: {}, text: '' },
    durationMs: 1,
  };
  const options = { contract, url: 'http://h', redact: (text: string) => text, isMasked };
  expect(curlFor({ ...FINDING, exchange }, options)).toBe(`curl -si -X POST ${want}`);
});

it.each([
  ['with its headers alone', 405, '--head'],
  ['with what follows them, which made it unreadable', 0, '-X HEAD --max-time 5'],
])('shows an answer to HEAD %s', (_, status, want) => {
  const contract = readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} });
  const request = { method: 'HEAD' as const, path: '/x', headers: {} };
  const exchange = { request, response: { status, headers: {}, text: '' }, durationMs: 1 };
  const options = { contract, url: 'http://h', redact: (text: string) => text };
  expect(curlFor({ ...FINDING, exchange }, options)).toBe(`curl -si ${want} "http://h/x"`);
});

it.each([
  ['a user and a password', 'Bearer ada:s3cret', '-u "$TOKEN" -X DELETE "http://h/clubs/${CLUB_1}"'],
  ['a token', 'Bearer t.t.t', '-X DELETE "http://h/clubs/${CLUB_1}" -H "authorization: Bearer $TOKEN"'],
])('removes what was created with %s with the same', (_, authorization, want) => {
  const securitySchemes = { bearer: { type: 'http', scheme: 'bearer' }, basic: { type: 'http', scheme: 'basic' } };
  const document = { ...clubs, components: { securitySchemes }, security: [{ bearer: [] }, { basic: [] }] };
  const { contract } = withDerivedState(readContract(document));
  const exchangeOf = (id: string, values: Partial<RequestValues>, shown: Json) => {
    const operation = contract.operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error('no operation');
    const response = { status: 201, headers: {}, text: JSON.stringify(shown), json: shown };
    return {
      request: buildRequest(operation, { ...noValues, ...values }),
      authorization,
      response,
      durationMs: 1,
    };
  };
  const setup = [exchangeOf('found', { body: { name: 'Chess' } }, { id: 'c1', name: 'Chess' })];
  const exchange = exchangeOf('read', { path: { id: 'c1' } }, {});
  const finding: Finding = { ...FINDING, operations: ['read'], foundAt: 'read', setup, exchange };
  const redact = (text: string) => text.replaceAll('ada:s3cret', '$TOKEN');
  const commands = curlFor(finding, { contract, url: 'http://h', redact }).split('\n');
  expect(commands.at(-1)).toBe(`curl -so /dev/null ${want}`);
});
