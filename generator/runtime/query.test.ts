import { expect, test } from 'vitest';
import { writeQuery } from './query.js';

test.each([
  ['a list', { a: ['x y', 'z'] }, {}, 'a=x%20y&a=z'],
  ['an empty list', { a: [], b: 1 }, { a: ',' }, 'b=1'],
  ['no value', { a: undefined, b: null, c: false, d: '' }, {}, 'c=false&d='],
  ['names', { 'x[]': ['1'], 'a&b': 2 }, {}, 'x%5B%5D=1&a%26b=2'],
  ['an object', { a: { b: 1, c: 'x&y' } }, {}, 'b=1&c=x%26y'],
  ['an object in an object', { a: { b: { c: 1 } } }, {}, 'b=%7B%22c%22%3A1%7D'],
  [
    'one style per parameter',
    { a: ['1', '2'], b: ['1', '2'], c: ['1,', '2'], d: ['1', '2'] },
    { a: '%20', b: '|', c: ',' },
    'a=1%202&b=1|2&c=1%2C,2&d=1&d=2',
  ],
  ['an object in one value', { a: { b: 1, c: 2 } }, { a: ',' }, 'a=b,1,c,2'],
  [
    'a deep object',
    { a: { b: { c: 1 }, d: ['x', 'y'] } },
    { a: 'deepObject' },
    'a%5Bb%5D%5Bc%5D=1&a%5Bd%5D=x&a%5Bd%5D=y',
  ],
  [
    'reserved characters, but for those that end a value',
    { a: 'x:/?@,;b&c#d+e' },
    { a: '+' },
    'a=x:/?@,;b%26c%23d%2Be',
  ],
  ['reserved characters in one value', { a: ['b:c', 'd'] }, { a: '+,' }, 'a=b:c,d'],
  [
    'JSON',
    { a: { z: '1' }, b: ['x'], c: 'x' },
    { a: 'json', b: 'json', c: 'json' },
    'a=%7B%22z%22%3A%221%22%7D&b=%5B%22x%22%5D&c=%22x%22',
  ],
] as const)('%s', (_, query, styles, want) => {
  expect(writeQuery(query, styles)).toBe(want);
});
