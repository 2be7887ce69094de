import type { Contract, Json } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { labelOf } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { createdBy, idOf, locatedOnly, resourceNamed } from '../lookup/identity.js';
import { mentions } from '../lookup/mentions.js';
import { namesInPath } from '../lookup/path-names.js';
import { renamedBy } from '../lookup/renamed.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Journal } from './journal.js';

/** Statuses of refusals that may come after the effect: of a proxy that gave up waiting. */
const UNCERTAIN: ReadonlySet<number> = new Set([408]);

/** Longer numbers are random. */
export const COUNTED = /^\d{1,12}$/;

/** Writes the creations and removals among the requests of a run to its journal. */
export class CreationLog {
  readonly journal: Journal;
  readonly #contract: Contract;
  readonly #now: () => number;
  /** `resource id` of what the run created. */
  readonly #created = new Set<string>();
  /** Resources whose keys are numbers. */
  readonly #counted = new Set<string>();
  /** `resource id` of what may be something else than what was created, until `confirm`: its number. */
  readonly #unconfirmed = new Map<string, number>();
  /** What of it still exists. */
  readonly #existing = new Set<string>();

  /** @param now - milliseconds since 1970 */
  constructor(journal: Journal, contract: Contract, now: () => number) {
    this.journal = journal;
    this.#contract = contract;
    this.#now = now;
  }

  /** Whether the run created it, even if it was removed since. */
  has(resource: string, id: string): boolean {
    return this.#created.has(`${resource} ${id}`);
  }

  /** Whether the target counts the keys of this resource: an invented number may then name somebody's. */
  hasCountedKeys(resource: string): boolean {
    return this.#counted.has(resource);
  }

  /** Call where an answer named what was created, and nothing else: only then it is the run's. */
  confirm(resource: string, id: string): void {
    const n = this.#unconfirmed.get(`${resource} ${id}`);
    if (n === undefined) return;
    this.#unconfirmed.delete(`${resource} ${id}`);
    this.adopt(resource, id);
    this.journal.created(n, id);
  }

  /** Call where an answer named what was there before: a sweep must not find that by what the creation changed of it. */
  dismiss(resource: string, id: string): void {
    const n = this.#unconfirmed.get(`${resource} ${id}`);
    if (n === undefined) return;
    this.#unconfirmed.delete(`${resource} ${id}`);
    this.journal.searched(n, []);
  }

  /** Adds what the journal lists already. */
  adopt(resource: string, id: string): void {
    this.#created.add(`${resource} ${id}`);
    this.#existing.add(`${resource} ${id}`);
    if (COUNTED.test(id)) this.#counted.add(resource);
  }

  /**
   * Call before a request is sent.
   * @returns the number to pass to `answered`; absent where it creates nothing
   * @throws RunError where the entry cannot be written: do not send the request
   */
  sending(request: PlannedRequest): number | undefined {
    const effect = effectOf(request);
    if (effect?.kind !== 'create') return undefined;
    const sent = request.values?.body ?? request.body;
    const { operation, values } = request;
    const parent = operation === undefined || values === undefined ? {} : namesInPath(operation, values);
    return this.journal.creating({
      at: new Date(this.#now()).toISOString(),
      resource: effect.target,
      text: labelOf(sent, this.journal.header.mark) || this.#ownIdIn(sent),
      ...(Object.keys(parent).length === 0 ? {} : { parent }),
    });
  }

  /** Call with the answer. Without one, the creation stays open. */
  answered(exchange: Exchange, n: number | undefined): void {
    if (n !== undefined) {
      this.#creationAnswered(exchange, n);
      return;
    }
    this.#renameAnswered(exchange);
    const { request } = exchange;
    const effect = effectOf(request);
    const parameter = effect?.of[effect.target];
    if (effect?.kind !== 'delete' || parameter === undefined || !isBelievable(exchange)) return;
    const id = String(request.values?.path[parameter] ?? '');
    if (!this.#existing.delete(`${effect.target} ${id}`)) return;
    this.journal.removed(effect.target, id);
  }

  /** A resource of ours may be changed and removed by its new key, too. */
  #renameAnswered(exchange: Exchange): void {
    const renamed = renamedBy(this.#contract, exchange, this.journal.header.mark);
    if (renamed === undefined || !this.#existing.has(`${renamed.resource} ${renamed.from}`)) return;
    const { operation, values } = exchange.request;
    const { [renamed.resource]: _own, ...parent } =
      operation === undefined || values === undefined ? {} : namesInPath(operation, values);
    const n = this.journal.creating({
      at: new Date(this.#now()).toISOString(),
      resource: renamed.resource,
      text: renamed.to,
      ...(Object.keys(parent).length === 0 ? {} : { parent }),
    });
    this.adopt(renamed.resource, renamed.to);
    this.journal.created(n, renamed.to);
  }

  #creationAnswered(exchange: Exchange, n: number): void {
    const { request, response } = exchange;
    const { status } = response;
    const target = effectOf(request)?.target ?? '';
    if (status >= 400 && status < 500 && !UNCERTAIN.has(status)) {
      this.journal.refused(n);
      return;
    }
    const value = createdBy(this.#contract, exchange);
    const id = value && idOf(resourceNamed(this.#contract, target), value);
    if (!succeeded(exchange) || id === undefined) return;
    if (isDerived(this.#contract, target) || locatedOnly(this.#contract, exchange) !== undefined) {
      if (!this.has(target, id)) this.#unconfirmed.set(`${target} ${id}`, n);
      return;
    }
    this.adopt(target, id);
    this.journal.created(n, id);
  }

  /** The id of a resource of ours in a body: a resource without a name of its own, such as a grant, refers to one. */
  #ownIdIn(body: Json | undefined): string {
    const text = JSON.stringify(body ?? '');
    const ids = [...this.#existing].map((key) => key.slice(key.indexOf(' ') + 1));
    // The newest: the parent of all is in many.
    return ids.reverse().find((id) => mentions(text, id)) ?? '';
  }
}

/** The effect that a request has if it succeeds. */
function effectOf({ operation, method }: PlannedRequest) {
  return operation?.method === method ? operation.effect : undefined;
}
