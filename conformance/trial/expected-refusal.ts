import type { Cause, Contract, Evidence, Operation, Problem } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import type { Expectation } from '../check.js';
import { isReading } from './refusal-trial.js';

/** The documented problems of an operation with a matching cause, each once. */
export function problemsOf(operation: Operation, matches: (cause: Cause) => boolean): readonly Problem[] {
  const found = operation.responses.flatMap((response) => response.problems).filter(({ when }) => matches(when));
  return found.filter((problem, index) => found.findIndex((other) => other.name === problem.name) === index);
}

/**
 * The expected response to a faulty request: the documented problem of that cause; where the contract names none, any
 * documented refusal.
 * @param because - what is wrong, as a clause that does not vary from request to request
 */
export function refusalFor(operation: Operation, matches: (cause: Cause) => boolean, because: string): Expectation {
  const problems = problemsOf(operation, matches);
  return problems.length > 0 ? { kind: 'problem', problems, because } : { kind: 'refusal', because };
}

/** Whether a document says that what an operation names may not exist: by a status of its own, or by any of a reading. */
export function documentsUnknown({ method, responses }: Operation): boolean {
  return responses.some(({ status }) => NOT_FOUND.includes(status) || (isReading(method) && ANY_ERROR.test(status)));
}

/**
 * Whether a document may mean that naming what does not exist succeeds: the effect was derived, and no answer for that is
 * listed.
 */
export function mayTakeUnknown(operation: Operation, contract: Contract): boolean {
  return isDerived(contract, operation.effect?.target) && !documentsUnknown(operation);
}

/** The statuses by which documents say that something may not exist. */
const NOT_FOUND: readonly string[] = ['404', '410'];

/** A response of all errors. What only reads cannot succeed without the item; a deletion can. */
const ANY_ERROR = /^(4xx|default)$/i;

export function isUnknown(of: string): (cause: Cause) => boolean {
  return (cause) => cause.kind === 'unknown' && cause.of === of;
}

export function isUnsupported(of: string): (cause: Cause) => boolean {
  return (cause) => cause.kind === 'unsupported' && cause.of === of;
}

export function isInvalid(part: 'path' | 'query' | 'body'): (cause: Cause) => boolean {
  return (cause) => cause.kind === 'invalid' && cause.part === part;
}

export function isTokenProblem(cause: Cause): boolean {
  return cause.kind === 'token';
}

/** Evidence of a rule that holds for every server, whatever its contract says. */
export function generalRule(source: string): Evidence {
  return { grade: 'documented', source };
}
