import { longestDelay, unlessAborted } from './clock.js';
import { RequestError, TokenError } from './errors.js';
import type { Exchange, Token } from './options.js';

/** Returns the token to send. `rejected` is a token that got a 401: another one is wanted. */
export type TokenSource = (rejected?: string) => Promise<string | undefined>;

/** A token that is given, or that a function returns. */
export function tokensOf(token: Token | undefined): TokenSource {
  return async () => (typeof token === 'function' ? token() : token);
}

/** Sends a request a single time. */
export async function sendOnce(exchange: Exchange): Promise<Response> {
  exchange.signal?.throwIfAborted();
  return attempt(exchange, await tokenFor(exchange, tokensOf(exchange.token)));
}

/** The token of an exchange, within its time limit. */
export async function tokenFor(
  exchange: Exchange,
  tokens: TokenSource | undefined,
  rejected?: string,
): Promise<string | undefined> {
  const { what, signal, secrets } = exchange;
  if (!secrets || !tokens) return;
  const limit = timeLimit(exchange);
  const token = await unlessAborted(tokens(rejected), limit).catch((cause) => {
    throw limit.aborted ? failure(what, cause, signal) : cause;
  });
  secrets.push(token);
  return token;
}

/**
 * The requests of responses. Node passes a signal on to the body only while its request exists: a request that was
 * garbage-collected left a slow body without time limit.
 */
const requests = new WeakMap<Response, Request>();

/**
 * Sends a copy of the request once: a body can be read only once, and each attempt has the whole time. Without retries,
 * the request itself.
 */
export async function attempt(exchange: Exchange, token?: string): Promise<Response> {
  const { what, request, retry, signal } = exchange;
  const sent = new Request(retry === false ? request : request.clone(), {
    signal: timeLimit(exchange),
    redirect: 'manual',
  });
  if (token) {
    try {
      sent.headers.set('authorization', `Bearer ${token}`);
    } catch {
      // The platform's error contains the token.
      throw new TokenError(what, 'one that a header cannot hold');
    }
  }
  try {
    const response = await (exchange.fetch ?? fetch)(sent);
    // A redirect has no status in browsers.
    if (!response?.status && response?.type !== 'opaqueredirect')
      throw new TypeError(`expected a Response, received ${response}`);
    requests.set(response, sent);
    return response;
  } catch (cause) {
    throw failure(what, cause, signal);
  }
}

/** Fires with the caller's signal, or when an attempt has taken too long. */
function timeLimit({ timeout = 30_000, signal }: Exchange): AbortSignal {
  const limit = AbortSignal.timeout(Math.min(timeout, longestDelay));
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** The error for a missing response: the signal's reason if the caller aborted. */
export function failure(what: string, cause: unknown, signal?: AbortSignal): unknown {
  return signal?.aborted ? signal.reason : new RequestError(what, cause);
}
