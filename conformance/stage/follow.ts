import type { Contract, Json } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import { type Exchange, succeeded } from '../exchange.js';
import { idOf, resourceNamed } from './identity.js';
import { type Ledger, labelOf } from './ledger.js';
import { type Tuple, tupleKey, tuplesOf } from './tuples.js';

/**
 * Follows what exchanges do to the target, so that all of it can be undone: created things go to the ledger, tuples,
 * altered and new things are kept until the next check.
 */
export class Follower {
  readonly #contract: Contract;
  readonly #ledger: Ledger;
  readonly #mark: string;
  /** Tuples that are there now, and were not before the check. */
  readonly tuples = new Map<string, Tuple>();
  /** `resource id` of what was changed, so that nobody may take it for what it was. */
  readonly altered = new Set<string>();
  /** `resource id` of what was created, by the check itself. */
  readonly created = new Map<string, { readonly resource: string; readonly id: string }>();

  constructor(contract: Contract, ledger: Ledger, mark: string) {
    this.#contract = contract;
    this.#ledger = ledger;
    this.#mark = mark;
  }

  follow(exchange: Exchange): void {
    const { operation, values } = exchange.request;
    const effect = operation?.effect;
    if (operation === undefined || effect === undefined || operation.method !== exchange.request.method) return;
    // Of a request that got no answer, or broke the server, nobody knows whether it had its effect.
    const uncertain = exchange.response.status === 0 || exchange.response.status >= 500;
    if (!succeeded(exchange) && !uncertain) return;
    switch (effect.kind) {
      case 'create':
        return this.#followCreation(effect.target, exchange, uncertain);
      case 'update':
      case 'delete': {
        const parameter = effect.of[effect.target];
        const id = parameter === undefined ? undefined : values?.path[parameter];
        if (typeof id !== 'string') return;
        this.altered.add(`${effect.target} ${id}`);
        if (effect.kind === 'delete' && !uncertain) this.#forget(effect.target, id);
        return;
      }
      case 'add':
        for (const tuple of tuplesOf(this.#contract, exchange.request))
          this.tuples.set(tupleKey(this.#contract, tuple), tuple);
        return;
      case 'remove':
        if (uncertain) return;
        for (const tuple of tuplesOf(this.#contract, exchange.request))
          this.tuples.delete(tupleKey(this.#contract, tuple));
        return;
      default:
        return;
    }
  }

  /** Forgets the tuples, the altered and the created: they have been dealt with. */
  settle(): void {
    this.tuples.clear();
    this.altered.clear();
    this.created.clear();
  }

  #followCreation(name: string, exchange: Exchange, uncertain: boolean): void {
    const resource = resourceNamed(this.#contract, name);
    const sent = exchange.request.values?.body;
    const id = isObject(exchange.response.json) ? idOf(resource, exchange.response.json) : undefined;
    const label = labelOf(sent, this.#mark);
    if (id === undefined || uncertain) {
      if (label !== '') this.#ledger.suspect(name, label);
      return;
    }
    this.#ledger.add({ resource: name, id, label });
    this.created.set(`${name} ${id}`, { resource: name, id });
  }

  #forget(resource: string, id: string): void {
    this.#ledger.remove(resource, id);
    this.created.delete(`${resource} ${id}`);
    for (const [key, { names }] of this.tuples) {
      if (sameId(this.#contract, resource, names[resource], id)) this.tuples.delete(key);
    }
  }
}

function sameId(contract: Contract, resource: string, name: Json | undefined, id: string): boolean {
  return name !== undefined && idOf(resourceNamed(contract, resource), name) === id;
}
