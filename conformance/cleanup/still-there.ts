import type { Json } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredItem } from '../../contract/item-envelope.js';
import type { Created } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { readListing } from '../lookup/listings/listing.js';
import { listingOf } from '../lookup/listings/listing-of.js';
import { markIn } from '../lookup/mark.js';
import { neededValues } from '../lookup/needed-values.js';
import { saysDeleted } from '../lookup/says-deleted.js';
import type { Attempt } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';
import { requestOn } from './remove.js';
import { removeAll } from './remove-all.js';

/** A resource that should be gone, and the entry of a listing that shows it. */
interface Listed {
  readonly created: Created;
  readonly entry: Json;
}

/**
 * What listings still show of what should be gone, and not as deleted: a server may keep such items for ever. Where the key was derived, the path may take another name of the item,
 * so that its removal got a 404.
 */
export async function stillListed(
  { contract, effects, send }: CleanupOptions,
  attempt: Attempt,
  gone: readonly Created[],
): Promise<readonly Listed[]> {
  const removed = gone.filter(({ resource, parent }) => parent === undefined && isDerived(contract, resource));
  const left: Listed[] = [];
  for (const name of new Set(removed.map(({ resource }) => resource))) {
    const listing = listingOf(effects, name);
    if (listing === undefined) continue;
    const read = await attempt.try(() => readListing(listing, neededValues(contract, listing), send));
    const shown = new Map(read?.entries.map((entry) => [idOf(resourceNamed(contract, name), entry), entry]));
    for (const created of removed) {
      const entry = created.resource === name ? shown.get(created.id) : undefined;
      if (entry !== undefined && !saysDeleted(entry)) left.push({ created, entry });
    }
  }
  return left;
}

/**
 * What a target says to have removed, and still has: a listing shows it, and so does reading it, where an operation does.
 * A listing alone may show changes late, and one of a mock shows the same items whatever there is, without the mark.
 */
async function stillThere(
  options: CleanupOptions,
  attempt: Attempt,
  removed: readonly Created[],
): Promise<readonly Created[]> {
  const { effects, send } = options;
  const left: Created[] = [];
  for (const { created, entry } of await stillListed(options, attempt, removed)) {
    const reading = requestOn(effects.contract, effects.one('read', created.resource), created);
    const read = reading && (await attempt.try(() => send(reading)));
    const isRead = reading === undefined || (read !== undefined && isBelievable(read));
    const item = answeredItem(reading?.operation?.effect, read?.response.json);
    if (saysDeleted(item)) continue;
    const mark = markIn(`${created.label} ${created.id}`);
    const text = `${JSON.stringify(entry)} ${read?.response.text ?? ''}`;
    if (isRead && mark !== undefined && text.includes(mark)) left.push(created);
  }
  return left;
}

/** A server may lose what requests beside a removal interfere with: it is removed again, one after the other. */
export async function removeAgain(options: CleanupOptions, attempt: Attempt): Promise<void> {
  const { created } = options;
  const left = await stillThere(options, attempt, created.removed);
  for (const one of left) created.add(one);
  if (left.length === 0) return;
  await removeAll({ ...options, workers: 1 }, attempt, left);
  for (const one of await stillThere(options, attempt, left)) created.add(one);
}
