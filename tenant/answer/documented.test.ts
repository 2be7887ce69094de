import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { loadContract } from '../../contract/load/load.js';
import { readContract } from '../../contract/read/read.js';
import { MAX_BODY } from '../exchange.js';
import { createTenant } from '../tenant.js';

const JSON_TEXT = 'application/json; charset=utf-8';

/** The answer to `GET /x`, or to another request, of a document with these responses. */
async function answerTo(
  responses: JsonObject,
  { headers = {}, query = '' }: { headers?: Record<string, string>; query?: string } = {},
) {
  const parameters = [{ name: 'n', in: 'query', schema: { type: 'integer' } }];
  const tenant = await tenantOf({ get: { operationId: 'x', parameters, responses } });
  const answer = await tenant.handle({ method: 'GET', path: '/x', query, headers, body: '' });
  return [answer.status, answer.headers['content-type'], answer.body, answer.headers] as const;
}

/** A tenant of a document with these operations of `/x`. */
async function tenantOf(operations: JsonObject) {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/x': operations } };
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-documented-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  const { contract } = await loadContract(file);
  rmSync(folder, { recursive: true });
  return createTenant(contract, { seed: 1 });
}

const ok = (content: JsonObject, more: JsonObject = {}) => ({ '200': { description: 'ok', content, ...more } });
const json = (schema: JsonObject, more: JsonObject = {}) => ok({ 'application/json': { schema, ...more } });
const REQUIRED = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, note: { type: 'string' } },
};

test.each<[string, JsonObject, readonly unknown[]]>([
  ['a value that fits the schema', json(REQUIRED), [200, JSON_TEXT, '{"id":1}']],
  ['the example', json(REQUIRED, { example: { id: 7 } }), [200, JSON_TEXT, '{"id":7}']],
  ['no example that does not fit', json(REQUIRED, { example: {} }), [200, JSON_TEXT, '{"id":1}']],
  ['a success without a body', { '204': { description: 'none' } }, [204, undefined, '']],
  ['a range', { '2XX': { description: 'ok' }, '4XX': { description: 'no' } }, [200, undefined, '']],
  [
    'the default',
    { default: { description: 'any', content: { 'text/plain': {} } } },
    [200, 'text/plain; charset=utf-8', 'value'],
  ],
  [
    'a success rather than the default',
    { default: { description: 'any' }, '202': { description: 'later' } },
    [202, undefined, ''],
  ],
  [
    'a redirect rather than the default',
    { default: { description: 'any' }, '303': { description: 'there' } },
    [303, undefined, ''],
  ],
  ['text', ok({ 'text/csv': { schema: { type: 'string', example: 'a,b' } } }), [200, 'text/csv; charset=utf-8', 'a,b']],
  [
    'bytes',
    ok({ 'application/octet-stream': { schema: { type: 'string' } } }),
    [200, 'application/octet-stream', 'value'],
  ],
  [
    'an event',
    ok({ 'text/event-stream': { schema: { type: 'string' } } }),
    [200, 'text/event-stream; charset=utf-8', 'data: value\n\n'],
  ],
  [
    'an event of a stream',
    ok({
      'text/event-stream': { itemSchema: { type: 'object', required: ['data'], properties: { data: { const: 'x' } } } },
    }),
    [200, 'text/event-stream; charset=utf-8', 'data: x\n\n'],
  ],
  [
    'an item of a stream',
    ok({ 'application/jsonl': { itemSchema: REQUIRED } }),
    [200, 'application/jsonl', '{"id":1}\n'],
  ],
  [
    'XML',
    ok({ 'application/xml': { schema: { ...REQUIRED, xml: { name: 'thing' } } } }),
    [200, 'application/xml', '<?xml version="1.0" encoding="UTF-8"?><thing><id>1</id></thing>'],
  ],
  [
    'a list of parts',
    ok({ 'multipart/mixed': { schema: { type: 'array', minItems: 1, items: REQUIRED } } }),
    [
      200,
      'multipart/mixed; boundary=rolecall-part',
      '--rolecall-part\r\nContent-Type: application/json\r\n\r\n{"id":1}\r\n--rolecall-part--\r\n',
    ],
  ],
  ['a line of JSON', ok({ 'application/jsonl': { schema: REQUIRED } }), [200, 'application/jsonl', '{"id":1}\n']],
  [
    'JSON of a vendor',
    ok({ 'application/vnd.x+json': { schema: REQUIRED } }),
    [200, 'application/vnd.x+json; charset=utf-8', '{"id":1}'],
  ],
  ['a range of successes', { '2xx': { description: 'ok' }, '400': { description: 'no' } }, [200, undefined, '']],
  ['a redirect', { '307': { description: 'there' }, '400': { description: 'no' } }, [307, undefined, '']],
  ['the first of all', { '404': { description: 'no' }, '500': { description: 'no' } }, [404, undefined, '']],
  ['a range of errors', { '5XX': { description: 'no' } }, [500, undefined, '']],
  ['a success after an error', { '404': { description: 'no' }, '206': { description: 'ok' } }, [206, undefined, '']],
  ['nothing', {}, [200, undefined, '']],
  ['a type that cannot be sent', ok({ 'text/\u6f22': { schema: { type: 'string' } } }), [200, undefined, '']],
  [
    'an example of a stream',
    ok({ 'application/jsonl': { itemSchema: REQUIRED, schema: {}, example: { id: 9 } } }),
    [200, 'application/jsonl', '{"id":9}\n'],
  ],
  [
    'JSON rather than the type before it',
    ok({ 'text/plain': { schema: { type: 'string' } }, 'application/json': { schema: REQUIRED } }),
    [200, JSON_TEXT, '{"id":1}'],
  ],
  ['JSON for any type', ok({ '*/*': { schema: REQUIRED } }), [200, JSON_TEXT, '{"id":1}']],
])('answers %s', async (_, responses, want) => {
  expect((await answerTo(responses)).slice(0, 3)).toEqual(want);
});

