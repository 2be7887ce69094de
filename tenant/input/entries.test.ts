import { expect, test } from 'vitest';
import { entriesOf, pairsOf } from './entries.js';

test.each<{ text: string; encoded?: string; want: readonly string[] }>([
  { text: 'a,b', want: ['a', 'b'] },
  { text: 'a,b', encoded: 'a%2Cb', want: ['a', 'b'] },
  { text: 'a,b,c', encoded: 'a%2Cb,c', want: ['a,b', 'c'] },
  { text: 'a,%zz', encoded: 'a,%zz', want: ['a', '%zz'] },
])('the entries of $text, sent as $encoded', ({ text, encoded, want }) => {
  expect(entriesOf(text, ',', encoded)).toEqual(want);
});

test.each<{ text: string; encoded?: string; want: readonly (readonly [string, string])[] }>([
  {
    text: 'R=1,G=2=3,B',
    want: [
      ['R', '1'],
      ['G', '2=3'],
      ['B', ''],
    ],
  },
  {
    text: 'R=1,G=2',
    encoded: 'R%3D1%2CG%3D2',
    want: [
      ['R', '1'],
      ['G', '2'],
    ],
  },
  {
    text: 'a=b=1,2,c=3',
    encoded: 'a%3Db=1%2C2,c=3',
    want: [
      ['a=b', '1,2'],
      ['c', '3'],
    ],
  },
  { text: '%zz=%yy', encoded: '%zz=%yy', want: [['%zz', '%yy']] },
])('the pairs of $text, sent as $encoded', ({ text, encoded, want }) => {
  expect(pairsOf(text, ',', encoded)).toEqual(want);
});
