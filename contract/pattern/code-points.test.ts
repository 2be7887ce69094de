import { expect, test } from 'vitest';
import { CLASSES, complement, NONE, union } from './code-points.js';

test.each([
  { given: 'nothing', sets: [], want: [] },
  {
    given: 'ranges apart',
    sets: [[[5, 6]], [[1, 2]]],
    want: [
      [1, 2],
      [5, 6],
    ],
  },
  { given: 'ranges that touch', sets: [[[1, 2]], [[3, 4]]], want: [[1, 4]] },
  { given: 'ranges that overlap', sets: [[[1, 5]], [[3, 8]]], want: [[1, 8]] },
  { given: 'a range in another', sets: [[[1, 9]], [[3, 4]]], want: [[1, 9]] },
] as const)('the union of $given', ({ sets, want }) => {
  expect(union(...sets)).toEqual(want);
});

test('the complement of nothing is everything, and back', () => {
  expect(complement(NONE)).toEqual([[0, 0x10ffff]]);
  expect(complement([[0, 0x10ffff]])).toEqual([]);
  expect(
    complement([
      [1, 2],
      [4, 0x10fffe],
    ]),
  ).toEqual([
    [0, 0],
    [3, 3],
    [0x10ffff, 0x10ffff],
  ]);
});

test.each([
  { name: 'digit', pattern: /\d/u },
  { name: 'word', pattern: /\w/u },
  { name: 'space', pattern: /\s/u },
  { name: 'line-terminator', pattern: /[^.]/u },
] as const)('$name has the code points that JavaScript has', ({ name, pattern }) => {
  const expected =
    name === 'line-terminator' ? (text: string) => !/./u.test(text) : (text: string) => pattern.test(text);
  const wrong: number[] = [];
  for (let point = 0; point <= 0xffff; point++) {
    const inside = CLASSES[name].some(([first, last]) => first <= point && point <= last);
    if (inside !== expected(String.fromCodePoint(point))) wrong.push(point);
  }
  expect(wrong).toEqual([]);
});
