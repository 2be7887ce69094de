import type { Contract, Json, Operation } from '../../contract/contract.js';
import { includesJson } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { withoutAnswer } from '../engine/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { entriesOf } from '../lookup/entries.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { neededValues } from '../lookup/needed-values.js';
import { counted } from '../report/last-line.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;

/**
 * Keeps a run from removing a whole collection of which it did not create every item: `DELETE /songs`, of which no
 * document says whether it removes all songs. What names an item of the run in its path is not held back.
 */
export class WholeCollections {
  readonly #contract: Contract;
  readonly #created: CreatedResources;
  /** By route. */
  readonly #listings: ReadonlyMap<string, Operation>;

  constructor(contract: Contract, created: CreatedResources) {
    this.#contract = contract;
    this.#created = created;
    const listings = contract.operations.filter(
      (operation) => operation.method === 'GET' && isListing(contract, operation),
    );
    this.#listings = new Map(listings.map((listing) => [listing.route, listing]));
  }

  /** @throws Stop where the collection has items of others */
  async assertOwn(request: PlannedRequest, send: Send): Promise<void> {
    const { operation, method, values = noValues } = request;
    if (method !== 'DELETE' || operation?.method !== method || operation.effect !== undefined) return;
    const listing = this.#listings.get(operation.route);
    if (listing === undefined) return;
    const named = Object.values(values.path).map(String);
    if (this.#created.isBelowOwn(request) || this.#created.all().some(({ id }) => named.includes(id))) return;
    const read = buildRequest(listing, { ...neededValues(this.#contract, listing), path: values.path });
    const others = this.#others(listing, await send(read).catch(withoutAnswer));
    if (others === 0) return;
    throw new Stop(
      `${method} ${operation.route} is not sent: it may remove ${counted(others, 'item')} that this run did not create; empty the collection to have it tried.`,
      'contract',
    );
  }

  /** How many items of others a page of the collection shows. */
  #others(listing: Operation, exchange: Exchange | undefined): number {
    if (exchange === undefined || !isBelievable(exchange)) return 0;
    const { target = '', kind } = listing.effect ?? {};
    const isOwn = (entry: Json) => {
      const id =
        kind === 'list' && isObject(entry) && this.#contract.resources.has(target)
          ? idOf(resourceNamed(this.#contract, target), entry)
          : undefined;
      return id !== undefined && this.#created.has(target, id);
    };
    return entriesOf(listing, exchange.response.json).filter((entry) => !isOwn(entry)).length;
  }
}

function isListing(contract: Contract, { effect, responses }: Operation): boolean {
  if (effect !== undefined) return effect.kind === 'list';
  const success = responses.find(({ status }) => status === '200');
  const schema = success?.content.find(({ type }) => includesJson(type))?.schema;
  return schema !== undefined && mergedSchema(contract, schema).type === 'array';
}
