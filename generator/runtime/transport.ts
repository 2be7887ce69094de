import { longest, unlessAborted } from './clock.js';
import { RequestError, TokenError } from './errors.js';
import type { Clock, RetryOptions } from './options.js';
import { askedWait, backoff } from './retry.js';
import type { TokenSource } from './token.js';

export interface Attempts {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  readonly resetHeader?: string;
  /** Calls it off. The request itself has none, so that attempts leave no listeners on one that many calls share. */
  readonly signal?: AbortSignal | undefined;
  /** The body is a stream: it can be sent once. */
  readonly once?: boolean;
}

/**
 * Sends a request until there is an answer to give: past rate limits, past failures where the method can be repeated
 * without harm, past one token that is no longer good. `what` names it in errors.
 * @throws RequestError, TokenError, or the reason of the caller's signal.
 */
export async function send(
  what: string,
  request: Request,
  attempts: Attempts,
  tokens?: TokenSource,
): Promise<Response> {
  const {
    fetch,
    clock,
    timeout = 30_000,
    retry = {},
    resetHeader,
    once,
    signal = new AbortController().signal,
  } = attempts;
  const { failures = 2, maxWait = 60_000 } = retry || { failures: 0, maxWait: 0 };
  const inTime = () => AbortSignal.any([signal, AbortSignal.timeout(Math.min(timeout, longest))]);
  const getToken = async (refused?: string) => {
    const limit = inTime();
    return unlessAborted(Promise.resolve(tokens?.(refused)), limit).catch((cause) => {
      throw limit.aborted ? failure(what, cause, signal) : cause;
    });
  };
  signal.throwIfAborted();
  let token = await getToken();
  let renewed = once || !retry;
  let failed = 0;
  let waits = 0;
  let waited = 0;
  for (;;) {
    const mayFail = !once && failed < failures && !/^(POST|PATCH)$/.test(request.method);
    // A body can be read once: each attempt sends a copy, and has the whole time.
    const attempt = new Request(once ? request : request.clone(), { signal: inTime() });
    if (token) {
      try {
        attempt.headers.set('authorization', `Bearer ${token}`);
      } catch {
        // What the platform throws has the token in it.
        throw new TokenError(what, 'one with characters that a header cannot hold; is there a line break in it?');
      }
    }
    let response: Response | undefined;
    let pause: number | undefined;
    try {
      response = await fetch(attempt);
      if (!response?.status) throw new TypeError(`fetch gave ${response}, expected a Response`);
    } catch (cause) {
      response = undefined;
      if (!mayFail || signal.aborted) throw failure(what, cause, signal);
    }
    const status = response?.status ?? 503;
    if (response && status === 401 && token && !renewed) {
      renewed = true;
      const next = await getToken(token);
      if (next === token) return response;
      token = next;
    } else if (!once && (status === 429 || (mayFail && /^50[234]$/.test(`${status}`)))) {
      pause = (response && askedWait(response.headers, resetHeader, clock)) ?? backoff(waits++, clock);
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

/** What to throw when no answer came: the caller's own reason where the caller called it off. */
export function failure(what: string, cause: unknown, signal?: AbortSignal): unknown {
  return signal?.aborted ? signal.reason : new RequestError(what, cause);
}
