import type { TokenFault } from '../../contract/contract.js';
import type { CheckContext, Expectation, SendOptions } from '../check.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest } from '../target/request.js';
import { isTokenProblem, owed, problemsOf, refusalFor } from './expected-refusal.js';
import { isReading, type RefusalTrial, refusalTrial } from './refusal-trial.js';

/** One way to come without a good token. */
export interface BadToken {
  /** In words that do not vary: `an expired token`. */
  readonly what: string;
  /** The causes that its refusal may have, the first that the operation documents. None: any cause about the token. */
  readonly faults: readonly TokenFault[];
  readonly send: SendOptions;
}

/** Sends otherwise valid requests with bad tokens. None may be let in, each gets the documented answer, nothing changes. */
export async function tryBadTokens(context: CheckContext, tokens: readonly BadToken[]): Promise<void> {
  const { operation } = context;
  const values = await context.fixtures.valid(operation);
  const looks = context.depth !== 'smoke' && !isReading(operation.method);
  const trial: RefusalTrial = refusalTrial(context, values, looks);
  for (const token of tokens) {
    const request = buildRequest(operation, values);
    const { exchange, violations } = await trial.refused(request, expectationOf(context, token), token.send);
    // However unsure the wording of a refusal is: that there is one is what the token is for.
    const certain = owed('RFC 6750: access is by a valid bearer token alone');
    context.report(...violations.map((each) => (succeeded(exchange) ? { ...each, evidence: certain } : each)));
  }
}

/** About how many requests `tryBadTokens` sends for so many tokens. */
export function badTokenRequests(method: string, count: number): number {
  return isReading(method) ? count : count * 2 + 1;
}

function expectationOf({ operation }: CheckContext, { what, faults }: BadToken): Expectation {
  for (const fault of faults) {
    const isFault = (cause: Parameters<typeof isTokenProblem>[0]): boolean =>
      cause.kind === 'token' && cause.fault === fault;
    if (problemsOf(operation, isFault).length > 0) return refusalFor(operation, isFault, what);
  }
  return refusalFor(operation, isTokenProblem, what);
}
