import type { RateLimit } from '../../../contract/contract.js';
import type { TargetResponse } from '../../target/exchange.js';

/** The first pause where the target does not say how long to wait; doubled each time. */
const FIRST_PAUSE_MS = 1000;
/** Added to each pause: reset times are whole seconds. */
const MARGIN_MS = 50;

/**
 * How long to wait, in milliseconds, before sending a request again that got this 429: until the time in the contract's
 * reset header (Unix seconds, by the target's clock if there is a Date header), or as Retry-After says.
 * @param attempt - how often this request was refused before, from 0
 */
export function pauseAfter(
  response: TargetResponse,
  rateLimit: RateLimit | undefined,
  now: number,
  attempt: number,
): number {
  const server = Date.parse(response.headers.date ?? '');
  const here = Number.isNaN(server) ? now : server;
  const reset = Number(rateLimit === undefined ? undefined : response.headers[rateLimit.headers.reset]);
  if (Number.isFinite(reset) && reset > 0) {
    const wait = reset * 1000 - here;
    // A Date header is in whole seconds: a reset time that seems past may be up to a second away.
    return Math.max(wait, attempt === 0 ? 0 : FIRST_PAUSE_MS) + MARGIN_MS;
  }
  const retryAfter = response.headers['retry-after'];
  if (retryAfter !== undefined) {
    const seconds = Number(retryAfter);
    const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - here;
    if (Number.isFinite(wait)) return Math.max(wait, 0) + MARGIN_MS;
  }
  return FIRST_PAUSE_MS * 2 ** attempt;
}
