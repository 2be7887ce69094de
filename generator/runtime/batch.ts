import type { Result } from './result.js';

/** How many entries the server accepted: all of them, or those before the first batch that it rejected. */
export type BatchResult<Rejection> =
  | { readonly ok: true; readonly accepted: number }
  | (Rejection & { readonly accepted: number });

/**
 * Sends any number of entries in batches of at most `size`, one request after the other. Sends nothing if there are no
 * entries. Not atomic: entries accepted before an error stay. Errors thrown have the same `accepted` count.
 */
export async function sendBatches(
  given: unknown,
  size: number,
  send: (entries: readonly unknown[]) => Promise<Result>,
): Promise<BatchResult<Result>> {
  // A copy: the caller may change the list while requests are being sent.
  const entries = [...(given as Iterable<unknown>)];
  let accepted = 0;
  try {
    while (accepted < entries.length) {
      const batch = entries.slice(accepted, accepted + size);
      const result = await send(batch);
      if (!result.ok) return { ...result, accepted };
      accepted += batch.length;
    }
  } catch (cause) {
    throw cause instanceof Error ? Object.assign(cause, { accepted }) : cause;
  }
  return { ok: true, accepted };
}
