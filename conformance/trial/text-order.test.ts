import { expect, test } from 'vitest';
import { isOrdered } from './text-order.js';

test.each<{ texts: readonly string[]; direction?: 1 | -1; want: boolean }>([
  { texts: [], want: true },
  { texts: ['a', 'b', 'b'], want: true },
  { texts: ['b', 'a'], want: false },
  { texts: ['b', 'a'], direction: -1, want: true },
  // By characters, upper-case letters come before all others.
  { texts: ['Travel', 'a', 'aa'], want: true },
  { texts: ['aa', 'a', 'Travel'], direction: -1, want: true },
  { texts: ['a', 'B', 'c'], want: true },
  { texts: ['a', 'ä', 'b'], want: true },
  { texts: ['a', 'c', 'B', 'd'], want: false },
])('$texts in direction $direction: $want', ({ texts, direction = 1, want }) => {
  expect(isOrdered(texts, direction)).toBe(want);
});
