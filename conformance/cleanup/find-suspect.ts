import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { isObject } from '../../contract/pointer.js';
import type { SuspectedResource } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { entriesOf } from '../lookup/listings/entries.js';
import { type Listing, readListing } from '../lookup/listings/listing.js';
import { listingOf } from '../lookup/listings/listing-of.js';
import { signIn } from '../lookup/mark.js';
import { mentions } from '../lookup/mentions.js';
import { neededValues } from '../lookup/needed-values.js';
import { pathNaming } from '../lookup/path-names.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest, type RequestValues } from '../target/request.js';

export interface SearchOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** Reads a listing whole. Default: at each search. */
  readonly readAll?: ReadAll;
}

type ReadAll = (listing: Operation, values: RequestValues) => Promise<Listing>;

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
  const { readAll = readerOf(send) } = options;
  const { entries, exchange, complete } = await readAll(listing, values);
  if (Object.keys(parent).length > 0 && showsNoParent(exchange)) return [];
  const ids = idsOf(contract, suspect, entries);
  return complete && isBelievable(exchange) && !ids.includes(undefined) ? found(ids) : undefined;
}

function readerOf(send: SearchOptions['send']): ReadAll {
  return (listing, values) => readListing(listing, values, send, { preferred: 'checkpoints' });
}

/** Reads each listing once, for many searches. One that gets no answer is read again. */
export function sharedReader(send: SearchOptions['send']): ReadAll {
  const read = readerOf(send);
  const readings = new Map<string, Promise<Listing>>();
  return (listing, values) => {
    const key = JSON.stringify([listing.id, values]);
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = read(listing, values);
    readings.set(key, reading);
    reading.catch(() => readings.delete(key));
    return reading;
  };
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

function takesNoPath(operation: Operation): boolean {
  return !hasFreeParameters(operation);
}

/** The ids of the entries that contain the text; undefined for one without an id. */
function idsOf(
  contract: Contract,
  { resource, text }: SuspectedResource,
  entries: readonly Json[],
): readonly (string | undefined)[] {
  // A server may alter the text around it, such as the case of letters.
  const sign = signIn(text) ?? text;
  const isShown = (entry: JsonObject): boolean => {
    const shown = JSON.stringify(entry);
    return mentions(shown, sign) || mentions(shown.toLowerCase(), sign.toLowerCase());
  };
  return entries
    .filter((entry) => isObject(entry) && isShown(entry))
    .map((entry) => idOf(resourceNamed(contract, resource), entry));
}

function found(ids: readonly (string | undefined)[]): readonly Found[] {
  return ids.flatMap((id) => (id === undefined ? [] : [{ id }]));
}
