import type { Cause, Contract, Operation, Problem, Response } from '../../contract/contract.js';
import { lazy } from '../../contract/lazy.js';
import type { PlainResponse } from '../exchange.js';
import { documentedError } from './documented-error.js';
import { errorBody, errorShape } from './error-body.js';
import { fillTemplate } from './message.js';
import type { Refusal } from './refusal.js';
import { keyOfCause } from './refusal.js';

/** The status of a cause that the contract documents no response for. */
const STATUS_OF: Readonly<Record<Cause['kind'], number>> = {
  token: 401,
  scope: 403,
  invalid: 400,
  beyond: 400,
  unknown: 404,
  duplicate: 409,
  full: 409,
  unsupported: 400,
  rate: 429,
  hook: 400,
  never: 400,
};

interface DocumentedProblem {
  readonly problem: Problem;
  readonly response: Response;
}

/** Documented refusals by the key of their cause; the first one wins. */
class Catalogue {
  readonly #byCause = new Map<string, DocumentedProblem>();
  readonly #byName = new Map<string, DocumentedProblem>();

  constructor(operations: readonly Operation[]) {
    for (const { responses } of operations) {
      for (const response of responses) for (const problem of response.problems) this.#add({ problem, response });
    }
  }

  #add(documented: DocumentedProblem): void {
    const { name, when } = documented.problem;
    const key = keyOfCause(when);
    if (!this.#byCause.has(key)) this.#byCause.set(key, documented);
    if (!this.#byName.has(name)) this.#byName.set(name, documented);
  }

  of(cause: Cause): DocumentedProblem | undefined {
    return (
      this.#byCause.get(keyOfCause(cause)) ?? (cause.kind === 'token' ? this.#byCause.get('token other') : undefined)
    );
  }

  named(name: string): DocumentedProblem | undefined {
    return this.#byName.get(name);
  }

  has(key: string): boolean {
    return this.#byCause.has(key);
  }

  get ceiling(): number | undefined {
    const when = this.#byCause.get('beyond')?.problem.when;
    return when?.kind === 'beyond' ? when.max : undefined;
  }
}

/** All documented refusals of a contract. */
export class ProblemRegistry {
  readonly contract: Contract;
  readonly #catalogue: () => Catalogue;

  constructor(contract: Contract) {
    this.contract = contract;
    this.#catalogue = lazy(() => new Catalogue(contract.operations));
  }

  get catalogue(): Catalogue {
    return this.#catalogue();
  }
}

/**
 * The refusals of one operation. A cause that the operation does not document has the answer that another operation
 * documents, so that every refusal has a documented shape.
 */
export class Problems {
  readonly #registry: ProblemRegistry;
  readonly #own: Catalogue;
  readonly #operation: Operation;

  constructor(registry: ProblemRegistry, operation: Operation) {
    this.#registry = registry;
    this.#own = new Catalogue([operation]);
    this.#operation = operation;
  }

  /** Whether the operation itself documents this cause. */
  documents(cause: Cause): boolean {
    return this.#own.has(keyOfCause(cause));
  }

  /** The number of records that paging can reach, if the operation documents a limit. */
  get ceiling(): number | undefined {
    return this.#own.ceiling;
  }

  answer(refusal: Refusal): PlainResponse {
    const found = this.#documentedFor(refusal);
    const { contract } = this.#registry;
    const plain = found ?? documentedError(contract, this.#operation, refusal.cause, refusal.detail);
    if (plain !== undefined && 'body' in plain) return plain;
    const status = found === undefined ? STATUS_OF[refusal.cause.kind] : statusOf(found.response, refusal.cause);
    const message = fillTemplate(found?.problem.message ?? '{reason}', { reason: refusal.detail, ...refusal.values });
    const errorCode = found?.problem.errorCode;
    const shape = errorShape(contract, found?.response);
    const body = errorBody(shape, errorCode === undefined ? { status, message } : { status, message, errorCode });
    const type = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
    return { status, headers: { ...found?.problem.headers, ...type }, body };
  }

  #documentedFor({ cause, problem }: Refusal): DocumentedProblem | undefined {
    const { catalogue } = this.#registry;
    const named = problem === undefined ? undefined : (this.#own.named(problem) ?? catalogue.named(problem));
    return named ?? this.#own.of(cause) ?? catalogue.of(cause);
  }
}

/** For `4XX` and `default` the cause decides the status. */
function statusOf(response: Response, cause: Cause): number {
  const status = Number(response.status);
  return Number.isInteger(status) ? status : STATUS_OF[cause.kind];
}
