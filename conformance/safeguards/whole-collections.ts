import type { Contract, Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { withoutAnswer } from '../engine/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { entriesIn } from '../lookup/entries.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { neededValues } from '../lookup/needed-values.js';
import { type ShownList, shownList } from '../lookup/shown-list.js';
import { counted } from '../report/last-line.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';

/** The GET at the path of a collection. */
interface Listing {
  readonly read: Operation;
  readonly list: ShownList;
}

type Send = (request: PlannedRequest) => Promise<Exchange>;

/** What a request to a collection may do to every item of it. A PUT replaces what is at its path. @see RFC 9110, section 9.3.4 */
const TO_ALL: ReadonlyMap<string, string> = new Map([
  ['DELETE', 'remove'],
  ['PUT', 'replace'],
]);

/**
 * Keeps a run from removing or replacing a whole collection of which it did not create every item: `DELETE /songs`, of
 * which no document says whether it removes all songs. What names an item of the run in its path is not held back.
 */
export class WholeCollections {
  readonly #contract: Contract;
  readonly #created: CreatedResources;
  /** By route. */
  readonly #listings: ReadonlyMap<string, Listing>;

  constructor(contract: Contract, created: CreatedResources) {
    this.#contract = contract;
    this.#created = created;
    const listings = contract.operations.flatMap((read) => {
      const list = read.method === 'GET' ? shownList(contract, read) : undefined;
      return list === undefined ? [] : [[read.route, { read, list }] as const];
    });
    this.#listings = new Map(listings);
  }

  /** @throws Stop where the collection has items of others */
  async assertOwn(request: PlannedRequest, send: Send): Promise<void> {
    const { operation, method, values = noValues } = request;
    const verb = TO_ALL.get(method);
    if (verb === undefined || operation?.method !== method || operation.effect !== undefined) return;
    const listing = this.#listings.get(operation.route);
    if (listing === undefined) return;
    if (this.#created.isNamedBy(request)) return;
    const read = buildRequest(listing.read, { ...neededValues(this.#contract, listing.read), path: values.path });
    const others = this.#others(listing, await send(read).catch(withoutAnswer));
    if (others === 0) return;
    throw new Stop(
      `${method} ${operation.route} is not sent: it may ${verb} ${counted(others, 'item')} that this run did not create; empty the collection to have it tried.`,
      'contract',
    );
  }

  /** How many items of others a page of the collection shows. */
  #others({ read, list }: Listing, exchange: Exchange | undefined): number {
    if (exchange === undefined || !isBelievable(exchange)) return 0;
    const { target = '', kind } = read.effect ?? {};
    const isOwn = (entry: Json) => {
      const id =
        kind === 'list' && isObject(entry) && this.#contract.resources.has(target)
          ? idOf(resourceNamed(this.#contract, target), entry)
          : undefined;
      return id !== undefined && this.#created.has(target, id);
    };
    return entriesIn(exchange.response.json, list.as).filter((entry) => !isOwn(entry)).length;
  }
}
