import { RequestError } from './errors.js';
import type { Clock, RetryOptions } from './options.js';
import { askedWait, backoff } from './retry.js';
import type { TokenSource } from './token.js';

export interface Attempts {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  readonly resetHeader?: string;
}

/**
 * Sends a request until there is an answer to give: past rate limits, past failures where the method can be repeated
 * without harm, past one token that is no longer good.
 * @throws RequestError, or the reason of the request's own signal.
 */
export async function send(request: Request, attempts: Attempts, tokens?: TokenSource): Promise<Response> {
  const { fetch, clock, timeout = 30_000, retry = {}, resetHeader } = attempts;
  const { failures = 2, maxWait = 60_000 } = retry || { failures: 0, maxWait: 0 };
  let token = await tokens?.();
  let renewed = false;
  let failed = 0;
  let waited = 0;
  for (;;) {
    const mayFail = failed < failures && !/^(POST|PATCH)$/.test(request.method);
    let response: Response | undefined;
    let pause: number | undefined;
    try {
      // A body can be read once: each attempt sends a copy, and has the whole time.
      const attempt = new Request(request.clone(), {
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]),
      });
      if (token) attempt.headers.set('authorization', `Bearer ${token}`);
      response = await fetch(attempt);
    } catch (cause) {
      if (!mayFail || request.signal.aborted) throw failure(request, cause);
    }
    const status = response?.status ?? 503;
    if (response && status === 401 && token && !renewed) {
      renewed = true;
      const next = await tokens?.(token);
      if (next === token) return response;
      token = next;
    } else if (status === 429 || (mayFail && /^50[234]$/.test(`${status}`))) {
      pause = (response && askedWait(response.headers, resetHeader, clock)) ?? backoff(failed, clock);
      waited += pause;
      if (response && waited >= maxWait) return response;
      if (status !== 429) failed += 1;
    } else if (response) {
      return response;
    }
    await response?.body?.cancel();
    if (pause) await clock.sleep(pause, request.signal);
  }
}

/** What to throw when no answer came: the caller's own reason where the caller called it off. */
export function failure(request: Request, cause: unknown): unknown {
  if (request.signal.aborted) return request.signal.reason;
  return new RequestError(`${request.method} ${new URL(request.url).pathname}`, cause);
}
