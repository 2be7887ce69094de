import type { Contract, Operation } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { textsIn } from '../../contract/json/texts-in.js';
import { isBelievable } from '../judge/judge.js';
import { neededValues } from '../lookup/needed-values.js';
import { lastParameter } from '../lookup/path-names.js';
import { removalsOf } from '../lookup/removal-paths.js';
import { isUnstated } from '../lookup/resource-operations.js';
import { readingAt } from '../lookup/shown-at-path.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import type { Attempt } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';

/** So many items of a collection are removed: a hostile target lists any number of them. */
const MOST_ITEMS = 1000;

/**
 * Records what collections show under a name that a request of the run sent, where the document does not say what makes
 * it: a server may make an item before the rest of the request fails, and `POST /change-password` may make the user that it
 * names. Only where an operation reads an item by that name, which has to show it, and another removes it.
 */
export async function recordNamed(options: CleanupOptions, attempt: Attempt): Promise<void> {
  const { contract, created, mark, send } = options;
  if (mark === undefined || created.namesInBodies.size === 0) return;
  for (const [listing, removal] of removableListings(contract)) {
    const exchange = await attempt.try(() => send(buildRequest(listing, neededValues(contract, listing))));
    if (exchange === undefined || !isBelievable(exchange)) continue;
    const names = new Set(textsIn(exchange.response.json).filter((text) => created.namesInBodies.has(text)));
    for (const name of [...names].slice(0, MOST_ITEMS))
      created.madeNamed(`${name} of GET ${listing.route}`, removalOf(removal, name, contract), mark);
  }
}

/** Listings of what no path derives, each with the operation that removes an item by what it shows. */
function removableListings(contract: Contract): readonly (readonly [Operation, Operation])[] {
  return contract.operations.flatMap((listing) => {
    const isListing = listing.method === 'GET' && isUnstated(listing, contract) && !hasFreeParameters(listing);
    const removal = isListing
      ? removalsOf(listing.route, contract).find((each) => isByName(each, contract))
      : undefined;
    return removal === undefined ? [] : [[listing, removal] as const];
  });
}

/** Whether a path ends in its only parameter, and another operation reads what it names. */
function isByName({ method, route, parameters }: Operation, contract: Contract): boolean {
  const inPath = parameters.filter(({ in: place }) => place === 'path');
  return method === 'DELETE' && inPath.length === 1 && route.endsWith('}') && readingAt(contract, route) !== undefined;
}

function removalOf(removal: Operation, name: string, contract: Contract): PlannedRequest {
  const path = { [lastParameter(removal.path) ?? '']: name };
  return buildRequest(removal, { ...noValues, ...neededValues(contract, removal), path });
}
