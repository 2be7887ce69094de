import type { Created, SuspectedResource } from '../fixtures/created-resources.js';
import type { Attempt } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';
import { findSuspect, sharedReader } from './find-suspect.js';

/** What became of suspects. */
export interface Searched {
  /** They were created. */
  readonly found: readonly Created[];
  /** They were there before, and show now what creations sent. */
  readonly changed: readonly Created[];
  readonly absent: readonly SuspectedResource[];
  /** The target does not show it. */
  readonly unknown: readonly SuspectedResource[];
}

/** Searches for suspects, and adds what is found to what the run created. */
export async function searchAll(
  options: CleanupOptions,
  attempt: Attempt,
  suspects: readonly SuspectedResource[],
): Promise<Searched> {
  const found: Created[] = [];
  const absent: SuspectedResource[] = [];
  const unknown: SuspectedResource[] = [];
  const search = { ...options, readAll: sharedReader(options.send) };
  for (const suspect of suspects) {
    const ids = await attempt.try(() => findSuspect(search, suspect));
    if (ids === undefined) unknown.push(suspect);
    else if (ids.length === 0) absent.push(suspect);
    else found.push(...ids.map(({ id }) => ({ ...suspect, id, label: suspect.text })));
  }
  const own: Created[] = [];
  const changed: Created[] = [];
  for (const one of found) (options.created.add(one) ? own : changed).push(one);
  return { found: own, changed, absent, unknown };
}
