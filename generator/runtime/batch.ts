import type { Result } from './result.js';

/** How many entries the server took before it was done, or before it refused some. */
export type BatchResult<Refusal> =
  | { readonly ok: true; readonly accepted: number }
  | (Refusal & { readonly accepted: number });

/**
 * Sends any number of entries, at most `size` at a time, one request after the other. Not atomic: what was taken before
 * a refusal stays. No entries, no request.
 */
export async function sendBatches(
  given: unknown,
  size: number,
  send: (entries: readonly unknown[]) => Promise<Result>,
): Promise<BatchResult<Result>> {
  const entries = given as readonly unknown[];
  let accepted = 0;
  while (accepted < entries.length) {
    const batch = entries.slice(accepted, accepted + size);
    const result = await send(batch);
    if (!result.ok) return { ...result, accepted };
    accepted += batch.length;
  }
  return { ok: true, accepted };
}
