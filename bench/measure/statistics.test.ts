import { expect, test } from 'vitest';
import { median, percentile } from './statistics.js';

test.each([
  { given: [3, 1, 2], want: 2 },
  { given: [4, 1, 3, 2], want: 2.5 },
  { given: [7], want: 7 },
])('the median of $given is $want', ({ given, want }) => {
  expect(median(given)).toBe(want);
});

test.each([
  { given: 0.99, want: 99 },
  { given: 0.5, want: 50 },
  { given: 1, want: 100 },
])('the percentile $given of 1 to 100 is $want', ({ given, want }) => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, given)).toBe(want);
});
