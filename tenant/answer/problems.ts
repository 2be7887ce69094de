import type { Cause, Contract, Operation, Problem, Response } from '../../spec/contract/contract.js';
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

/**
 * The refusals of one operation: its own documented answer for a cause, or else the one that the catalogue has, so
 * that no cause goes without an answer of the documented shape.
 */
export class Problems {
  readonly #contract: Contract;
  readonly #own: readonly Documented[];
  readonly #elsewhere: readonly Documented[];

  constructor(contract: Contract, operation?: Operation) {
    this.#contract = contract;
    this.#own = operation === undefined ? [] : documented(operation);
    this.#elsewhere = contract.operations.flatMap(documented);
  }

  /** Whether the operation itself documents an answer for this cause. */
  documents(cause: Cause): boolean {
    const key = keyOfCause(cause);
    return this.#own.some(({ problem }) => keyOfCause(problem.when) === key);
  }

  /** The operation's ceiling on listings, in records, where it documents one. */
  get ceiling(): number | undefined {
    for (const { problem } of this.#own) if (problem.when.kind === 'beyond') return problem.when.max;
    return undefined;
  }

  answer(refusal: Refusal): PlainResponse {
    const found = this.#documentedFor(refusal);
    const status = found === undefined ? STATUS_OF[refusal.cause.kind] : statusOf(found.response, refusal.cause);
    const message = fillTemplate(found?.problem.message ?? '{reason}', { reason: refusal.detail, ...refusal.values });
    const errorCode = found?.problem.errorCode;
    const shape = errorShape(this.#contract, found?.response);
    const body = errorBody(shape, errorCode === undefined ? { status, message } : { status, message, errorCode });
    const headers = {
      ...found?.problem.headers,
      ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    };
    return { status, headers, body };
  }

  #documentedFor({ cause, problem }: Refusal): Documented | undefined {
    if (problem !== undefined) {
      const named = [...this.#own, ...this.#elsewhere].find((each) => each.problem.name === problem);
      if (named !== undefined) return named;
    }
    const keys = [keyOfCause(cause), ...(cause.kind === 'token' ? ['token other'] : [])];
    for (const known of [this.#own, this.#elsewhere]) {
      for (const key of keys) {
        const found = known.find((each) => keyOfCause(each.problem.when) === key);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

function documented(operation: Operation): Documented[] {
  return operation.responses.flatMap((response) => response.problems.map((problem) => ({ problem, response })));
}

/** `4XX` and `default` leave the number to the cause. */
function statusOf(response: Response, cause: Cause): number {
  const status = Number(response.status);
  return Number.isInteger(status) ? status : STATUS_OF[cause.kind];
}
