import { expect, test } from 'vitest';
import { leftoverLines } from './leftover-lines.js';

const many = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index + 1));

test.each<[string, readonly string[], readonly string[]]>([
  ['few of a kind stay lines', many(4, (n) => `role r${n} (rc-${n})`), many(4, (n) => `role r${n} (rc-${n})`)],
  [
    'many share one, where the first of them is',
    ['user u1', ...many(5, (n) => `role r${n} (rc ${n})`), 'user u2'],
    ['user u1', 'user u2', '5 × role: r1 (rc 1), r2 (rc 2), r3 (rc 3), r4 (rc 4), r5 (rc 5)'],
  ],
  [
    'those that may be left are apart',
    [...many(5, (n) => `perhaps role r${n}`), 'role r9'],
    ['5 × perhaps role: r1, r2, r3, r4, r5', 'role r9'],
  ],
  [
    'two hundred are named',
    many(203, (n) => `role r${n}`),
    [`203 × role: ${many(200, (n) => `r${n}`).join(', ')} and 3 more, see report.json (--report DIR)`],
  ],
  [
    'what says more stays a line',
    many(6, (n) => `perhaps what POST /jobs created of ${n}`),
    many(6, (n) => `perhaps what POST /jobs created of ${n}`),
  ],
  [
    'so does what was searched by a text',
    many(6, (n) => `perhaps a role with ${n}`),
    many(6, (n) => `perhaps a role with ${n}`),
  ],
  [
    'and what was there before',
    many(6, (n) => `not role r${n}: it was there before, and a creation changed it`),
    many(6, (n) => `not role r${n}: it was there before, and a creation changed it`),
  ],
])('%s', (_, leftovers, lines) => {
  expect(leftoverLines(leftovers)).toEqual(lines);
});
