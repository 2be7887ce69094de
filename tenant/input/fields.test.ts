import { expect, test } from 'vitest';
import type { JsonObject, Schema } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { objectOfFields } from './fields.js';
import { parseMultipart } from './multipart.js';
import { parseQuery } from './query-string.js';

const INTEGER = { type: 'integer' };
const LIST = { type: 'array', items: INTEGER };
const MAP = { type: 'object', properties: { b: INTEGER }, additionalProperties: { type: 'boolean' } };
const OBJECTS = { type: 'array', items: MAP };

test.each<{ form: string; schema?: Schema; encoding?: JsonObject; want: object }>([
  { form: 'a=1', want: { a: 1 } },
  { form: 'a=x', want: { a: 'x' } },
  { form: 'a=1&a=2', schema: { properties: { a: LIST } }, want: { a: [1, 2] } },
  { form: 'a=1', schema: { properties: { a: LIST } }, want: { a: [1] } },
  { form: 'a=1,2', schema: { properties: { a: LIST } }, encoding: { a: { explode: false } }, want: { a: [1, 2] } },
  { form: 'a[]=1&a[]=2', schema: { properties: { a: LIST } }, want: { a: [1, 2] } },
  { form: 'a[0]=1&a[1]=2', schema: { properties: { a: LIST } }, want: { a: [1, 2] } },
  { form: 'a[b]=1&a[c]=true', schema: { properties: { a: MAP } }, want: { a: { b: 1, c: true } } },
  { form: 'a[0][b]=1&a[1][b]=2', schema: { properties: { a: OBJECTS } }, want: { a: [{ b: 1 }, { b: 2 }] } },
  { form: 'a={"b":1}', schema: { properties: { a: MAP } }, want: { a: { b: 1 } } },
  { form: 'a={', schema: { properties: { a: MAP } }, want: { a: '{' } },
  { form: 'a[b]=1', schema: { properties: { 'a[b]': INTEGER } }, want: { 'a[b]': 1 } },
  { form: 'x=1&x=2', want: { x: '2' } },
])('$form is $want', ({ form, schema = { properties: { a: INTEGER } }, encoding = {}, want }) => {
  const fields = parseQuery(encodeURI(form));
  expect(objectOfFields(school, schema, fields ?? new Map(), encoding)).toEqual(want);
});

test('names and values that are nested too deep stay as they are', () => {
  const deep = `a${'[b]'.repeat(5000)}`;
  const list = '['.repeat(5000) + ']'.repeat(5000);
  const fields = new Map([
    [deep, ['1']],
    ['m', [list]],
  ]);
  expect(objectOfFields(school, { properties: { m: MAP } }, fields, {})).toEqual({ [deep]: '1', m: list });
});

const part = (name: string, text: string, more = '') =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;

test('a multipart body has the texts of its parts by name', () => {
  const body = `${part('a', '1')}${part('a', 'two\r\nlines')}${part('file', 'bytes', '; filename="x.bin"')}--b--\r\n`;
  const fields = parseMultipart('multipart/form-data; boundary="b"', body);
  expect([...(fields ?? [])]).toEqual([
    ['a', ['1', 'two\r\nlines']],
    ['file', ['bytes']],
  ]);
  expect(parseMultipart('multipart/form-data; boundary=b', '--b--')).toEqual(new Map());
});

test.each([
  ['no boundary', 'multipart/form-data', `${part('a', '1')}--b--`],
  ['no end', 'multipart/form-data; boundary=b', part('a', '1')],
  ['a part without a name', 'multipart/form-data; boundary=b', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--'],
  ['another boundary', 'multipart/form-data; boundary=c', `${part('a', '1')}--b--`],
])('a multipart body with %s is malformed', (_, type, body) => {
  expect(parseMultipart(type, body)).toBeUndefined();
});
