import { expect, test } from 'vitest';
import { atLeast, atMost, duration, formatFigures } from './figures.js';

test('a table has a line a figure and names the bounds that are missed', () => {
  const text = formatFigures('Speed', [
    { name: 'slow', measured: '2 s', ratio: '2 × other', ...atMost(2, 1.5) },
    { name: 'quick', measured: '30,000/s', ...atLeast(30_000, 25_000, '/s') },
    { name: 'stated', measured: '1 KB' },
  ]);
  expect(text).toMatchInlineSnapshot(`
    "
    Speed

    figure | median   | ratio     | bound      | ok
    -------|----------|-----------|------------|-------
    slow   | 2 s      | 2 × other | ≤ 1.5      | MISSED
    quick  | 30,000/s |           | ≥ 25,000/s | ok
    stated | 1 KB     |           |            |

    MISSED 1 of 2 bounds: slow.
    "
  `);
});

test.each([
  { given: 1420, want: '1.42 s' },
  { given: 55.4, want: '55 ms' },
  { given: 1.234, want: '1.23 ms' },
  { given: 0.0123, want: '12.3 µs' },
])('$given milliseconds are written $want', ({ given, want }) => {
  expect(duration(given)).toBe(want);
});
