import type { Contract, Operation } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { type ProblemText, problemTextOf } from '../judge/problem-text.js';
import { mayNameInBody, mayNameInQuery } from '../lookup/invented-names.js';
import { type Exchange, succeeded } from '../target/exchange.js';

/** The answers of a server that has no such route, or no handler for it. */
const ABSENT: ReadonlySet<number> = new Set([404, 405, 501]);
/** The fewest requests before an operation counts as not implemented, where no 501 says so. */
const FEWEST = 2;

interface Answers {
  count: number;
  /** Something else than ABSENT was answered, apart from refusals of tokens. */
  other: boolean;
  /** A request without a token was answered like all others. */
  openly: boolean;
  /** The status of all answers is one that no missing resource has. */
  plainly: boolean;
  /** All answers say that the server does not implement it. */
  inWords: boolean;
}

const NO_ANSWERS: Answers = { count: 0, other: false, openly: false, plainly: true, inWords: true };

/**
 * Finds operations that the target does not implement: every request is answered with 404, 405 or 501, or a valid one
 * with 501, and none succeeds. Where the path, the query or the body names a resource, a 404 may also mean that the
 * resource is missing; then something else must show that it is not.
 */
export class Absence {
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #contract: Contract;
  readonly #problemText: ProblemText;
  readonly #answers = new Map<string, Answers>();
  /** Operations of which a request that must succeed did not. */
  readonly #failed = new Set<string>();
  /** Those of which one got a 501: requests that are not valid may be refused before that. */
  readonly #statedly = new Set<string>();
  readonly #succeeded = new Set<string>();
  /** The last 404 to a reading, by operation: what the target says of another path shows what it means. */
  readonly #readings = new Map<string, Exchange>();
  readonly #asked = new Set<string>();
  /** Operations that answer 404 themselves, or that refuse the full-access token a valid request. */
  readonly #there = new Set<string>();
  /** The routes, up to their first parameter, of which some request succeeded. */
  readonly #known = new Set<string>();

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
    this.#problemText = problemTextOf(contract);
  }

  record(exchange: Exchange): void {
    const { operation, method } = exchange.request;
    const { status, json } = exchange.response;
    if (operation === undefined || operation.method !== method || status === 0 || status === 429) return;
    if (succeeded(exchange)) {
      this.#known.add(subjectOf(operation));
      this.#succeeded.add(operation.id);
    }
    const answers = this.#answers.get(operation.id) ?? { ...NO_ANSWERS };
    this.#answers.set(operation.id, answers);
    if (exchange.authorization !== undefined && (status === 401 || status === 403)) return;
    if (exchange.authorization === undefined && operation.security.length > 0) {
      if (ABSENT.has(status)) answers.openly = true;
      return;
    }
    answers.count += 1;
    const isKnown = this.#problemText.read('error-code', operation, status, json) !== undefined;
    if (!ABSENT.has(status) || isKnown) answers.other = true;
    if (status === 404) answers.plainly = false;
    if (status === 404 && method === 'GET') this.#readings.set(operation.id, exchange);
    if (status !== 501) answers.inWords = false;
  }

  /** Call when a request that must succeed got another status. */
  failed(operation: string, status: number): void {
    this.#failed.add(operation);
    if (status === 401 || status === 403) this.#there.add(operation);
    if (status === 501) this.#statedly.add(operation);
  }

  /** Answers by which an operation counts as not implemented, each once: call `isThere` where they mean something else. */
  unconfirmed(): readonly Exchange[] {
    const open = [...this.#readings].filter(([id]) => this.has(id) && !this.#asked.has(id));
    for (const [id] of open) this.#asked.add(id);
    return open.map(([, exchange]) => exchange);
  }

  isThere(operation: string): void {
    this.#there.add(operation);
  }

  /** Whether the target does not implement this operation, as far as its answers show. */
  has(id: string): boolean {
    if (this.#there.has(id)) return false;
    if (this.#statedly.has(id)) return !this.#succeeded.has(id);
    const answers = this.#answers.get(id);
    const operation = this.#operations.get(id);
    if (
      !this.#failed.has(id) ||
      answers === undefined ||
      operation === undefined ||
      answers.other ||
      answers.count < (answers.inWords ? 1 : FEWEST)
    )
      return false;
    const mayName =
      hasFreeParameters(operation) || mayNameInQuery(operation) || mayNameInBody(this.#contract, operation);
    return answers.plainly || answers.openly || !mayName || this.#known.has(subjectOf(operation));
  }

  /** In the order of the contract. */
  get operations(): readonly string[] {
    return [...this.#operations.keys()].filter((id) => this.has(id));
  }
}

/** The route up to and including its first parameter: what the path is about. */
function subjectOf({ route }: Operation): string {
  return /^[^{]*\{[^}]*\}/.exec(route)?.[0] ?? route;
}
