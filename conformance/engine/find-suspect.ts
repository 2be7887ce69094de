import type { Contract, Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { SuspectedResource } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import { entriesOf } from '../lookup/entries.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { readListing } from '../lookup/listing.js';
import { mentions } from '../lookup/mentions.js';
import { neededValues } from '../lookup/needed-values.js';
import { pathNaming } from '../lookup/path-names.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { listingOf } from './listing-of.js';

export interface SearchOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** A resource that a search found. */
export interface Found {
  readonly id: string;
}

/**
 * Searches for a resource whose creation got no answer, by its unique text: with a filter where the contract has one,
 * then in the whole listing.
 * @returns what was found, empty where it does not exist; absent where that cannot be known
 */
export async function findSuspect(
  options: SearchOptions,
  suspect: SuspectedResource,
): Promise<readonly Found[] | undefined> {
  const filtered = await searchByFilter(options, suspect);
  if (filtered.length > 0) return filtered;
  const { contract, effects, send } = options;
  const { resource, parent = {} } = suspect;
  const listing = listingOf(effects, resource, Object.keys(parent));
  if (listing === undefined) return undefined;
  const values = { ...neededValues(contract, listing), path: pathNaming(listing, parent) };
  const { entries, exchange, complete } = await readListing(listing, values, send, 'checkpoints');
  if (Object.keys(parent).length > 0 && showsNoParent(exchange)) return [];
  const ids = idsOf(contract, suspect, entries);
  return complete && isBelievable(exchange) && !ids.includes(undefined) ? found(ids) : undefined;
}

/** Whether a listing under a parent says that there is no such parent, or that its id is none: then nothing is under it. */
function showsNoParent({ response: { status, json } }: Exchange): boolean {
  return (status === 404 || status === 400) && json !== undefined;
}

async function searchByFilter(
  { contract, effects, send }: SearchOptions,
  suspect: SuspectedResource,
): Promise<readonly Found[]> {
  const { resource, text, parent } = suspect;
  const unique = new Set(resourceNamed(contract, resource).unique.flat());
  if (parent !== undefined) return [];
  for (const operation of effects.all('list', resource)) {
    for (const { name, query } of operation.parameters) {
      if (query?.kind !== 'filter' || !query.properties.every((each) => unique.has(each))) continue;
      if (!takesNoPath(operation)) continue;
      const needed = neededValues(contract, operation);
      const exchange = await send(buildRequest(operation, { ...needed, query: { ...needed.query, [name]: text } }));
      if (!isBelievable(exchange)) continue;
      const all = found(idsOf(contract, suspect, entriesOf(operation, exchange.response.json)));
      if (all.length > 0) return all;
    }
  }
  return [];
}

function takesNoPath({ route }: Operation): boolean {
  return !route.includes('{');
}

/** The ids of the entries that contain the text; undefined for one without an id. */
function idsOf(
  contract: Contract,
  { resource, text }: SuspectedResource,
  entries: readonly Json[],
): readonly (string | undefined)[] {
  return entries
    .filter((entry) => isObject(entry) && mentions(JSON.stringify(entry), text))
    .map((entry) => idOf(resourceNamed(contract, resource), entry));
}

function found(ids: readonly (string | undefined)[]): readonly Found[] {
  return ids.flatMap((id) => (id === undefined ? [] : [{ id }]));
}
