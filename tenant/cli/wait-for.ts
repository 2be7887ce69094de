import { get as getInsecure, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { withoutUser } from '../../contract/without-user.js';
import { TenantError } from '../errors.js';

/** In milliseconds. */
export interface WaitTimes {
  /** Between two requests. */
  readonly interval: number;
  /** How long one request may take. */
  readonly request: number;
  /** How long to wait altogether. */
  readonly limit: number;
}

const TIMES: WaitTimes = { interval: 100, request: 2000, limit: 60_000 };

/**
 * Waits until a server answers with a status below 400.
 *
 * @param ca PEM certificates to trust in addition to those of the system
 * @throws TenantError if it does not within the limit
 */
export async function waitFor(url: URL, ca: readonly string[], times: WaitTimes = TIMES): Promise<void> {
  const end = performance.now() + times.limit;
  for (;;) {
    const result = await statusOf(url, ca, times.request);
    if (typeof result === 'number' && result < 400) return;
    if (performance.now() >= end) {
      const last = typeof result === 'number' ? `the status ${result}` : result;
      throw new TenantError(
        'TENANT_WAIT',
        `"${withoutUser(url.href)}" (--wait-for) is not ready after ${times.limit / 1000} s; expected a status below 400, received ${last}`,
      );
    }
    await sleep(times.interval);
  }
}

/** The status of the answer, or why there is none. */
function statusOf(url: URL, ca: readonly string[], timeout: number): Promise<number | string> {
  return new Promise((resolve) => {
    const receive = (response: IncomingMessage): void => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    };
    const options = { timeout, agent: false } as const;
    const request =
      url.protocol === 'https:'
        ? get(url, { ...options, ca: [...rootCertificates, ...ca] }, receive)
        : getInsecure(url, options, receive);
    request.once('timeout', () => request.destroy(new Error(`no answer within ${timeout / 1000} s`)));
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
