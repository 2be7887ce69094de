import { expect, test } from 'vitest';
import type { FilterMatch, Json } from '../../contract/contract.js';
import { matches } from './filter.js';

test.each<{ match: FilterMatch; value: Json | undefined; wanted: Json | undefined; want: boolean }>([
  { match: 'equals', value: 'a', wanted: 'a', want: true },
  { match: 'equals', value: 'a', wanted: 'A', want: false },
  { match: 'equals', value: 1, wanted: 1, want: true },
  { match: 'equals', value: 1, wanted: '1', want: false },
  { match: 'equals', value: undefined, wanted: undefined, want: false },
  { match: 'equals', value: undefined, wanted: false, want: true },
  { match: 'equals', value: undefined, wanted: true, want: false },
  { match: 'equals', value: null, wanted: false, want: false },
  { match: 'equals', value: 'b', wanted: ['a', 'b'], want: true },
  { match: 'equals', value: 'c', wanted: ['a', 'b'], want: false },
  { match: 'equals', value: 'c', wanted: [], want: false },
  { match: 'contains', value: 'Guide', wanted: 'UID', want: true },
  { match: 'contains', value: 'Guide', wanted: 'x', want: false },
  { match: 'contains', value: undefined, wanted: 'undefined', want: false },
  { match: 'contains', value: null, wanted: 'null', want: false },
  { match: 'one-of', value: 'a', wanted: 'b,a', want: true },
  { match: 'one-of', value: 'a', wanted: 'ab,ba', want: false },
  { match: 'one-of', value: undefined, wanted: 'a', want: false },
  { match: 'has', value: ['a', 'b'], wanted: 'b', want: true },
  { match: 'has', value: ['a', 'b'], wanted: 'c', want: false },
  { match: 'has', value: 'abc', wanted: 'b', want: false },
])('$value $match $wanted: $want', ({ match, value, wanted, want }) => {
  const entity = { order: 1, resource: 'r', properties: value === undefined ? {} : { p: value } };
  const item = { entity, bound: new Map(), origins: [] };
  const properties = [{ name: 'p', ofParent: false }];
  expect(matches({ parameter: 'q', properties, match }, wanted, item)).toBe(want);
});

test('a filter of several properties lists what matches by one of them', () => {
  const entity = { order: 1, resource: 'r', properties: { a: 'Ada', b: 'Grace' } };
  const item = { entity, bound: new Map(), origins: [] };
  const properties = [
    { name: 'a', ofParent: false },
    { name: 'b', ofParent: false },
  ];
  const filter = { parameter: 'q', properties, match: 'contains' } as const;
  expect([matches(filter, 'ad', item), matches(filter, 'grac', item), matches(filter, 'alan', item)]).toEqual([
    true,
    true,
    false,
  ]);
});
