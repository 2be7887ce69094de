import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredItem, sentItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { needsQuery } from '../../contract/usual-pages.js';
import type { CheckContext } from '../check.js';
import type { Subject } from '../fixtures/fixtures.js';
import { isEventual } from '../lookup/is-eventual.js';
import { readListing } from '../lookup/listings/listing.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesOf, pathNaming } from '../lookup/path-names.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest } from '../target/request.js';

/** A listing has so many pages at most: others may be busy with a large one. */
const FEW_PAGES = 5;
/** How many requests this takes, where each listing has one page. */
export const LISTED_UPDATE_REQUESTS = 3;

interface Listed {
  readonly entry: JsonObject;
  readonly exchange: Exchange;
}

/**
 * Reads a listing, updates a resource that it shows, and reads it again: it must show the new values. Only where the
 * contract says what is shown, and that it is shown at once.
 */
export async function judgeListedUpdate(subject: Subject, context: CheckContext): Promise<void> {
  const { operation, contract, fixtures } = context;
  const update = fixtures.operation('update', subject.resource);
  if (update === undefined || isEventual(operation) || needsQuery(operation) || isDerived(contract, subject.resource))
    return;
  const before = await listed(subject, context);
  if (before === undefined) return;
  const given = await fixtures.valid(update);
  const path = { ...given.path, ...pathNaming(update, namesOf(subject)) };
  const updated = await context.send(buildRequest(update, { ...given, path }));
  const sent = sentItem(update.effect, given.body);
  const shown = answeredItem(update.effect, updated.response.json);
  if (!succeeded(updated) || !isObject(sent) || !isObject(shown)) return;
  const after = await listed(subject, context);
  if (after === undefined) return;
  const former = Object.keys(sent).filter((name) => {
    const isUpdated = name in shown && !isDeepStrictEqual(shown[name], before.entry[name]);
    return isUpdated && name in before.entry && isDeepStrictEqual(after.entry[name], before.entry[name]);
  });
  context.report(
    ...former.map((name) => ({
      cause: `an entry shows the former ${name} after an update`,
      expected: `${name}: ${JSON.stringify(shown[name])}`,
      actual: `${name}: ${JSON.stringify(after.entry[name])}`,
      evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
      exchange: after.exchange,
      before: [before.exchange, updated],
    })),
  );
}

/** What the listing shows of a resource. */
async function listed(subject: Subject, context: CheckContext): Promise<Listed | undefined> {
  const { operation, contract, fixtures } = context;
  const values = { ...neededValues(contract, operation), path: pathNaming(operation, namesOf(subject)) };
  const send: CheckContext['send'] = (request) => context.send(request);
  const { entries, exchange } = await readListing(operation, values, send, { maxPages: FEW_PAGES });
  const entry = entries.filter(isObject).find((each) => fixtures.idOf(subject.resource, each) === subject.id);
  return entry && { entry, exchange };
}