test('the caller chooses among media types', async () => {
  const responses = ok({ 'text/csv': { schema: { type: 'string' } }, 'application/json': { schema: REQUIRED } });
  const type = async (accept: string) => (await answerTo(responses, { headers: { accept } }))[1];
  expect(await type('text/csv')).toBe('text/csv; charset=utf-8');
  expect(await type('image/png, text/*;q=0.5')).toBe('text/csv; charset=utf-8');
  expect(await type('*/*')).toBe(JSON_TEXT);
  expect(await type('image/png')).toBe(JSON_TEXT);
  expect(await type('')).toBe(JSON_TEXT);
  expect(await type('*/*, text/csv')).toBe('text/csv; charset=utf-8');
  expect(await type(' TEXT/CSV ; q=1')).toBe('text/csv; charset=utf-8');
});

test('a redirect leads somewhere, and required headers are there', async () => {
  const headers = {
    Location: { schema: { type: 'string', format: 'uri' } },
    'X-Left': { required: true, schema: { type: 'integer' } },
    'X-Other': { schema: { type: 'string' } },
  };
  const document = { '302': { description: 'there', headers } };
  expect(await answerTo(document)).toEqual([302, undefined, '', { location: 'https://example.com/', 'x-left': '1' }]);
});

const message = (status: string, schema: JsonObject, type = 'application/json') => ({
  '204': { description: 'ok' },
  [status]: { description: 'wrong', content: { [type]: { schema } } },
});
const invalid = { query: 'n=x' };
const reason = "'Expected type integer but found type string' on property n.";

test.each<[string, JsonObject, readonly unknown[]]>([
  [
    '422 with its own property',
    message('422', { type: 'object', properties: { detail: { type: 'string' } } }),
    [422, JSON_TEXT, JSON.stringify({ detail: reason })],
  ],
  [
    'a problem document',
    message(
      '4XX',
      { type: 'object', required: ['title'], properties: { title: { type: 'string' }, status: { type: 'integer' } } },
      'application/problem+json',
    ),
    [400, 'application/problem+json; charset=utf-8', JSON.stringify({ title: reason, status: 400 })],
  ],
  [
    'a message inside an object',
    message('400', {
      type: 'object',
      required: ['error'],
      properties: {
        error: { type: 'object', properties: { code: { type: 'integer' }, message: { type: 'string' } } },
      },
    }),
    [400, JSON_TEXT, JSON.stringify({ error: { message: reason, code: 400 } })],
  ],
  [
    'a message inside a list of objects',
    message('400', {
      type: 'object',
      properties: { errors: { type: 'array', items: { type: 'object', properties: { message: { type: 'string' } } } } },
    }),
    [400, JSON_TEXT, JSON.stringify({ errors: [{ message: reason }] })],
  ],
  [
    'HTML',
    {
      '204': { description: 'ok' },
      '400': { description: 'wrong', content: { 'text/html': { schema: { type: 'string' } } } },
    },
    [400, 'text/html; charset=utf-8', reason],
  ],
  [
    'a list of errors',
    message('400', { type: 'array', minItems: 1, items: { type: 'string' } }),
    [400, JSON_TEXT, '["value"]'],
  ],
  [
    'the usual status rather than a range',
    {
      ...message('422', { type: 'object', properties: { title: { type: 'string' } } }),
      default: { description: 'any', content: { 'application/json': { schema: {} } } },
    },
    [422, JSON_TEXT, JSON.stringify({ title: reason })],
  ],
  [
    'the likeliest property of several',
    message('400', {
      type: 'object',
      properties: { error: { type: 'string' }, message: { type: 'string' }, code: { type: 'integer' } },
    }),
    [400, JSON_TEXT, JSON.stringify({ message: reason, code: 400 })],
  ],
  [
    'a property that the message fits',
    message('400', { type: 'object', properties: { message: { type: 'integer' }, detail: { type: 'string' } } }),
    [400, JSON_TEXT, JSON.stringify({ detail: reason })],
  ],
  [
    'nothing of what it does not speak of',
    message('400', { type: 'object', required: ['x'], properties: { x: { const: 1 } } }),
    [400, JSON_TEXT, JSON.stringify({ x: 1 })],
  ],
  [
    'a status where there is no place for a message',
    message('400', { type: 'object', properties: { statusCode: { type: 'integer' } } }),
    [400, JSON_TEXT, JSON.stringify({ statusCode: 400 })],
  ],
  ...['err', 'fault', 'detail', 'details', 'data', 'meta'].map((holder): [string, JsonObject, readonly unknown[]] => [
    `a message inside of ${holder}`,
    message('400', {
      type: 'object',
      properties: { [holder]: { type: 'object', properties: { reason: { type: 'string' } } } },
    }),
    [400, JSON_TEXT, JSON.stringify({ [holder]: { reason } })],
  ]),
  [
    'a text that the message does not fit',
    message('400', { type: 'string', maxLength: 3 }, 'text/plain'),
    [400, 'text/plain; charset=utf-8', expect.stringMatching(/^.{0,3}$/)],
  ],
  ['no body', { '204': { description: 'ok' }, '400': { description: 'wrong' } }, [400, undefined, '']],
  [
    'the default',
    message('default', {
      type: 'object',
      properties: { error: { type: 'object', properties: { code: { type: 'string' } } }, code: { type: 'integer' } },
    }),
    [400, JSON_TEXT, JSON.stringify({ code: 400 })],
  ],
])('refuses as documented: %s', async (_, responses, want) => {
  expect((await answerTo(responses, invalid)).slice(0, 3)).toEqual(want);
});

