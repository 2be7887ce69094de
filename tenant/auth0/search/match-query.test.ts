import { expect, test } from 'vitest';
import type { Json } from '../../../contract/contract.js';
import { type Indexed, matchesQuery, valuesAt } from './match-query.js';
import type { Query } from './parse-query.js';

/** An item with one field, whose case counts in `exact` only. */
function indexed(...values: readonly Json[]): Indexed {
  return { valuesOf: () => values, all: () => values, ignoresCase: (field) => field !== 'exact' };
}

test.each<[string, string, boolean]>([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'abc', true],
  ['**', 'abc', true],
  ['?', '', false],
  ['?', 'a', true],
  ['?', 'ab', false],
  ['a*', 'abc', true],
  ['a*', 'bac', false],
  ['*c', 'abc', true],
  ['*c', 'abcd', false],
  ['a*c', 'abcbc', true],
  ['a*bd', 'abcbcbd', true],
  ['a*b?d', 'abxbyd', true],
  ['a*b*', 'ab', true],
  ['a*?', 'a', false],
  ['abc', 'ab', false],
  ['A*', 'abc', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['a\\?b', 'a?b', true],
  ['a\\\\*', 'a\\b', true],
  ['*a*a*b', 'a'.repeat(50), false],
])('the pattern %s and "%s": %s', (value, text, want) => {
  expect(matchesQuery({ kind: 'pattern', field: 'f', value }, indexed(text))).toBe(want);
});

test('a pattern is about texts, and in some fields about their case', () => {
  const matches = (field: string | undefined, value: string, ...values: readonly Json[]) =>
    matchesQuery({ kind: 'pattern', field, value }, indexed(...values));
  expect(matches('f', '1*', 12, true, null)).toBe(false);
  expect(matches('f', '1*', 12, '12')).toBe(true);
  expect(matches('exact', 'a*', 'Ab')).toBe(false);
  expect(matches('exact', 'A*', 'Ab')).toBe(true);
  expect(matches(undefined, 'a*', 'Ab')).toBe(true);
});

test.each<{ field?: string; value: string; of: Json; want: boolean }>([
  { field: 'f', value: 'A', of: 'a', want: true },
  { field: 'exact', value: 'A', of: 'a', want: false },
  { value: 'A', of: 'a', want: true },
  { field: 'f', value: '012.0', of: 12, want: true },
  { field: 'f', value: '12', of: 13, want: false },
  { field: 'f', value: 'true', of: true, want: true },
  { field: 'f', value: 'false', of: true, want: false },
  { field: 'f', value: 'TRUE', of: true, want: false },
])('the term $value in $field and $of: $want', ({ field, value, of, want }) => {
  expect(matchesQuery({ kind: 'term', field, value }, indexed(of))).toBe(want);
});

const bound = (value: string | undefined, inclusive = true) => ({ value, inclusive });

test.each<{ from?: string; to?: string; open?: boolean; of: Json; want: boolean }>([
  { from: '2', to: '4', of: 2, want: true },
  { from: '2', to: '4', of: 4, want: true },
  { from: '2', to: '4', of: 10, want: false },
  { from: '2', to: '4', of: 1, want: false },
  { from: '2', to: '4', open: true, of: 2, want: false },
  { from: '2', to: '4', open: true, of: 4, want: false },
  { from: '2', to: '4', open: true, of: 3, want: true },
  { from: 'b', to: 'd', of: 'b', want: true },
  { from: 'b', to: 'd', of: 'c', want: true },
  { from: 'b', to: 'd', of: 'e', want: false },
  { from: 'b', to: 'd', of: 'a', want: false },
  { from: 'b', to: 'd', open: true, of: 'b', want: false },
  { from: 'x', of: 1, want: false },
  { from: '0', of: true, want: false },
  { of: true, want: true },
  // Times by moment, whatever their precision.
  { from: '2020', to: '2020-02', of: '2020-01-01T00:00:00.000Z', want: true },
  { to: '2020-01-01T01:00:00.000+01:00', of: '2020-01-01T00:00:00.000Z', want: true },
  { from: '2020-01-01', open: true, of: '2020-01-01T00:00:00.000Z', want: false },
  { from: '2019-12-31', of: '2020', want: true },
  // Not a time: compared as text.
  { from: '20200101', of: '2020-01-01', want: false },
  { from: '2020-01-01x', of: '2020-01-01', want: false },
  { from: 'x2020-01-01', of: '2021-01-01', want: false },
  { from: '2020-13-01', of: '2020-02-01', want: false },
])('from $from to $to, open $open, and $of: $want', ({ from, to, open = false, of, want }) => {
  const query: Query = { kind: 'range', field: 'f', from: bound(from, !open), to: bound(to, !open) };
  expect(matchesQuery(query, indexed(of))).toBe(want);
});

test('one value has to be within both ends', () => {
  const query: Query = { kind: 'range', field: 'f', from: bound('2'), to: bound('3') };
  expect([matchesQuery(query, indexed(1, 4)), matchesQuery(query, indexed(1, 3))]).toEqual([false, true]);
});

test('and, or, not and exists', () => {
  const term = (value: string): Query => ({ kind: 'term', field: 'f', value });
  const item = indexed('a', 'b');
  const matches = (query: Query) => matchesQuery(query, item);
  expect(matches({ kind: 'and', parts: [term('a'), term('b')] })).toBe(true);
  expect(matches({ kind: 'and', parts: [term('a'), term('c')] })).toBe(false);
  expect(matches({ kind: 'or', parts: [term('c'), term('b')] })).toBe(true);
  expect(matches({ kind: 'or', parts: [term('c'), term('d')] })).toBe(false);
  expect([matches({ kind: 'not', part: term('a') }), matches({ kind: 'not', part: term('c') })]).toEqual([false, true]);
  expect([matches({ kind: 'exists', field: 'f' }), matchesQuery({ kind: 'exists', field: 'f' }, indexed())]).toEqual([
    true,
    false,
  ]);
});

test.each<{ value: Json | undefined; path: readonly string[]; want: readonly Json[] }>([
  { value: undefined, path: [], want: [] },
  { value: null, path: ['a'], want: [] },
  { value: { a: 1 }, path: ['a'], want: [1] },
  { value: { a: { b: 'x' } }, path: ['a'], want: ['x'] },
  { value: { a: { b: 'x', c: [1, { d: false }], e: null } }, path: [], want: ['x', 1, false] },
  { value: { a: [{ b: 1 }, { b: [2] }, { c: 3 }] }, path: ['a', 'b'], want: [1, 2] },
  { value: { a: 1 }, path: ['a', 'b'], want: [] },
  { value: { a: 'text' }, path: ['a', 'length'], want: [] },
  { value: {}, path: ['toString'], want: [] },
])('the values at $path of $value are $want', ({ value, path, want }) => {
  expect(valuesAt(value, path)).toEqual(want);
});
