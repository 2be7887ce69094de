import { expect, it } from 'vitest';
import type { RateLimit } from '../../../contract/contract.js';
import { pauseAfter } from './pause-after.js';

const evidence = { grade: 'recorded', source: 'test' } as const;
const rateLimit: RateLimit = {
  headers: { limit: 'x-limit', remaining: 'x-remaining', reset: 'x-reset' },
  problem: 'rate-limited',
  plans: [],
  evidence,
  pointer: '/x-rate-limit',
};
const now = Date.parse('2026-11-22T12:00:00Z');
const seconds = now / 1000;

const cases: readonly { name: string; headers: Record<string, string>; attempt?: number; want: number }[] = [
  { name: 'until the reset time', headers: { 'x-reset': String(seconds + 3) }, want: 3050 },
  {
    name: "by the target's own clock",
    headers: { 'x-reset': String(seconds + 63), date: 'Sun, 22 Nov 2026 12:01:00 GMT' },
    want: 3050,
  },
  { name: 'a moment where the reset time is past', headers: { 'x-reset': String(seconds - 3) }, want: 50 },
  { name: 'longer where that was of no use', headers: { 'x-reset': String(seconds - 3) }, attempt: 1, want: 1050 },
  { name: 'as Retry-After says in seconds', headers: { 'retry-after': '7' }, want: 7050 },
  { name: 'as Retry-After says as a date', headers: { 'retry-after': 'Sun, 22 Nov 2026 12:00:05 GMT' }, want: 5050 },
  { name: 'a second where nothing is said', headers: {}, want: 1000 },
  { name: 'twice as long each time', headers: { 'retry-after': 'soon' }, attempt: 3, want: 8000 },
];

it.each(cases)('waits $name', ({ headers, attempt = 0, want }) => {
  expect(pauseAfter({ status: 429, headers, text: '' }, rateLimit, now, attempt)).toBe(want);
});