test('a refusal has the required headers', async () => {
  const headers = { 'X-Id': { required: true, schema: { type: 'string' } }, Location: { schema: { type: 'string' } } };
  const document = { '204': { description: 'ok' }, '400': { description: 'wrong', headers } };
  expect(await answerTo(document, invalid)).toEqual([400, undefined, '', { 'x-id': 'x-id' }]);
});

test('refuses in the usual shape where nothing is documented', async () => {
  const [status, , body] = await answerTo({ '204': { description: 'ok' } }, invalid);
  expect([status, JSON.parse(body)]).toEqual([400, { statusCode: 400, error: 'Bad Request', message: reason }]);
});

test('headers of the message itself, and what cannot be sent, are left out', async () => {
  const required = (schema: JsonObject) => ({ required: true, schema });
  const headers = {
    'Content-Length': required({ type: 'integer', example: 100 }),
    'Content-Encoding': required({ type: 'string', example: 'gzip' }),
    'X Odd': required({ type: 'string' }),
    'X-Wide': required({ type: 'string', example: '\u6f22' }),
    'X-Fine': required({ type: 'string', example: 'caf\u00e9' }),
  };
  const [, , , sent] = await answerTo({ '204': { description: 'ok', headers } });
  expect(sent).toEqual({ 'x-fine': 'caf\u00e9' });
});

test.each(['101', '429'])('a lone %s is not what a request is answered with', async (status) => {
  expect((await answerTo({ [status]: { description: 'later' } })).slice(0, 3)).toEqual([200, undefined, '']);
});

test('a body that is too long is refused in the default error of the document', async () => {
  const error = { type: 'object', required: ['code'], properties: { code: { type: 'integer' } } };
  const responses = { default: { description: 'any', content: { 'application/problem+json': { schema: error } } } };
  const tenant = await tenantOf({ post: { requestBody: { content: { 'text/plain': {} } }, responses } });
  const headers = { 'content-type': 'text/plain' };
  const request = new Request(`${tenant.url}/x`, { method: 'POST', body: 'x'.repeat(MAX_BODY + 1), headers });
  const answer = await tenant.fetch(request);
  expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
    413,
    'application/problem+json; charset=utf-8',
    { code: 413 },
  ]);
});

test.each([
  ['123', 404],
  ['x', 404],
])('a path that fits no schema names nothing: %s', async (id, want) => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 9 } }];
  const error = { type: 'object', properties: { message: { type: 'string' } } };
  const content = { 'application/json': { schema: error } };
  const responses = { '204': { description: 'ok' }, '404': { description: 'none', content } };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/x/{id}': { get: { operationId: 'x', parameters, responses } } },
  });
  const tenant = await createTenant(contract, { stateless: true });
  const answer = await tenant.handle({ method: 'GET', path: `/x/${id}`, query: '', headers: {}, body: '' });
  expect(answer.status).toBe(want);
});
