import type { Contract, Operation, Parameter } from '../../contract/contract.js';
import { isParameter, pathSegments, shapeOf } from '../../contract/derive/path-shape.js';
import { nameWords } from '../../contract/text/name-words.js';
import { mayNameInBody } from '../lookup/invented-names.js';
import { type ShownList, shownList } from '../lookup/listings/shown-list.js';
import { isUnstated, readsByName } from '../lookup/resource-operations.js';

/** The GET that shows a collection. */
export interface Listing {
  readonly read: Operation;
  /** Undefined: the document does not say where the list is. */
  readonly list: ShownList | undefined;
}

/** What a request does to all items of a collection. */
export interface Meant {
  readonly verb: string;
  /** All that show it: one may leave out what another shows. */
  readonly listings: readonly Listing[];
}

/** What a request to a collection may do to every item of it. A PUT replaces what is at its path. @see RFC 9110, section 9.3.4 */
const TO_ALL: ReadonlyMap<string, string> = new Map([
  ['DELETE', 'remove'],
  ['PUT', 'replace'],
]);

/** Words below the path of a collection that mean all of it: `DELETE /songs/all`, and `POST /songs/sync`, which replaces it. */
const ALL = /^(all|everything|sync|synchroni[sz]e|replace)$/;
/** Words that mean all of it where nothing in the request chooses: `POST /songs/reset`. */
const ALL_UNCHOSEN = /^(delete|remove|clear|purge|reset|wipe|flush|truncate)$/;
/** Names of paths that list a collection below its own: `GET /songs/list`. */
const LISTS = /^(list|all)$/;

/**
 * The collection of which a request may remove, replace or change every item, as far as its path tells: it is that of the
 * collection, or words below it mean all of it. Undefined: it may not, or no operation lists it.
 */
export function collectionMeant(contract: Contract, operation: Operation): Meant | undefined {
  if (operation.effect !== undefined) return undefined;
  const verb = TO_ALL.get(operation.method);
  const own = verb === undefined ? [] : listingsAt(contract, pathSegments(operation.route), 'known');
  if (verb !== undefined && own.length > 0) return { verb, listings: own };
  const isWrite = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(operation.method);
  if (!isWrite || !isUnstated(operation, contract) || readsByName(operation)) return undefined;
  const above = listingsAbove(contract, operation);
  return above.length === 0 ? undefined : { verb: verb ?? 'change', listings: above };
}

/** The listings of the collection that the end of a path means all of: those of the longest path before it. */
function listingsAbove(contract: Contract, operation: Operation): readonly Listing[] {
  const segments = pathSegments(operation.route);
  if (!meansAll(contract, operation, nameWords(segments.at(-1) ?? ''))) return [];
  // The first segment is empty, and what is at the path of an item is no collection.
  const shortest = Math.max(1, segments.findLastIndex(isParameter) + 1);
  for (let length = segments.length - 1; length > shortest; length -= 1) {
    const listings = listingsAt(contract, segments.slice(0, length), 'any');
    if (listings.length > 0) return listings;
  }
  return [];
}

function meansAll(contract: Contract, operation: Operation, words: readonly string[]): boolean {
  const isAll = words.some((word) => ALL.test(word));
  if (words.length === 0 || !words.every((word) => ALL.test(word) || ALL_UNCHOSEN.test(word))) return false;
  const isChosen = operation.requestBody !== undefined || operation.parameters.some(isRequiredQuery);
  return isAll ? !mayNameInBody(contract, operation) : !isChosen;
}

function isRequiredQuery({ in: place, required }: Parameter): boolean {
  return place === 'query' && required;
}

/**
 * The GET at the path of a collection, and those below it that list it by their names.
 * @param form - known: the document says that what is at the path itself is a list
 */
function listingsAt(contract: Contract, collection: readonly string[], form: 'known' | 'any'): readonly Listing[] {
  const shape = shapeOf(collection);
  return contract.operations.flatMap((read) => {
    if (read.method !== 'GET') return [];
    const segments = pathSegments(read.route);
    const list = shownList(contract, read);
    const isAt = shapeOf(segments) === shape && (form === 'any' || list !== undefined);
    const isBelow = LISTS.test(segments.at(-1) ?? '') && shapeOf(segments.slice(0, -1)) === shape;
    return isAt || isBelow ? [{ read, list }] : [];
  });
}
