import { expect, test } from 'vitest';
import type { Contract, JsonObject, Parameter, ParameterPlace, Schema } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { ParameterReader } from './parameters.js';
import { encodedValueOf, parseQuery } from './query-string.js';
import { Validators } from './validator.js';

const LIST = { type: 'array', items: { type: 'integer' } };
/** One text, or a list of words. */
const MIXED = { oneOf: [{ type: 'string' }, { type: 'array', items: { enum: ['all', 'some'] } }] };
const OBJECT = { type: 'object', properties: { from: { type: 'integer' }, to: { type: 'string' } } };

/** The value of parameter `p`, declared with these keywords. */
function read(
  place: ParameterPlace,
  schema: Schema,
  keywords: JsonObject,
  texts: ReadonlyMap<string, readonly string[]>,
  encoded?: string,
) {
  const contract: Contract = { ...school, standalone: (each) => each };
  const parameter = { name: 'p', in: place, required: false, schema, description: '', pointer: '/p', ...keywords };
  const reader = new ParameterReader(contract, new Validators(contract), {
    parameters: [parameter as unknown as Parameter],
    closed: true,
  });
  const parsed = reader.parse(texts, () => encoded);
  return 'errors' in parsed ? parsed.errors.map(({ keyword }) => keyword) : parsed.values.p;
}

test.each<{ query: string; schema?: Schema; keywords?: JsonObject; want: unknown }>([
  { query: 'p=1&p=2', want: [1, 2] },
  { query: 'p=1,2', keywords: { explode: false }, want: [1, 2] },
  { query: 'p=1|2', keywords: { style: 'pipeDelimited', explode: false }, want: [1, 2] },
  { query: 'p=1%202', keywords: { style: 'spaceDelimited', explode: false }, want: [1, 2] },
  { query: 'p[from]=1&p[to]=x', schema: OBJECT, keywords: { style: 'deepObject' }, want: { from: 1, to: 'x' } },
  {
    query: 'p[flags]=1&p[flags]=2&p[in][deep]=x',
    schema: { type: 'object', properties: { flags: LIST, in: { type: 'object', properties: { deep: {} } } } },
    keywords: { style: 'deepObject' },
    want: { flags: [1, 2], in: { deep: 'x' } },
  },
  { query: 'p=%7B%22from%22:1%7D', schema: { type: 'array', items: OBJECT }, want: [{ from: 1 }] },
  { query: '', schema: OBJECT, keywords: { style: 'deepObject', required: true }, want: undefined },
  { query: 'p=x', schema: { anyOf: [{ type: 'string' }, OBJECT] }, want: 'x' },
  { query: 'from=1', schema: { anyOf: [{ type: 'string' }, OBJECT] }, want: { from: 1 } },
  { query: 'p=x', schema: MIXED, want: 'x' },
  { query: 'p=x', schema: MIXED, keywords: { explode: false }, want: 'x' },
  { query: 'p=x,y', schema: MIXED, keywords: { explode: false }, want: 'x,y' },
  { query: 'p=all,some', schema: MIXED, keywords: { explode: false }, want: ['all', 'some'] },
  { query: 'p=all&p=x', schema: MIXED, want: ['type', 'enum', 'oneOf'] },
  { query: 'from=1', schema: { allOf: [OBJECT] }, want: { from: 1 } },
  { query: 'q[from]=1', schema: OBJECT, keywords: { style: 'deepObject' }, want: ['additionalProperties'] },
  { query: 'from=1&to=x', schema: OBJECT, want: { from: 1, to: 'x' } },
  { query: 'q[from]=1&r=2', schema: { type: 'object' }, want: { 'q[from]': '1', r: '2' } },
  { query: 'r=2', schema: { type: 'object', additionalProperties: { type: 'integer' } }, want: { r: 2 } },
  { query: 'r=2', schema: OBJECT, want: ['additionalProperties'] },
  { query: 'p=from,1,to,x', schema: OBJECT, keywords: { explode: false }, want: { from: 1, to: 'x' } },
  {
    query: 'p=%7B%22from%22:1%7D',
    schema: OBJECT,
    keywords: { json: true },
    want: { from: 1 },
  },
  { query: 'p=null', schema: { oneOf: [OBJECT, { type: 'null' }] }, keywords: { json: true }, want: null },
  { query: 'p=%7B', schema: OBJECT, keywords: { json: true }, want: ['type'] },
  { query: 'p=x', want: ['type'] },
])('$query with $keywords', ({ query, schema = LIST, keywords = {}, want }) => {
  expect(read('query', schema, keywords, parseQuery(query) ?? new Map())).toEqual(want);
});

