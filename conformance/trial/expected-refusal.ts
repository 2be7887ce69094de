import type { Cause, Evidence, Operation, Problem } from '../../contract/contract.js';
import type { Expectation } from '../check.js';

/** The documented problems of an operation that have such a cause, each once. */
export function problemsOf(operation: Operation, has: (cause: Cause) => boolean): readonly Problem[] {
  const found = operation.responses.flatMap((response) => response.problems).filter((problem) => has(problem.when));
  return found.filter((problem, index) => found.findIndex((other) => other.name === problem.name) === index);
}

/**
 * What a request should get that has something wrong with it: the documented problem of that cause; where the contract
 * names none, any documented refusal.
 * @param because - what is wrong, in words that do not vary from request to request
 */
export function refusalFor(operation: Operation, has: (cause: Cause) => boolean, because: string): Expectation {
  const problems = problemsOf(operation, has);
  return problems.length > 0 ? { kind: 'problem', problems, because } : { kind: 'refusal', because };
}

export function isUnknown(of: string): (cause: Cause) => boolean {
  return (cause) => cause.kind === 'unknown' && cause.of === of;
}

export function isInvalid(part: 'path' | 'query' | 'body'): (cause: Cause) => boolean {
  return (cause) => cause.kind === 'invalid' && cause.part === part;
}

export function isTokenProblem(cause: Cause): boolean {
  return cause.kind === 'token';
}

/** What any server owes that asks for tokens or takes input at all, whatever its contract says. */
export function owed(source: string): Evidence {
  return { grade: 'documented', source };
}
