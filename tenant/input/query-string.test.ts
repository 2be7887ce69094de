import { expect, test } from 'vitest';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { parseQuery } from './query-string.js';

test.each([
  { query: '', want: {} },
  { query: 'a=1', want: { a: ['1'] } },
  { query: 'a=1&b=2&a=3', want: { a: ['1', '3'], b: ['2'] } },
  { query: 'a', want: { a: [''] } },
  { query: 'a=', want: { a: [''] } },
  { query: '=1', want: { '': ['1'] } },
  { query: 'a=b=c', want: { a: ['b=c'] } },
  { query: '&&a=1&', want: { a: ['1'] } },
  { query: 'a=1+2%2B3', want: { a: ['1 2+3'] } },
  { query: 'a+b=1', want: { 'a b': ['1'] } },
  { query: '%61=%C3%A9', want: { a: ['é'] } },
  { query: 'a=%', want: undefined },
  { query: '%=a', want: undefined },
  { query: 'a=%ff', want: undefined },
])('"$query"', ({ query, want }) => {
  const parsed = parseQuery(query);
  expect(parsed === undefined ? undefined : Object.fromEntries(parsed)).toEqual(want);
});

test.each([
  { text: 'a', want: 'a' },
  { text: 'a+b', want: 'a+b' },
  { text: 'a%2Fb', want: 'a/b' },
  { text: '%zz', want: undefined },
])('the segment "$text"', ({ text, want }) => {
  expect(decodeSegment(text)).toBe(want);
});
