import type { Cause, TokenFault } from '../../contract/contract.js';
import type { CheckContext, Expectation, SendOptions } from '../check.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { generalRule, isTokenProblem, problemsOf, refusalFor } from './expected-refusal.js';
import { isReading, type RefusedExchange, refusalTrial } from './refusal-trial.js';

/** A request without a valid token. */
export interface BadToken {
  /** What is wrong with it, as a clause that does not vary: `the token is expired`. */
  readonly because: string;
  /** The causes that its refusal may have; the first that the operation documents counts. None: any token problem. */
  readonly faults: readonly TokenFault[];
  readonly send: SendOptions;
  /** How often it is sent; once unless given. A server may leave out its token check for some requests only. */
  readonly times?: number;
  /** Puts another credential into the request. Default: the request is sent as it is. */
  readonly carry?: (request: PlannedRequest) => PlannedRequest;
}

/** Sends otherwise valid requests with bad tokens: each must be refused as documented and change nothing. */
export async function tryBadTokens(context: CheckContext, tokens: readonly BadToken[]): Promise<void> {
  const { operation } = context;
  const values = await context.fixtures.valid(operation);
  const trial = refusalTrial(context, values, { probe: context.depth !== 'smoke' && !isReading(operation.method) });
  for (const token of tokens) {
    const plain = buildRequest(operation, values);
    const request = token.carry?.(plain) ?? plain;
    const expected = expectationOf(context, token);
    report(context, await trial.refused(request, expected, token.send));
    for (let sent = 1; sent < (token.times ?? 1); sent += 1) {
      const exchange = await context.send(request, token.send);
      if (succeeded(exchange)) trial.invalidate();
      report(context, { exchange, violations: context.judge(exchange, expected) });
    }
  }
}

/** The details of a refusal may be uncertain; that there must be one is not. */
function report(context: CheckContext, { exchange, violations }: RefusedExchange): void {
  const isBearer = context.operation.security.every(({ place }) => place === undefined);
  const rule = isBearer ? 'RFC 6750: access requires a valid bearer token' : 'access requires valid credentials';
  const certain = generalRule(rule);
  context.report(...violations.map((each) => (succeeded(exchange) ? { ...each, evidence: certain } : each)));
}

/** About how many requests `tryBadTokens` sends for so many tokens. */
export function badTokenRequests(method: string, count: number): number {
  return isReading(method) ? count : count * 2 + 1;
}

function expectationOf({ operation }: CheckContext, { because, faults }: BadToken): Expectation {
  for (const fault of faults) {
    const hasFault = (cause: Cause): boolean => cause.kind === 'token' && cause.fault === fault;
    if (problemsOf(operation, hasFault).length > 0) return refusalFor(operation, hasFault, because);
  }
  return refusalFor(operation, isTokenProblem, because);
}
