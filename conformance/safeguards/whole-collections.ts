import type { Contract, Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { withoutAnswer } from '../cleanup/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { entriesIn } from '../lookup/listings/entries.js';
import { neededValues } from '../lookup/needed-values.js';
import { pathValuesFor } from '../lookup/path-names.js';
import { counted } from '../report/last-line.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { collectionMeant, type Listing, type Meant } from './collection-meant.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;

/**
 * Keeps a run from removing, replacing or changing a whole collection of which it did not create every item: `DELETE
 * /songs`, of which no document says whether it removes all songs. What names an item of the run in its path is not held
 * back.
 */
export class WholeCollections {
  readonly #contract: Contract;
  readonly #created: CreatedResources;
  /** By the id of the operation. */
  readonly #meant: ReadonlyMap<string, Meant>;

  constructor(contract: Contract, created: CreatedResources) {
    this.#contract = contract;
    this.#created = created;
    this.#meant = new Map(
      contract.operations.flatMap((operation) => {
        const meant = collectionMeant(contract, operation);
        return meant === undefined ? [] : [[operation.id, meant] as const];
      }),
    );
  }

  /** @throws Stop where the collection has items of others */
  async assertOwn(request: PlannedRequest, send: Send): Promise<void> {
    const { operation, method, values = noValues } = request;
    const meant = operation?.method === method ? this.#meant.get(operation.id) : undefined;
    if (operation === undefined || meant === undefined) return;
    if (this.#created.isNamedBy(request)) return;
    for (const listing of meant.listings) {
      const path = pathValuesFor(listing.read, { operation, values: values.path });
      const read = buildRequest(listing.read, { ...neededValues(this.#contract, listing.read), path });
      const others = this.#others(listing, await send(read).catch(withoutAnswer));
      if (others > 0) throw held(operation, meant.verb, others);
    }
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
    const { json } = exchange.response;
    const entries = list === undefined ? listsIn(json) : entriesIn(json, list.as);
    return entries.filter((entry) => !isOwn(entry)).length;
  }
}

function held({ method, route }: Operation, verb: string, others: number): Stop {
  return new Stop(
    `${method} ${route} is not sent: it may ${verb} ${counted(others, 'item')} that this run did not create; empty the collection to have it tried.`,
    'contract',
  );
}

/** The entries of an answer whose document does not say where its list is. */
function listsIn(json: Json | undefined): readonly Json[] {
  if (Array.isArray(json)) return json;
  return isObject(json) ? Object.values(json).filter(Array.isArray).flat() : [];
}
