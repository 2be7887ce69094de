import type { Operation } from '../../contract/contract.js';
import type { MadeAtPath } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { itemRouteOf } from '../lookup/removal-paths.js';
import { isShownAtPath, readingOf } from '../lookup/shown-at-path.js';
import { succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Attempt } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';
import { isGone, sendRemoval } from './remove.js';

/** Removes what requests made at paths that the run has named. */
export async function removeAtPaths(options: CleanupOptions, attempt: Attempt): Promise<void> {
  // A server may still be busy with what is below one of them.
  for (let round = 0; round < 2; round += 1) {
    const keeps = new Map<string, boolean | undefined>();
    for (const [made, removal] of await removalsAtPaths(options, attempt)) {
      const exchange = await attempt.try(() => sendRemoval(options, removal));
      if (exchange === undefined) continue;
      // Of an answer such as `true`, or of a refusal, only another tells whether something is there.
      if (!isBelievable(exchange) && !isGone(exchange)) {
        if (await attempt.try(() => isReadAsGone(options, removal))) options.created.removedAt(made);
        continue;
      }
      const route = removal.operation?.route ?? '';
      if (!isGone(exchange) && !keeps.has(route))
        keeps.set(
          route,
          await attempt.try(() => isShownAtPath(options.contract, removal, options.send, itemRouteOf(route))),
        );
      if (isGone(exchange) || keeps.get(route) !== true) options.created.removedAt(made);
    }
  }
}

/** Whether what a removal names is not there any more, where an operation reads it. */
async function isReadAsGone({ contract, send }: CleanupOptions, removal: PlannedRequest): Promise<boolean> {
  const reading = readingOf(contract, removal);
  return reading !== undefined && isGone(await send(reading));
}

/**
 * The requests that remove what the run has made at paths. Of what an answer showed, the path may take another key, and an
 * unknown one may be no error: where an operation reads it, that has to show the mark.
 */
async function removalsAtPaths(options: CleanupOptions, attempt: Attempt) {
  const found = new Map<MadeAtPath, PlannedRequest>();
  const gone: MadeAtPath[] = [];
  const takesKey = new Set<Operation | undefined>();
  for (const made of options.created.atPaths) {
    const removal = await attempt.try(() => removalOf(made, options));
    if (removal === undefined) continue;
    if (removal === 'not shown') gone.push(made);
    else {
      found.set(made, removal);
      if (made.shown !== undefined) takesKey.add(made.removal.operation);
    }
  }
  for (const made of gone) if (takesKey.has(made.removal.operation)) options.created.removedAt(made);
  return found;
}

async function removalOf(
  { removal, shown }: MadeAtPath,
  { contract, send }: CleanupOptions,
): Promise<PlannedRequest | 'not shown'> {
  if (shown === undefined || readingOf(contract, removal) === undefined) return removal;
  for (const each of [removal, ...shown.others]) {
    const reading = readingOf(contract, each);
    const exchange = reading && (await send(reading));
    if (exchange !== undefined && succeeded(exchange) && exchange.response.text.includes(shown.mark)) return each;
  }
  return 'not shown';
}
