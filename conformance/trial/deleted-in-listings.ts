import type { Contract, Json, Operation } from '../../contract/contract.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import type { CheckContext } from '../check.js';
import { type Listing, readListing } from '../lookup/listings/listing.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesInPath, pathNaming } from '../lookup/path-names.js';
import type { Exchange } from '../target/exchange.js';
import type { RequestValues } from '../target/request.js';

/** A listing that shows what is to be deleted. */
export interface ShowingListing {
  readonly listing: Operation;
  readonly values: RequestValues;
  readonly id: string;
}

/** The listings of the resource that need no more than what its path and its own properties say. */
export function listingsOf({ effect }: Operation, contract: Contract): readonly Operation[] {
  return contract.operations.filter(
    ({ effect: other, parameters }) =>
      other?.kind === 'list' &&
      other.on === 'resource' &&
      other.target === effect?.target &&
      Object.keys(other.of).every((side) => side in effect.of) &&
      parameters.every((each) => each.in !== 'query' || !each.required || each.query?.kind === 'filter'),
  );
}

/** Those that show it before it is deleted, so that a cache keeps it. */
export async function listingsShowing(
  operation: Operation,
  { before, path }: { readonly before: Exchange; readonly path: RequestValues['path'] },
  context: CheckContext,
): Promise<readonly ShowingListing[]> {
  const target = operation.effect?.target ?? '';
  const item = answeredItem(before.request.operation?.effect, before.response.json);
  const id = isObject(item) ? context.fixtures.idOf(target, item) : undefined;
  if (!isObject(item) || id === undefined) return [];
  const showing: ShowingListing[] = [];
  for (const listing of listingsOf(operation, context.contract)) {
    const needed = neededValues(context.contract, listing);
    const own = listing.parameters.flatMap(({ name, required, query }): [string, Json][] =>
      required && query?.kind === 'filter' ? [[name, item[query.properties[0] ?? ''] ?? '']] : [],
    );
    const values = {
      ...needed,
      path: pathNaming(listing, namesInPath(operation, { path })),
      query: { ...needed.query, ...Object.fromEntries(own) },
    };
    let isShown = false;
    await context.fixtures.readUntil(listing, async () => {
      isShown = await isShownBy({ listing, values, id }, context);
      return isShown;
    });
    if (isShown) showing.push({ listing, values, id });
  }
  return showing;
}

/** Pages that are read of a listing: a large tenant has more. */
const FEW_PAGES = 3;

async function isShownBy({ listing, values, id }: ShowingListing, context: CheckContext): Promise<boolean> {
  const { entries } = await readFew(listing, values, context);
  return entries.some((entry) => context.fixtures.idOf(listing.effect?.target ?? '', entry) === id);
}

function readFew(listing: Operation, values: RequestValues, context: CheckContext): Promise<Listing> {
  return readListing(listing, values, (request) => context.send(request), { maxPages: FEW_PAGES });
}

/** What is deleted must leave the listings that showed it. */
export async function judgeListed(
  { listing, values, id }: ShowingListing,
  deleted: Exchange,
  context: CheckContext,
): Promise<void> {
  const target = listing.effect?.target ?? '';
  let shown: Exchange | undefined;
  await context.fixtures.readUntil(listing, async () => {
    const { entries, exchange } = await readFew(listing, values, context);
    shown = entries.some((entry) => context.fixtures.idOf(target, entry) === id) ? exchange : undefined;
    return shown === undefined;
  });
  if (shown === undefined) return;
  context.report({
    cause: `a deleted ${target} is still listed`,
    expected: `no ${id}: it was deleted`,
    actual: `${id} is listed`,
    evidence: context.contract.evidenceAt(deleted.request.operation?.effect?.pointer ?? ''),
    exchange: shown,
    before: [deleted],
  });
}
