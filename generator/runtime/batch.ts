import type { Result } from './result.js';

/** How many entries the server took before it was done, or before it refused some. */
export type BatchResult<Refusal> =
  | { readonly ok: true; readonly accepted: number }
  | (Refusal & { readonly accepted: number });

/**
 * Sends any number of entries, at most `size` at a time, one request after the other. Not atomic: what was taken before
 * a refusal stays. No entries, no request. What it throws says by `accepted`, too, how many were taken.
 */
export async function sendBatches(
  given: unknown,
  size: number,
  send: (entries: readonly unknown[]) => Promise<Result>,
): Promise<BatchResult<Result>> {
  // The caller's own list may change meanwhile.
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
