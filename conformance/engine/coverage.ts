import type { Contract, Pointer } from '../../contract/contract.js';
import { type ProblemText, problemTextOf } from '../judge/problem-text.js';
import { Absence } from '../preflight/absence.js';
import type { Exchange } from '../target/exchange.js';

export interface CoverageEntry {
  readonly operation: string;
  readonly status: number;
  readonly errorCode?: string;
  readonly hits: number;
}

/** One request with a token of chosen scopes. */
export interface ScopeAttempt {
  readonly operation: string;
  readonly scopes: readonly string[];
  /** What the contract says of these scopes. */
  readonly access: 'granted' | 'refused' | 'disputed';
  /** Whether the target let the request through. */
  readonly allowed: boolean;
}

/** Counts the answers of each operation, and the facts of the contract that checks tested. */
export class Coverage {
  readonly #contract: Contract;
  readonly #problemText: ProblemText;
  readonly #answers = new Map<string, { operation: string; status: number; errorCode?: string; hits: number }>();
  readonly #facts = new Map<Pointer, number>();
  readonly absence: Absence;
  readonly #attempts: ScopeAttempt[] = [];

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#problemText = problemTextOf(contract);
    this.absence = new Absence(contract);
  }

  record(exchange: Exchange): void {
    const { request, response } = exchange;
    const { operation } = request;
    this.absence.record(exchange);
    if (operation === undefined || operation.method !== request.method || response.status === 0) return;
    const errorCode = this.#problemText.read('error-code', operation, response.status, response.json);
    const key = `${operation.id} ${response.status} ${errorCode ?? ''}`;
    const entry = this.#answers.get(key);
    if (entry !== undefined) entry.hits += 1;
    else {
      const answer = { operation: operation.id, status: response.status, hits: 1 };
      this.#answers.set(key, errorCode === undefined ? answer : { ...answer, errorCode });
    }
  }

  tried(attempt: ScopeAttempt): void {
    this.#attempts.push(attempt);
  }

  get attempts(): readonly ScopeAttempt[] {
    return this.#attempts;
  }

  reached(fact: Pointer): void {
    this.#facts.set(fact, (this.#facts.get(fact) ?? 0) + 1);
  }

  get facts(): ReadonlyMap<Pointer, number> {
    return this.#facts;
  }

  /** In the order of the contract's operations, then by status and errorCode. */
  entries(): readonly CoverageEntry[] {
    const order = new Map(this.#contract.operations.map(({ id }, index) => [id, index]));
    const place = (entry: CoverageEntry) => order.get(entry.operation) ?? order.size;
    return [...this.#answers.values()].sort(
      (one, other) =>
        place(one) - place(other) ||
        one.status - other.status ||
        (one.errorCode ?? '').localeCompare(other.errorCode ?? ''),
    );
  }
}
