import { describe, expect, test } from 'vitest';
import { backoff, rateLimitWait } from './retry.js';

const NOW = Date.parse('2027-01-15T07:00:00Z');
const DATE = 'Fri, 15 Jan 2027 07:00:00 GMT';
const NAMES = { limitHeader: 'x-limit', resetHeader: 'x-reset' };
const clockAt = (random: number, now = NOW) => ({ now: () => now, random: () => random, sleep: async () => undefined });

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [1, 0.5, 750],
  [4, 0, 4000],
  [4, 1, 8000],
  [9, 1, 8000],
])('attempt %d waits, at random %d, %d ms', (attempt, random, want) => {
  expect(backoff(attempt, clockAt(random))).toBe(want);
});

describe('after a rate limit', () => {
  test.each<{ given: string; headers: Record<string, string>; random?: number; now?: number; want: number }>([
    { given: 'seconds of Retry-After, and up to 250 ms more', headers: { 'retry-after': '2' }, random: 1, want: 2250 },
    { given: 'at least 100 ms of Retry-After', headers: { 'retry-after': '0.01' }, random: 1, want: 350 },
    {
      given: 'a date of Retry-After by the clock of the server',
      headers: { 'retry-after': 'Fri, 15 Jan 2027 07:00:05 GMT', date: DATE },
      now: NOW + 99_000,
      want: 5000,
    },
    {
      given: 'a date of Retry-After by the own clock where the server has none',
      headers: { 'retry-after': 'Fri, 15 Jan 2027 07:00:05 GMT' },
      now: NOW + 1000,
      want: 4000,
    },
    { given: 'a date of Retry-After that is past', headers: { 'retry-after': DATE, date: DATE }, want: 250 },
    {
      given: 'the time until a token is due, and up to 250 ms more',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 50}`, 'x-limit': '10' },
      random: 1,
      want: 5250,
    },
    {
      given: 'no longer than until the bucket is full',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 0.1}`, 'x-limit': '1' },
      random: 1,
      want: 100,
    },
    {
      given: 'the backoff where no size is known',
      headers: { date: DATE, 'x-reset': `${NOW / 1000 + 50}` },
      want: 250,
    },
    {
      given: 'the backoff where the bucket is full',
      headers: { date: DATE, 'x-reset': `${NOW / 1000}`, 'x-limit': '5' },
      want: 250,
    },
    { given: 'the backoff without headers', headers: {}, random: 1, want: 500 },
  ])('waits for $given: $want ms', ({ headers, random = 0, now = NOW, want }) => {
    expect(rateLimitWait(new Headers(headers), NAMES, clockAt(random, now), 0)).toBeCloseTo(want, 6);
  });

  test('headers without a name are not read', () => {
    const headers = new Headers({ date: DATE, 'x-reset': `${NOW / 1000 + 50}`, 'x-limit': '10' });
    expect(rateLimitWait(headers, {}, clockAt(0), 0)).toBe(250);
  });
});
