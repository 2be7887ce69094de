import type { Contract, Json } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import { type Exchange, succeeded } from '../exchange.js';
import { isBelievable } from '../judge/judge.js';
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

  readonly #creations = new Map<string, { readonly exchange: Exchange; readonly names: readonly string[] }>();

  constructor(contract: Contract, ledger: Ledger, mark: string) {
    this.#contract = contract;
    this.#ledger = ledger;
    this.#mark = mark;
  }

  /** @param alone - nothing else was under way meanwhile, so that the order of effects is known */
  follow(exchange: Exchange, alone: boolean): void {
    const { operation, values } = exchange.request;
    const effect = operation?.effect;
    if (operation === undefined || effect === undefined || operation.method !== exchange.request.method) return;
    // Of a request that got no answer, or broke the server, nobody knows whether it had its effect.
    const uncertain = exchange.response.status === 0 || exchange.response.status >= 500;
    if (!succeeded(exchange) && !uncertain) return;
    switch (effect.kind) {
      case 'create':
        this.#followCreation(effect.target, exchange, uncertain);
        return;
      case 'update':
      case 'delete': {
        const parameter = effect.of[effect.target];
        const id = parameter === undefined ? undefined : values?.path[parameter];
        if (typeof id !== 'string') return;
        this.altered.add(`${effect.target} ${id}`);
        if (effect.kind === 'delete' && isBelievable(exchange)) this.#forget(effect.target, id);
        return;
      }
      case 'add':
        for (const tuple of tuplesOf(this.#contract, exchange.request))
          this.tuples.set(tupleKey(this.#contract, tuple), tuple);
        return;
      case 'remove':
        if (uncertain || !alone) return;
        for (const tuple of tuplesOf(this.#contract, exchange.request))
          this.tuples.delete(tupleKey(this.#contract, tuple));
        return;
      default:
        return;
    }
  }

  /** Forgets the tuples, the altered and the created: they have been dealt with. */
  settle(keeps: (resource: string, id: string) => boolean): void {
    this.tuples.clear();
    this.altered.clear();
    for (const [key, { resource, id }] of this.created) if (!keeps(resource, id)) this.#creations.delete(key);
    this.created.clear();
  }

  /** The creations of what these exchanges name, and of what those name, in order. */
  creationsOf(exchanges: readonly Exchange[]): readonly Exchange[] {
    const needed = new Set<Exchange>();
    const collect = (text: string): void => {
      for (const { exchange, names } of this.#creations.values()) {
        if (needed.has(exchange) || exchanges.includes(exchange) || !names.some((name) => text.includes(name)))
          continue;
        needed.add(exchange);
        collect(textOf(exchange));
      }
    };
    exchanges.map(textOf).forEach(collect);
    return [...this.#creations.values()].map(({ exchange }) => exchange).filter((exchange) => needed.has(exchange));
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
    const { json } = exchange.response;
    const aliases = resource.aliases.map((alias) => (isObject(json) ? json[alias] : undefined));
    const names = [id, ...aliases].filter((value) => typeof value === 'string');
    this.#creations.set(`${name} ${id}`, { exchange, names });
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

/** Everything that a request names. */
function textOf({ request }: Exchange): string {
  return `${safeDecode(request.path)} ${request.body ?? ''}`;
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
