import { expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { requestWithBody } from './write-request.js';

const JSON_TYPE = 'application/json';
const PATCH = 'application/merge-patch+json';

test.each<[string, readonly string[], string | undefined, Json, string, string]>([
  ['the recorded type', [JSON_TYPE, PATCH], PATCH, { a: 1 }, PATCH, '{"a":1}'],
  ['JSON instead of a type that the operation does not take', [JSON_TYPE], 'text/plain', 'a', JSON_TYPE, '"a"'],
  ['JSON instead of a type that was not recorded', [PATCH, JSON_TYPE], undefined, [1], JSON_TYPE, '[1]'],
  ['the only kind of JSON', ['text/json'], undefined, { a: 1 }, 'text/json', '{"a":1}'],
  ['JSON where any type is taken', ['*/*'], undefined, { a: 1 }, JSON_TYPE, '{"a":1}'],
  ['a text as it is', ['text/*'], 'text/csv', 'a,b', 'text/csv', 'a,b'],
  ['XML as it is', ['application/xml'], 'application/xml', '<a/>', 'application/xml', '<a/>'],
  ['JSON instead of parts that are none', ['multipart/form-data'], 'multipart/form-data', 'a', JSON_TYPE, '"a"'],
  [
    'the fields of a form in parts',
    ['multipart/form-data'],
    'multipart/form-data',
    { a: 'b' },
    'multipart/form-data; boundary=rolecall-part',
    '--rolecall-part\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--rolecall-part--\r\n',
  ],
])('%s', (_, types, recorded, body, type, text) => {
  const content = Object.fromEntries(types.map((each) => [each, { schema: {} }]));
  const post = { operationId: 'post', requestBody: { content }, responses: { '204': { description: 'ok' } } };
  const { operations } = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/things': { post } },
  });
  const [operation] = operations;
  if (operation === undefined) throw new Error('no operation');
  expect(requestWithBody(operation, '/things', body, recorded)).toMatchObject({
    headers: { 'content-type': type },
    body: text,
  });
});
