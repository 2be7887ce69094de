import type { Contract } from '../../contract/contract.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import type { Created } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { listingOf } from '../lookup/listings/listing-of.js';
import { neededValues } from '../lookup/needed-values.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import type { CleanupOptions } from './cleanup-options.js';
import { requestOn } from './remove.js';

/** How many requests find out whether answers mean anything. */
const MOST_PROBES = 6;

/** A request whose answer shows whether the target's answers mean anything. */
interface Probe {
  readonly created: Created;
  readonly request: PlannedRequest;
  readonly isShown: (exchange: Exchange, created: Created, contract: Contract) => boolean;
}

/** Listings of the created resources, and reads of the newest ones. */
export function probesFor({ contract, effects }: CleanupOptions, all: readonly Created[]): readonly Probe[] {
  const newest = new Map([...all].reverse().map((created) => [created.resource, created]));
  const probes = [...newest.values()].flatMap((created): readonly Probe[] => {
    const { resource } = created;
    const listing = listingOf(effects, resource);
    const reading = requestOn(effects.contract, effects.one('read', resource), created);
    return [
      ...(listing === undefined
        ? []
        : [{ created, request: buildRequest(listing, neededValues(contract, listing)), isShown: isList }]),
      ...(reading === undefined ? [] : [{ created, request: reading, isShown: isResource }]),
    ];
  });
  return probes.slice(0, MOST_PROBES);
}

/**
 * Whether the target shows a list where one is documented, or a created resource under its id. Otherwise it answers
 * everything alike, and its answers mean nothing.
 */
export async function showsAnything({ contract, send }: CleanupOptions, probes: readonly Probe[]): Promise<boolean> {
  for (const { created, request, isShown } of probes) {
    const exchange = await send(request);
    if (isBelievable(exchange) && isShown(exchange, created, contract)) return true;
  }
  return probes.length === 0;
}

export function isList({ request, response }: Exchange): boolean {
  const property = request.operation?.effect?.as;
  const { json } = response;
  return Array.isArray(isObject(json) && property !== undefined ? json[property] : json);
}

function isResource({ request, response }: Exchange, { resource, id }: Created, contract: Contract): boolean {
  const json = answeredItem(request.operation?.effect, response.json);
  return isObject(json) && idOf(resourceNamed(contract, resource), json) === id;
}
