import type { Cause, Contract, Operation, Problem, Response } from '../../contract/contract.js';
import type { PlainResponse } from '../exchange.js';
import { errorBody, errorShape } from './error-body.js';
import { fillTemplate } from './message.js';
import type { Refusal } from './refusal.js';
import { keyOfCause } from './refusal.js';

/** The status of a cause that no response of the contract stands for. */
const STATUS_OF: Readonly<Record<Cause['kind'], number>> = {
  token: 401,
  scope: 403,
  invalid: 400,
  beyond: 400,
  unknown: 404,
  duplicate: 409,
  full: 409,
  rate: 429,
  hook: 400,
  never: 400,
};

interface Documented {
  readonly problem: Problem;
  readonly response: Response;
}

/** Documented refusals by the key of their cause; the first of several with the same. */
class Catalogue {
  readonly #byCause = new Map<string, Documented>();
  readonly #byName = new Map<string, Documented>();

  constructor(operations: readonly Operation[]) {
    for (const { responses } of operations) {
      for (const response of responses) for (const problem of response.problems) this.#add({ problem, response });
    }
  }

  #add(documented: Documented): void {
    const { name, when } = documented.problem;
    const key = keyOfCause(when);
    if (!this.#byCause.has(key)) this.#byCause.set(key, documented);
    if (!this.#byName.has(name)) this.#byName.set(name, documented);
  }

  of(cause: Cause): Documented | undefined {
    return (
      this.#byCause.get(keyOfCause(cause)) ?? (cause.kind === 'token' ? this.#byCause.get('token other') : undefined)
    );
  }

  named(name: string): Documented | undefined {
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

/** All refusals of a contract. */
export class AllProblems {
  readonly contract: Contract;
  readonly catalogue: Catalogue;

  constructor(contract: Contract) {
    this.contract = contract;
    this.catalogue = new Catalogue(contract.operations);
  }
}

/**
 * The refusals of one operation: its own documented answer for a cause, or else the one that another operation has, so
 * that no cause goes without an answer of the documented shape.
 */
export class Problems {
  readonly #all: AllProblems;
  readonly #own: Catalogue;

  constructor(all: AllProblems, operation: Operation) {
    this.#all = all;
    this.#own = new Catalogue([operation]);
  }

  /** Whether the operation itself documents an answer for this cause. */
  documents(cause: Cause): boolean {
    return this.#own.has(keyOfCause(cause));
  }

  /** The operation's ceiling on listings, in records, where it documents one. */
  get ceiling(): number | undefined {
    return this.#own.ceiling;
  }

  answer(refusal: Refusal): PlainResponse {
    const found = this.#documentedFor(refusal);
    const status = found === undefined ? STATUS_OF[refusal.cause.kind] : statusOf(found.response, refusal.cause);
    const message = fillTemplate(found?.problem.message ?? '{reason}', { reason: refusal.detail, ...refusal.values });
    const errorCode = found?.problem.errorCode;
    const shape = errorShape(this.#all.contract, found?.response);
    const body = errorBody(shape, errorCode === undefined ? { status, message } : { status, message, errorCode });
    const type = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
    return { status, headers: { ...found?.problem.headers, ...type }, body };
  }

  #documentedFor({ cause, problem }: Refusal): Documented | undefined {
    const { catalogue } = this.#all;
    const named = problem === undefined ? undefined : (this.#own.named(problem) ?? catalogue.named(problem));
    return named ?? this.#own.of(cause) ?? catalogue.of(cause);
  }
}

/** `4XX` and `default` leave the number to the cause. */
function statusOf(response: Response, cause: Cause): number {
  const status = Number(response.status);
  return Number.isInteger(status) ? status : STATUS_OF[cause.kind];
}
