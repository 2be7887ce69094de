import { TokenError } from './errors.js';
import type { Clock, Exchange, RetryOptions } from './options.js';
import { attempt, type TokenSource, tokenFor } from './transport.js';

/** How requests are repeated. */
export interface Patience {
  readonly clock: Clock;
  readonly retry?: RetryOptions | false | undefined;
  /** The header with the size of the token bucket. */
  readonly limitHeader?: string | undefined;
  /** The header with the Unix second at which the bucket is full again. */
  readonly resetHeader?: string | undefined;
}

/**
 * Sends a request until there is a response to return: waits for rate limits, retries failures of idempotent methods,
 * and replaces a rejected token once.
 *
 * @throws RequestError, TokenError, or the reason of the caller's signal.
 */
export async function sendWithRetries(exchange: Exchange, patience: Patience, tokens?: TokenSource): Promise<Response> {
  const { clock } = patience;
  const { request, signal = new AbortController().signal, retry = patience.retry ?? {} } = exchange;
  const { failures = 2, maxWait = 60_000 } = retry || { failures: 0, maxWait: 0 };
  signal.throwIfAborted();
  let token = await tokenFor(exchange, tokens);
  let renewed = !retry;
  let failed = 0;
  let waits = 0;
  let waited = 0;
  for (;;) {
    // GET, HEAD, DELETE, OPTIONS, QUERY, PUT and PURGE. Other methods of a document may not be idempotent.
    const mayRetry = failed < failures && /^[DGHOQ]|PU/.test(request.method);
    const response = await attempt(exchange, token).catch((cause): undefined => {
      if (!mayRetry || signal.aborted || cause instanceof TokenError) throw cause;
    });
    const status = response?.status ?? 503;
    let pause: number | undefined;
    if (response && status === 401 && token && !renewed) {
      renewed = true;
      const next = await tokenFor(exchange, tokens, token);
      if (next === token) return response;
      token = next;
    } else if (status === 429 || (mayRetry && /^50[234]$/.test(`${status}`))) {
      pause = response ? rateLimitWait(response.headers, patience, clock, waits) : backoff(waits, clock);
      waits += 1;
      waited += pause;
      if (response && waited >= maxWait) return response;
      if (status !== 429) failed += 1;
    } else if (response) {
      return response;
    }
    await response?.body?.cancel();
    if (pause) await clock.sleep(pause, signal);
  }
}

/** The longest pause between attempts, in milliseconds, unless `Retry-After` asks for a longer one. */
const longestPause = 8000;

/** Milliseconds until the next attempt: doubles up to 8 s, minus up to half at random so that clients spread out. */
function backoff(attempts: number, clock: Clock): number {
  return Math.min(500 * 2 ** attempts, longestPause) * (0.5 + clock.random() / 2);
}

/**
 * Milliseconds to wait after a response with a rate limit: as long as `Retry-After` says (seconds or a date), else
 * until the bucket has a token again. The bucket fills evenly, so that is its time to full divided by its size. If
 * another caller takes that token, the next pause is longer, but never longer than the time to full.
 *
 * Times are compared with the `Date` of the response, since clocks differ. Without it only the backoff is left.
 */
function rateLimitWait(
  headers: Headers,
  { limitHeader = '', resetHeader = '' }: Patience,
  clock: Clock,
  attempts: number,
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
  const size = Number(header(limitHeader));
  const due = size ? Math.min(full / size, longestPause) : 0;
  const pause = backoff(attempts, clock);
  return full > 0 ? Math.min(full, Math.max(due + clock.random() * 250, pause)) : pause;
}
