import type { Clock } from './options.js';

/**
 * Milliseconds until the next attempt after a failure: doubling up to 8 s, halved at most by chance, so that clients
 * part ways.
 */
export function backoff(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** attempt, 8000) * (0.5 + clock.random() / 2);
}

/**
 * Milliseconds that an answer asks to wait: by `Retry-After` (seconds or a date), else by the header that holds the
 * Unix second of the rate limit's reset. Dates are compared with the answer's own `Date`, since clocks differ.
 * Nothing where it does not say, or names a time that is over.
 */
export function askedWait(headers: Headers, resetHeader: string | undefined, clock: Clock): number | undefined {
  const now = Date.parse(headers.get('date') ?? '') || clock.now();
  const after = headers.get('retry-after') ?? '';
  const reset = (resetHeader && headers.get(resetHeader)) || 0;
  const asked = [Number(after) * 1000 || Date.parse(after) - now, Number(reset) * 1000 - now].find((wait) => wait > 0);
  // A little more than asked for, by chance, so that calls that wait together do not come back together.
  return asked && Math.max(100, asked) + clock.random() * 250;
}
