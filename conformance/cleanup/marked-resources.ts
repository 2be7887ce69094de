import type { Contract, Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Created } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import { idOf } from '../lookup/identity.js';
import { readListing } from '../lookup/listings/listing.js';
import { listingOf } from '../lookup/listings/listing-of.js';
import { markIn } from '../lookup/mark.js';
import { neededValues } from '../lookup/needed-values.js';
import { type CreatedIds, shownId, tellingIds } from '../lookup/telling-ids.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';

export interface MarkedSearch {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** Whether what carries this mark is searched for: a run may still be going. */
  readonly isSought: (mark: string) => boolean;
  /** The mark in a text. Default: where it is as creations have it. */
  readonly markOf?: (text: string) => string | undefined;
  /** Ids of what was created, each with the resources that have it: what shows one is sought as well. */
  readonly ids?: CreatedIds;
  /** Default: all. */
  readonly resources?: readonly Resource[];
  /** The most pages of each listing. Default: as for any listing. */
  readonly maxPages?: number;
  /** How a listing is read that may get no answer: absent results are unread listings. Default: the search ends. */
  readonly attempt?: <T>(action: () => Promise<T>) => Promise<T | undefined>;
}

export interface MarkedResources {
  /** In an order in which they can have been created. */
  readonly found: readonly Created[];
  /** Listings that could not be read to their end. */
  readonly unread: readonly string[];
}

/** Everything at a target that carries the mark of a run in one of its own texts, and what refers to it. */
export async function findMarked(search: MarkedSearch): Promise<MarkedResources> {
  const { contract, effects, send, isSought, markOf = markIn, ids = new Map(), maxPages } = search;
  const { resources = [...contract.resources.values()], attempt = (action) => action() } = search;
  const unread: string[] = [];
  const entries = new Map<Resource, readonly JsonObject[]>();
  for (const resource of resources) {
    const listing = listingOf(effects, resource.name);
    const canRemove = effects.one('delete', resource.name) !== undefined;
    if (listing === undefined || resource.inside !== undefined || !canRemove) continue;
    const read = await attempt(() =>
      readListing(listing, neededValues(contract, listing), send, {
        preferred: 'checkpoints',
        ...(maxPages !== undefined && { maxPages }),
      }),
    );
    if (read?.complete !== true || !isBelievable(read.exchange)) unread.push(`${listing.method} ${listing.route}`);
    entries.set(resource, read?.entries.filter(isObject) ?? []);
  }
  const found = new Map<string, Created & { readonly entry: JsonObject }>();
  const add = (resource: Resource, entry: JsonObject, label: string) => {
    const id = idOf(resource, entry);
    const key = `${resource.name} ${id}`;
    if (id === undefined || found.has(key)) return false;
    found.set(key, { resource: resource.name, id, label, entry });
    return true;
  };
  const shown = [...entries].flatMap(([resource, all]) =>
    all.map((entry) => ({ resource: resource.name, id: idOf(resource, entry), entry })),
  );
  const telling = tellingIds(ids, shown, (entry) => markedText(entry, markOf) !== undefined);
  for (const [resource, all] of entries) {
    for (const entry of all) {
      const text = markedText(entry, markOf);
      const mark = text && markOf(text);
      if (text !== undefined && mark !== undefined && isSought(mark)) add(resource, entry, text);
      const id = shownId(telling, entry);
      if (id !== undefined) add(resource, entry, id);
    }
  }
  // A grant has no name: it belongs to the client that it names.
  for (let grows = true; grows; ) {
    grows = false;
    for (const [resource, all] of entries) {
      for (const entry of all) {
        const owner = ownerOf(resource, entry, [...found.values()]);
        if (owner !== undefined && add(resource, entry, `of ${owner.label}`)) grows = true;
      }
    }
  }
  const withoutEntries = [...found.values()].map(({ entry: _entry, ...created }) => created);
  return { found: withoutEntries, unread };
}

/** The first of an entry's own texts that carries a mark: what others wrote in nested data does not count. */
function markedText(entry: JsonObject, markOf: (text: string) => string | undefined): string | undefined {
  return Object.values(entry).find(
    (value): value is string => typeof value === 'string' && markOf(value) !== undefined,
  );
}

function ownerOf(
  { refers }: Resource,
  entry: JsonObject,
  found: readonly (Created & { readonly entry: JsonObject })[],
): Created | undefined {
  return refers
    .filter(({ property }) => isName(entry[property]))
    .map(({ property, resource, by }) =>
      found.find((one) => one.resource === resource && one.entry[by] === entry[property]),
    )
    .find((owner) => owner !== undefined);
}

function isName(value: Json | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