const WORDS = { type: 'array', items: { type: 'string' } };

test.each<{ encoded: string; schema?: Schema; keywords?: JsonObject; want: unknown }>([
  { encoded: 'a%2Cb,c', want: ['a,b', 'c'] },
  { encoded: 'a%2Cb%2Cc', want: ['a', 'b', 'c'] },
  { encoded: 'a+%2B,b', want: ['a +', 'b'] },
  { encoded: 'a%20b', keywords: { style: 'spaceDelimited' }, want: ['a', 'b'] },
  { encoded: 'from,1,to,x%2Cy', schema: OBJECT, want: { from: 1, to: 'x,y' } },
])('an encoded separator in $encoded in a query', ({ encoded, schema = WORDS, keywords = {}, want }) => {
  const query = `p=${encoded}`;
  const texts = parseQuery(query) ?? new Map();
  const style = { explode: false, ...keywords };
  expect(read('query', schema, style, texts, encodedValueOf(query, 'p'))).toEqual(want);
});

test.each<{ encoded: string; schema?: Schema; keywords?: JsonObject; want: unknown }>([
  { encoded: 'a%2Cb,c', want: ['a,b', 'c'] },
  { encoded: '.a%2Cb,c', keywords: { style: 'label' }, want: ['a,b', 'c'] },
  { encoded: ';p=a%3Bp%3Db;p=c', keywords: { style: 'matrix', explode: true }, want: ['a;p=b', 'c'] },
  { encoded: 'k%3D1=v,m%2Cn=w', schema: OBJECT, keywords: { explode: true }, want: { 'k=1': 'v', 'm,n': 'w' } },
  { encoded: 'from%3D1%2Cto%3Dx', schema: OBJECT, keywords: { explode: true }, want: { from: 1, to: 'x' } },
])('an encoded separator in $encoded in a path', ({ encoded, schema = WORDS, keywords = {}, want }) => {
  const texts = new Map([['p', [decodeURIComponent(encoded)]]]);
  expect(read('path', schema, keywords, texts, encoded)).toEqual(want);
});

test.each<{ text: string; schema?: Schema; keywords?: JsonObject; want: unknown }>([
  { text: '1,2', want: [1, 2] },
  { text: '1', schema: { type: 'integer' }, want: 1 },
  { text: '.1,2', keywords: { style: 'label' }, want: [1, 2] },
  { text: '.1.2', keywords: { style: 'label', explode: true }, want: [1, 2] },
  { text: '.blue', schema: { type: 'string' }, keywords: { style: 'label' }, want: 'blue' },
  { text: ';p=1,2', keywords: { style: 'matrix' }, want: [1, 2] },
  { text: ';p=1;p=2', keywords: { style: 'matrix', explode: true }, want: [1, 2] },
  { text: 'from,1,to,x', schema: OBJECT, want: { from: 1, to: 'x' } },
  { text: 'from=1,to=x', schema: OBJECT, keywords: { explode: true }, want: { from: 1, to: 'x' } },
  {
    text: '.from=1.to=x',
    schema: OBJECT,
    keywords: { style: 'label', explode: true },
    want: { from: 1, to: 'x' },
  },
  {
    text: ';from=1;to=x',
    schema: OBJECT,
    keywords: { style: 'matrix', explode: true },
    want: { from: 1, to: 'x' },
  },
  { text: ';p=from,1,to,x', schema: OBJECT, keywords: { style: 'matrix' }, want: { from: 1, to: 'x' } },
  { text: ';p', schema: { type: 'string' }, keywords: { style: 'matrix' }, want: '' },
])('$text in a path with $keywords', ({ text, schema = LIST, keywords = {}, want }) => {
  expect(read('path', schema, keywords, new Map([['p', [text]]]))).toEqual(want);
});

test.each<{ place: ParameterPlace; text: string; schema?: Schema; keywords?: JsonObject; want: unknown }>([
  { place: 'header', text: '1,2', want: [1, 2] },
  { place: 'header', text: '1,2', keywords: { explode: true }, want: [1, 2] },
  { place: 'cookie', text: '1,2', want: [1, 2] },
  { place: 'header', text: 'from=1,to=x', schema: OBJECT, keywords: { explode: true }, want: { from: 1, to: 'x' } },
  { place: 'header', text: '', schema: OBJECT, want: {} },
  { place: 'query', text: '', schema: OBJECT, keywords: { explode: false }, want: {} },
])('$text in a $place with $keywords', ({ place, text, schema = LIST, keywords = {}, want }) => {
  expect(read(place, schema, keywords, new Map([['p', [text]]]))).toEqual(want);
});
