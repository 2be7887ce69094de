import type { Contract, Json, Operation } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { Stop } from '../engine/stop.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { entriesOf } from '../lookup/listings/entries.js';
import { namesInPath } from '../lookup/path-names.js';
import { tuplesOf } from '../lookup/tuples.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { COUNTED, type CreationLog } from './creation-log.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Named {
  readonly resource: string;
  readonly id: string;
}

/**
 * Keeps a run from changing what is not its own: a write may name what the journal lists, the fixtures that the user
 * supplied, and invented ids that the target has never shown.
 */
export class OwnershipGuard {
  readonly #contract: Contract;
  readonly #created: Pick<CreationLog, 'has' | 'hasCountedKeys'>;
  readonly #supplied: ReadonlySet<string>;
  /** `resource id` of what the target showed and the run did not create. */
  readonly #foreign = new Set<string>();
  /** The same by id, for requests that no operation describes. */
  readonly #foreignIds = new Map<string, Set<string>>();

  constructor(
    contract: Contract,
    created: Pick<CreationLog, 'has' | 'hasCountedKeys'>,
    supplied: SuppliedFixtures = new Map(),
  ) {
    this.#contract = contract;
    this.#created = created;
    this.#supplied = new Set([...supplied.values()].flat().map(keyOf));
  }

  /** Remembers the ids of everything that an answer shows. */
  learn(exchange: Exchange): void {
    const { operation } = exchange.request;
    const { effect } = operation ?? {};
    if (effect === undefined || operation === undefined || !succeeded(exchange)) return;
    if (effect.kind === 'list') {
      for (const resource of listedResources(this.#contract, operation)) {
        for (const entry of entriesOf(operation, exchange.response.json)) this.#note(resource, entry);
      }
    } else if (effect.kind === 'read' && effect.on === 'resource') {
      this.#note(effect.target, answeredItem(effect, exchange.response.json));
    }
  }

  /**
   * @param authorized - the request carries a token: without one, a server changes nothing
   * @throws Stop where the request could change what is not ours
   */
  assertHarmless(request: PlannedRequest, authorized: boolean): void {
    const { operation, method } = request;
    if (SAFE_METHODS.has(method) || !authorized) return;
    if (operation === undefined || operation.method !== method) {
      this.#assertNoForeignId(request);
      return;
    }
    const { effect } = operation;
    if (effect === undefined)
      throw new Stop(
        `${method} ${operation.route} is not sent: the contract does not say what it changes, and this tenant is shared.`,
        'contract',
      );
    const changed = this.#changedBy(request, operation);
    const isWhole = this.#contract.resources.get(effect.target)?.inside === undefined;
    const isOfTarget = effect.on === 'resource' && isWhole && (effect.kind === 'update' || effect.kind === 'delete');
    if (isOfTarget && !changed.some(({ resource }) => resource === effect.target))
      throw new Stop(
        `${method} ${operation.route} is not sent: it changes the only ${effect.target} of a tenant that is shared.`,
        'contract',
      );
    for (const named of changed) {
      if (this.#isHarmless(named)) continue;
      throw new Stop(
        `${method} ${request.path} is not sent: the ${named.resource} "${named.id}" was not created by this run.`,
        'contract',
      );
    }
  }

  /** What a request names in its path, and in the lists of its body. */
  #changedBy(request: PlannedRequest, operation: Operation): readonly Named[] {
    const names = Object.entries(namesInPath(operation, request.values ?? { path: {} }));
    const tuples = (['add', 'remove'] as const).flatMap((kind) => tuplesOf(this.#contract, request, kind));
    return [...names, ...tuples.flatMap((tuple) => Object.entries(tuple.names))].flatMap(([resource, name]) => {
      const known = this.#contract.resources.get(resource);
      // An item is changed only with its parent, which the path names.
      if (known === undefined || known.inside !== undefined) return [];
      const id = idOf(known, name);
      return id === undefined ? [] : [{ resource, id }];
    });
  }

  #isHarmless(named: Named): boolean {
    if (this.#created.has(named.resource, named.id) || this.#supplied.has(keyOf(named))) return true;
    const mayBeTaken = COUNTED.test(named.id) && this.#created.hasCountedKeys(named.resource);
    return !this.#foreign.has(keyOf(named)) && !mayBeTaken;
  }

  #assertNoForeignId({ method, path }: PlannedRequest): void {
    const segments = (path.split('?')[0] ?? '').split('/').map((segment) => decodeSegment(segment) ?? segment);
    const foreign = segments.find((segment) => this.#isForeign(segment) || COUNTED.test(segment));
    if (foreign === undefined) return;
    throw new Stop(`${method} ${path} is not sent: "${foreign}" was not created by this run.`, 'contract');
  }

  /** An item of the run may have been shown before it was known to be that. */
  #isForeign(id: string): boolean {
    return [...(this.#foreignIds.get(id) ?? [])].some((resource) => !this.#created.has(resource, id));
  }

  #note(resource: string, entry: Json | undefined): void {
    const known = resourceNamed(this.#contract, resource);
    if (entry === undefined || known.inside !== undefined) return;
    const id = idOf(known, entry);
    if (id === undefined || this.#created.has(resource, id)) return;
    const aliases = known.aliases.map((alias) => (isObject(entry) ? entry[alias] : undefined));
    for (const name of [id, ...aliases]) {
      if (typeof name !== 'string') continue;
      this.#foreign.add(keyOf({ resource, id: name }));
      this.#foreignIds.set(name, (this.#foreignIds.get(name) ?? new Set()).add(resource));
    }
  }
}

/** The resources that a listing shows: its own, or the sides of its relation that the path does not name. */
function listedResources(contract: Contract, { effect }: Operation): readonly string[] {
  if (effect === undefined) return [];
  if (effect.on === 'resource') return [effect.target];
  const relation = contract.relations.get(effect.target);
  const sides = (relation?.between ?? []).filter((side) => !(side in effect.of));
  return sides.length === 1 ? sides : [];
}

function keyOf({ resource, id }: Named): string {
  return `${resource} ${id}`;
}
