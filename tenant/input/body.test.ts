import { expect, test } from 'vitest';
import type { RequestBody } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { BodyReader } from './body.js';
import { Validators } from './validator.js';

const validators = new Validators({ ...school, standalone: (schema) => schema });
const OBJECT = { type: 'object', properties: { a: { type: 'integer' } } };
const ANYTHING = {};

interface Given {
  readonly type?: string;
  readonly schema?: object;
  readonly required?: boolean;
  readonly content?: readonly object[];
}

function read(body: string, given: Given) {
  const { type, schema = OBJECT, required = true } = given;
  const {
    content = [
      { type: 'application/json', schema },
      { type: 'application/x-www-form-urlencoded', schema: ANYTHING },
    ],
  } = given;
  const requestBody = { required, content, pointer: '/none' } as unknown as RequestBody; // all that a reader uses
  const headers = type === undefined ? {} : { 'content-type': type };
  const parsed = new BodyReader(school, validators, requestBody).read({
    method: 'POST',
    path: '/',
    query: '',
    headers,
    body,
  });
  return 'errors' in parsed ? { errors: parsed.errors.map(({ keyword }) => keyword) } : parsed;
}

test.each([
  { name: 'an object', body: '{"a":1}', want: { value: { a: 1 } } },
  { name: 'a value that does not fit', body: '{"a":"x"}', want: { errors: ['type'] } },
  { name: 'null, if an object is required', body: 'null', want: { errors: ['type'] } },
  { name: 'null, if the body is optional', body: 'null', required: false, want: { errors: ['type'] } },
  { name: 'null, if anything fits', body: 'null', schema: ANYTHING, want: { value: null } },
  { name: 'no body, if it is required', body: '', want: { errors: ['type'] } },
  { name: 'no body, if it is optional', body: '', required: false, want: { value: undefined } },
  { name: 'no body, if null fits', body: '', schema: { type: 'null' }, want: { value: undefined } },
  { name: 'malformed JSON', body: '{', want: { unreadable: 'Invalid request payload format' } },
  { name: 'a list', body: '[]', want: { errors: ['type'] } },
  { name: 'a content type in upper case', body: '{}', type: 'APPLICATION/JSON; charset=utf-8', want: { value: {} } },
  { name: 'a form', body: 'a=1&a=2&b=', type: 'application/x-www-form-urlencoded', want: { value: { a: '2', b: '' } } },
  {
    name: 'a form whose schema is that of a text',
    body: 'a=1',
    content: [{ type: 'application/x-www-form-urlencoded', schema: { type: 'string', format: 'binary' } }],
    want: { value: { a: '1' } },
  },
  { name: 'an empty form', body: '', type: 'application/x-www-form-urlencoded', want: { value: {} } },
  {
    name: 'a required property that only answers have',
    body: '{}',
    schema: { type: 'object', required: ['a'], properties: { a: { readOnly: true } } },
    want: { value: {} },
  },
  {
    name: 'a malformed form',
    body: 'a=%zz',
    type: 'application/x-www-form-urlencoded',
    want: { unreadable: 'Invalid request payload format' },
  },
  {
    name: 'another content type',
    body: '{}',
    type: 'text/plain',
    want: { unreadable: 'Expected content type application/json or application/x-www-form-urlencoded' },
  },
  { name: 'a body whose types are not documented', body: '{}', type: 'text/plain', content: [], want: { value: '{}' } },
  { name: 'another content type without a body', body: '', type: 'text/plain', required: false, want: {} },
])('$name', ({ body, want, ...given }) => {
  expect(read(body, given)).toEqual(want);
});

test.each([
  { name: '64 levels', body: `${'['.repeat(64)}${']'.repeat(64)}`, want: undefined },
  { name: '65 levels', body: `${'['.repeat(65)}${']'.repeat(65)}`, want: 'Nested deeper than 64 levels' },
  { name: '65 levels of objects', body: '{"a":'.repeat(65), want: 'Nested deeper than 64 levels' },
  { name: 'brackets in a string', body: `["${'['.repeat(100)}"]`, want: undefined },
  { name: 'brackets after an escaped quote', body: `["\\"${'['.repeat(100)}"]`, want: undefined },
  {
    name: 'a string that ends with a backslash',
    body: `["\\\\"${',['.repeat(65)}`,
    want: 'Nested deeper than 64 levels',
  },
  { name: 'many lists side by side', body: `[${'[],'.repeat(200)}[]]`, want: undefined },
  { name: 'many objects side by side', body: `[${'{},'.repeat(200)}{}]`, want: undefined },
])('$name: nesting', ({ body, want }) => {
  const parsed = read(body, { schema: ANYTHING });
  expect('unreadable' in parsed ? parsed.unreadable : undefined).toBe(want);
});

test.each<[string, unknown]>([
  ['--x\r\n\r\n1\r\n--x\r\nContent-Type: application/json\r\n\r\n2\r\n--x--', { value: [1, 2] }],
  ['--x\r\n\r\na\r\n--x--', { errors: ['type'] }],
  ['--x\r\n\r\n1', { unreadable: 'Invalid request payload format' }],
])('a list of parts %j', (body, want) => {
  const content = [
    { type: 'multipart/mixed', schema: { type: 'array', items: { type: 'integer' } }, parts: { prefix: [] } },
  ];
  expect(read(body, { type: 'multipart/mixed; boundary=x', content })).toEqual(want);
});

test('a body of a type that the operation does not take is refused with those that it does', () => {
  expect(read('a', { type: 'text/plain' })).toEqual({
    unreadable: 'Expected content type application/json or application/x-www-form-urlencoded',
  });
  expect(read('a', { type: 'text/plain', content: [] })).toEqual({ value: 'a' });
});
