import type { Clock } from './options.js';

/** Milliseconds until the next attempt: doubles up to 8 s, minus up to half at random so that clients spread out. */
export function backoff(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** attempt, 8000) * (0.5 + clock.random() / 2);
}

/**
 * Milliseconds that a response asks to wait: by `Retry-After` (seconds or a date), else by the header with the Unix
 * second at which the rate limit resets. Times are compared with the `Date` of the response, since clocks differ.
 * Undefined if the response does not say, or names a time in the past.
 */
export function requestedWait(headers: Headers, resetHeader: string | undefined, clock: Clock): number | undefined {
  const now = Date.parse(headers.get('date') ?? '') || clock.now();
  const after = headers.get('retry-after') ?? '';
  const reset = (resetHeader && headers.get(resetHeader)) || 0;
  const wait = [Number(after) * 1000 || Date.parse(after) - now, Number(reset) * 1000 - now].find((time) => time > 0);
  // Up to 250 ms more at random, so that waiting calls do not all resume at once.
  return wait && Math.max(100, wait) + clock.random() * 250;
}
