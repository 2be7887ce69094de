import { expect, test } from 'vitest';
import type { Json, Parameter } from '../../contract/contract.js';
import { encodedQueryPairs, pathText, queryPairs } from './parameter-text.js';

const parameter = (more: Partial<Parameter>) => ({ name: 'p', ...more }) as Parameter; // all that is used
const OBJECT = { a: 1, b: 'x y' };

test.each<{ more?: Partial<Parameter>; value: Json; want: string }>([
  { value: 'a/b|c', want: 'a%2Fb%7Cc' },
  { value: 7, want: '7' },
  { value: [1, 2], want: '1,2' },
  { value: OBJECT, want: 'a,1,b,x%20y' },
  { more: { explode: true }, value: OBJECT, want: 'a=1,b=x%20y' },
  { value: ['a,b', 'c'], want: 'a%2Cb,c' },
  { more: { style: 'label' }, value: 'blue', want: '.blue' },
  { more: { style: 'label', explode: true }, value: [1, 2], want: '.1.2' },
  { more: { style: 'matrix' }, value: [1, 2], want: ';p=1,2' },
  { more: { style: 'matrix', explode: true }, value: [1, 2], want: ';p=1;p=2' },
  { more: { style: 'matrix', explode: true }, value: OBJECT, want: ';a=1;b=x%20y' },
  { more: { style: 'label', explode: true }, value: OBJECT, want: '.a=1.b=x%20y' },
])('$value in a path with $more is $want', ({ more = {}, value, want }) => {
  expect(pathText(parameter(more), value)).toBe(want);
});

test.each<{ more?: Partial<Parameter>; value: Json; want: readonly (readonly [string, string])[] }>([
  { value: 'x', want: [['p', 'x']] },
  {
    value: [1, 2],
    want: [
      ['p', '1'],
      ['p', '2'],
    ],
  },
  { more: { explode: false }, value: [1, 2], want: [['p', '1,2']] },
  { more: { style: 'pipeDelimited', explode: false }, value: [1, 2], want: [['p', '1|2']] },
  { more: { style: 'spaceDelimited', explode: false }, value: [1, 2], want: [['p', '1 2']] },
  {
    value: OBJECT,
    want: [
      ['a', '1'],
      ['b', 'x y'],
    ],
  },
  {
    more: { style: 'deepObject', explode: true },
    value: OBJECT,
    want: [
      ['p[a]', '1'],
      ['p[b]', 'x y'],
    ],
  },
  { more: { explode: false }, value: OBJECT, want: [['p', 'a,1,b,x y']] },
  { more: { json: true }, value: OBJECT, want: [['p', '{"a":1,"b":"x y"}']] },
])('$value in a query with $more', ({ more = {}, value, want }) => {
  expect(queryPairs(parameter(more), 'p', value)).toEqual(want);
});

test.each<{ more: Partial<Parameter>; value: Json; want: readonly string[] }>([
  { more: {}, value: ['a,b', 'c d'], want: ['p=a%2Cb', 'p=c%20d'] },
  { more: { explode: false }, value: ['a,b', 'c d'], want: ['p=a%2Cb,c%20d'] },
  { more: { explode: false }, value: { 'a,b': '1,2' }, want: ['p=a%2Cb,1%2C2'] },
  { more: { style: 'pipeDelimited', explode: false }, value: [1, 2], want: ['p=1%7C2'] },
  { more: { style: 'spaceDelimited', explode: false }, value: [1, 2], want: ['p=1%202'] },
  { more: { style: 'deepObject' }, value: { a: 'x&y' }, want: ['p%5Ba%5D=x%26y'] },
])('$value percent-encoded in a query with $more', ({ more, value, want }) => {
  expect(encodedQueryPairs(parameter(more), 'p', value)).toEqual(want);
});

test('a value of no declared parameter has the default style', () => {
  expect(pathText(undefined, 'x')).toBe('x');
  expect(queryPairs(undefined, 'q', [1, 2])).toEqual([
    ['q', '1'],
    ['q', '2'],
  ]);
});
