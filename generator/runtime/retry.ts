import type { Clock } from './options.js';

/** The names of the headers about rate limits. */
export interface RateLimitHeaders {
  /** The size of the token bucket. */
  readonly limitHeader?: string;
  /** The Unix second at which the bucket is full again. */
  readonly resetHeader?: string;
}

/** The longest pause between attempts, in milliseconds, unless `Retry-After` asks for a longer one. */
const longestPause = 8000;

/** Milliseconds until the next attempt: doubles up to 8 s, minus up to half at random so that clients spread out. */
export function backoff(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** attempt, longestPause) * (0.5 + clock.random() / 2);
}

/**
 * Milliseconds to wait after a response with a rate limit: as long as `Retry-After` says (seconds or a date), else
 * until the bucket has a token again. The bucket fills evenly, so that is its time to full divided by its size. If
 * another caller takes that token, the next pause is longer, but never longer than the time to full.
 *
 * Times are compared with the `Date` of the response, since clocks differ. Without it only the backoff is left.
 */
export function rateLimitWait(
  headers: Headers,
  { limitHeader = '', resetHeader = '' }: RateLimitHeaders,
  clock: Clock,
  attempt: number,
): number {
  const header = (name: string) => (name && headers.get(name)) || '';
  const serverNow = Date.parse(header('date'));
  const after = header('retry-after');
  const requested = Number(after) * 1000 || Date.parse(after) - (serverNow || clock.now());
  // Up to 250 ms more at random, so that waiting calls do not all resume at once.
  if (requested > 0) return Math.max(100, requested) + clock.random() * 250;
  const reset = Number(header(resetHeader));
  // Some gateways send milliseconds.
  const full = (reset > 1e11 ? reset : reset * 1000) - serverNow;
  const due = Math.min(full / (Number(header(limitHeader)) || Number.POSITIVE_INFINITY), longestPause);
  const pause = backoff(attempt, clock);
  return full > 0 ? Math.min(full, Math.max(due + clock.random() * 250, pause)) : pause;
}
