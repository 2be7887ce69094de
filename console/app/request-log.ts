import type { RequestsListData } from '../../tenant/control/client/client.js';
import { changes } from './client.js';
import type { ControlClient, LoggedRequest } from './control.js';
import { createStore } from './store.js';

/** The requests that the tenant answered, the newest first. */
export const requestLog = createStore<{ readonly requests: readonly LoggedRequest[]; readonly reason: string }>({
  requests: [],
  reason: '',
});

/** The most requests that the page keeps. */
const MOST = 200;

/** How long one request waits for others, in seconds. */
const WAIT = 20;

/** Follows the requests of a tenant until the signal fires; tables read again when one of them changes something. */
export async function followRequests(control: ControlClient, signal: AbortSignal): Promise<void> {
  let after = 0;
  try {
    while (!signal.aborted) {
      const wait = after === 0 ? 0 : WAIT;
      const page = (await control.send(
        'GET',
        `/requests?after=${after}&wait=${wait}`,
        undefined,
        signal,
      )) as RequestsListData;
      const isFirst = after === 0;
      after = Math.max(page.last, 1);
      if (page.requests.length === 0) continue;
      const { requests } = requestLog.get();
      requestLog.set({ requests: [...page.requests.toReversed(), ...requests].slice(0, MOST), reason: '' });
      if (!isFirst && page.requests.some(isChange)) changes.set(changes.get() + 1);
    }
  } catch (error) {
    if (!signal.aborted)
      requestLog.set({ ...requestLog.get(), reason: error instanceof Error ? error.message : String(error) });
  }
}

function isChange({ method, status }: LoggedRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && status < 400;
}
