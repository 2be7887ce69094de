import { longestDelay, unlessAborted } from './clock.js';
import { RequestError, TokenError } from './errors.js';
import type { Clock, RetryOptions } from './options.js';
import { backoff, type RateLimitHeaders, rateLimitWait } from './retry.js';

/** How requests are sent. */
export interface Transport extends RateLimitHeaders {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  /** The caller's. It is not part of the request, so that attempts add no listeners to a signal that calls share. */
  readonly signal?: AbortSignal | undefined;
  /** The body is a stream and can be sent only once. */
  readonly once?: boolean;
}

/** Returns the token to send. `rejected` is a token that got a 401: another one is wanted. */
export type TokenSource = (rejected?: string) => Promise<string | undefined>;

/**
 * Sends a request until there is a response to return: waits for rate limits, retries failures of idempotent methods,
 * and replaces a rejected token once.
 *
 * @param what names the request in errors
 * @throws RequestError, TokenError, or the reason of the caller's signal.
 */
export async function send(
  what: string,
  request: Request,
  transport: Transport,
  tokens?: TokenSource,
): Promise<Response> {
  const { clock, retry = {}, once, signal } = transport;
  const { failures = 2, maxWait = 60_000 } = retry || { failures: 0, maxWait: 0 };
  const getToken = async (rejected?: string) => {
    const limit = timeLimit(transport);
    return unlessAborted(Promise.resolve(tokens?.(rejected)), limit).catch((cause) => {
      throw limit.aborted ? failure(what, cause, signal) : cause;
    });
  };
  signal?.throwIfAborted();
  let token = await getToken();
  let renewed = once || !retry;
  let failed = 0;
  let waits = 0;
  let waited = 0;
  for (;;) {
    const mayRetry = !once && failed < failures && !/^(POST|PATCH)$/.test(request.method);
    const response = await attempt(what, request, transport, token).catch((cause): undefined => {
      if (!mayRetry || signal?.aborted || cause instanceof TokenError) throw cause;
    });
    const status = response?.status ?? 503;
    let pause: number | undefined;
    if (response && status === 401 && token && !renewed) {
      renewed = true;
      const next = await getToken(token);
      if (next === token) return response;
      token = next;
    } else if (!once && (status === 429 || (mayRetry && /^50[234]$/.test(`${status}`)))) {
      pause = response ? rateLimitWait(response.headers, transport, clock, waits) : backoff(waits, clock);
      waits += 1;
      waited += pause;
      if (response && waited >= maxWait) return response;
      if (status !== 429) failed += 1;
    } else if (response) {
      return response;
    }
    await response?.body?.cancel();
    if (pause) await clock.sleep(pause, signal ?? new AbortController().signal);
  }
}

/**
 * The requests of responses. Node passes a signal on to the body only while its request exists: a request that was
 * garbage-collected left a slow body without time limit.
 */
const requests = new WeakMap<Response, Request>();

/** Sends a copy of the request once: a body can be read only once, and each attempt has the whole time. */
async function attempt(what: string, request: Request, transport: Transport, token?: string): Promise<Response> {
  const { fetch, once, signal } = transport;
  const sent = new Request(once ? request : request.clone(), { signal: timeLimit(transport), redirect: 'manual' });
  if (token) {
    try {
      sent.headers.set('authorization', `Bearer ${token}`);
    } catch {
      // The platform's error contains the token.
      throw new TokenError(what, 'one with characters that a header cannot hold; does it contain a line break?');
    }
  }
  try {
    const response = await fetch(sent);
    // A redirect has no status in browsers.
    if (!response?.status && response?.type !== 'opaqueredirect')
      throw new TypeError(`fetch returned ${response}, expected a Response`);
    requests.set(response, sent);
    return response;
  } catch (cause) {
    throw failure(what, cause, signal);
  }
}

/** Fires with the caller's signal, or when an attempt has taken too long. */
function timeLimit({ timeout = 30_000, signal }: Transport): AbortSignal {
  const limit = AbortSignal.timeout(Math.min(timeout, longestDelay));
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** The error for a missing response: the signal's reason if the caller aborted. */
export function failure(what: string, cause: unknown, signal?: AbortSignal): unknown {
  return signal?.aborted ? signal.reason : new RequestError(what, cause);
}
