import { expect, test } from 'vitest';
import type { Encoding, Schema } from '../../contract/contract.js';
import { parseFormData, parseMultipart } from '../../contract/http/form-data.js';
import { school } from '../test-support/school.js';
import { listOfParts, objectOfFields, objectOfForm, objectOfParts } from './fields.js';
import { parseQuery } from './query-string.js';

const INTEGER = { type: 'integer' };
const LIST = { type: 'array', items: INTEGER };
const MAP = { type: 'object', properties: { b: INTEGER }, additionalProperties: { type: 'boolean' } };
const OBJECTS = { type: 'array', items: MAP };

test.each<{ form: string; schema?: Schema; encoding?: Record<string, Partial<Encoding>>; want: object }>([
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
  { form: 'a={"b":1}', schema: { properties: { a: { anyOf: [MAP, { type: 'null' }] } } }, want: { a: { b: 1 } } },
  { form: 'a=', schema: { properties: { a: { anyOf: [MAP, { type: 'null' }] } } }, want: { a: null } },
  { form: 'a={', schema: { properties: { a: MAP } }, want: { a: '{' } },
  { form: 'a[b]=1', schema: { properties: { 'a[b]': INTEGER } }, want: { 'a[b]': 1 } },
  { form: 'x=1&x=2', want: { x: '2' } },
  {
    form: 'a=1|2',
    schema: { properties: { a: LIST } },
    encoding: { a: { style: 'pipeDelimited', explode: false } },
    want: { a: [1, 2] },
  },
  {
    form: 'a=[1,2]',
    schema: { properties: { a: LIST } },
    encoding: { a: { contentType: 'application/json' } },
    want: { a: [1, 2] },
  },
  { form: 'a={"b":1}&a={"b":2}', schema: { properties: { a: OBJECTS } }, want: { a: [{ b: 1 }, { b: 2 }] } },
])('$form is $want', ({ form, schema = { properties: { a: INTEGER } }, encoding = {}, want }) => {
  const fields = parseQuery(encodeURI(form));
  const encodings = Object.fromEntries(
    Object.entries(encoding).map(([name, given]) => [name, { headers: [], ...given }]),
  );
  expect(objectOfFields(school, schema, fields ?? new Map(), encodings)).toEqual(want);
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
  const parts = parseFormData('multipart/form-data; boundary="b"', body);
  expect(parts?.map(({ name, text }) => [name, text])).toEqual([
    ['a', '1'],
    ['a', 'two\r\nlines'],
    ['file', 'bytes'],
  ]);
  expect(parseMultipart('multipart/form-data; boundary=b', '--b--')).toEqual([]);
});

test.each<[string, string, readonly [string, string][]]>([
  ['text that begins like the boundary', part('a', 'x\r\n--bc\r\ny'), [['a', 'x\r\n--bc\r\ny']]],
  ['a name without quotes', part('a', '1').replace('"a"', 'a'), [['a', '1']]],
  ['a name with quotes inside', part('a\\"b', '1'), [['a"b', '1']]],
  ['a filename before the name', part('a', '1').replace('name=', 'filename="n"; name='), [['a', '1']]],
  ['blanks after the boundary', part('a', '1').replace('--b', '--b \t'), [['a', '1']]],
  ['an empty part', part('a', ''), [['a', '']]],
])('a multipart body may have %s', (_, text, want) => {
  const parts = parseFormData('multipart/form-data; boundary=b', `${text}--b--`);
  expect(parts?.map(({ name, text: own }) => [name, own])).toEqual(want);
});

test('parts of JSON are values, parts of one name a list', () => {
  const schema = { properties: { meta: MAP, tags: LIST, list: LIST, n: INTEGER } };
  const json = (name: string, text: string) => ({
    name,
    text,
    headers: new Map([['content-type', 'application/json']]),
  });
  const plain = (name: string, text: string) => ({ name, text, headers: new Map() });
  const parts = [json('meta', '{"b":1}'), plain('tags', '1'), plain('tags', '2'), json('list', '[3]'), plain('n', '4')];
  expect(objectOfParts(school, schema, parts, {})).toEqual({ meta: { b: 1 }, tags: [1, 2], list: [3], n: 4 });
});

test.each([
  ['no boundary', 'multipart/form-data', `${part('a', '1')}--b--`],
  ['no end', 'multipart/form-data; boundary=b', part('a', '1')],
  ['a part without a name', 'multipart/form-data; boundary=b', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--'],
  ['another boundary', 'multipart/form-data; boundary=c', `${part('a', '1')}--b--`],
])('a multipart body with %s is malformed', (_, type, body) => {
  expect(parseFormData(type, body)).toBeUndefined();
});

test('parts without names are a list: by their types, else by those of the contract', () => {
  const part = (text: string, type = '') => `--b\r\n${type === '' ? '' : `Content-Type: ${type}\r\n`}\r\n${text}\r\n`;
  const body = `${part('{"b":1}')}${part('2', 'text/plain')}${part('3')}${part('[4]', 'application/json')}--b--`;
  const parts = parseMultipart('multipart/mixed; boundary=b', body) ?? [];
  const media = {
    type: 'multipart/mixed',
    schema: { type: 'array', prefixItems: [MAP, { type: 'string' }], items: INTEGER },
    parts: { prefix: [{ contentType: 'application/json', headers: [] }] },
  };
  expect(listOfParts(school, media, parts)).toEqual([{ b: 1 }, '2', 3, [4]]);
});

test('a percent-encoded comma belongs to an entry of a list in one text, if other commas are not encoded', () => {
  const schema = { properties: { a: { type: 'array', items: { type: 'string' } } } };
  const read = (form: string) => objectOfForm(school, schema, form, { a: { explode: false } as Encoding });
  expect(read('a=x%2C+y,z')).toEqual({ a: ['x, y', 'z'] });
  expect(read('a=x%2Cz')).toEqual({ a: ['x', 'z'] });
  expect(read('a=%')).toBeUndefined();
});

test('a list in one text may have as many entries as fit into a body', () => {
  const form = `a=${'1,'.repeat(500_000)}1`;
  const read = objectOfForm(school, { properties: { a: LIST } }, form, { a: { explode: false, headers: [] } });
  expect(read?.a).toHaveLength(500_001);
});

test.each([
  ['filename="a; name=b.txt"; name="real"', 'real'],
  ['filename="a\\"; name=\\"b.txt"; name=real', 'real'],
  ['name="a%22b"', 'a"b'],
  ['filename="name=a"', undefined],
])('the name of a part with %s', (parameters, want) => {
  const body = `--b\r\nContent-Disposition: form-data; ${parameters}\r\n\r\nx\r\n--b--\r\n`;
  expect(parseFormData('multipart/form-data; boundary=b', body)?.[0]?.name).toBe(want);
});
