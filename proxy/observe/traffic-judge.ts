import type { Expectation } from '../../conformance/check.js';
import type { Violation } from '../../conformance/finding/finding.js';
import { createJudge, type Judge } from '../../conformance/judge/judge.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { Exchange } from '../../conformance/target/exchange.js';
import type { Contract, Operation } from '../../contract/contract.js';
import type { Difference } from '../../replay/compare/difference.js';
import { undeclaredIn } from '../../replay/judge/declared.js';
import { type ReplayContract, replayContract } from '../../replay/recorded/replay-contract.js';
import type { RouteMatch } from '../../replay/recorded/route-table.js';
import { addressOf, headersOf, type ReadExchange } from './recorded-exchange.js';

/** What the contract says of an exchange. */
export type Judged =
  | {
      readonly kind: 'judged';
      readonly operation: Operation;
      readonly exchange: Exchange;
      readonly violations: readonly Violation[];
    }
  /** The contract does not declare the operation, or not everything that the request sends. */
  | { readonly kind: 'outside'; readonly reason: string }
  | { readonly kind: 'unjudged'; readonly operation: Operation; readonly reason: string };

/** Judges passed exchanges: answers as verify does, requests and what is outside the contract as replay does. */
export class TrafficJudge {
  readonly #known: ReplayContract;
  readonly #judge: Judge;

  constructor(contract: Contract) {
    this.#known = replayContract(contract);
    this.#judge = createJudge(contract);
  }

  judge(read: ReadExchange): Judged {
    const { request } = read.recorded;
    const match = this.#known.routes.match(request.method, request.path);
    if (match === undefined) return { kind: 'outside', reason: 'no such operation' };
    const { operation } = match;
    if (read.unread !== undefined) return { kind: 'unjudged', operation, reason: read.unread };
    const undeclared = undeclaredIn(this.#known.views, operation, request);
    if (undeclared.length > 0) return { kind: 'outside', reason: `not declared: ${undeclared.join(', ')}` };
    const exchange = exchangeOf(read, operation);
    const violations = [...this.#judge.judge(exchange, expectationFor(exchange, operation))];
    if (violations.length === 0 && exchange.response.status < 300)
      violations.push(...this.#wronglyAccepted(match, read, exchange));
    return { kind: 'judged', operation, exchange, violations };
  }

  /** A success of a request that the contract does not allow. */
  #wronglyAccepted(match: RouteMatch, { recorded }: ReadExchange, exchange: Exchange): readonly Violation[] {
    const [fault] = this.#known.conform.request(match, recorded.request);
    if (fault === undefined) return [];
    return this.#judge.judge(exchange, { kind: 'refusal', because: clauseOf(fault) });
  }
}

/** `request body/roles must NOT have more than 50 items`; the index of an entry varies, so it is left out. */
function clauseOf({ place, expected, actual }: Difference): string {
  const where = place.replace(/\/\d+(?=\/|$)/g, '/*');
  return actual === undefined ? `${where} is missing` : `${where} violates "${String(expected)}"`;
}

/** Of a refusal that has documented causes, one of them. */
function expectationFor({ response: { status } }: Exchange, operation: Operation): Expectation {
  const problems = status < 400 ? [] : (responseFor(operation, status)?.problems ?? []);
  return problems.length === 0 ? { kind: 'documented' } : { kind: 'problem', problems };
}

/** Headers of one connection: whoever sends the request again has others. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['accept-encoding', 'connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization'],
  ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/** The exchange in the form that verify judges and reports. */
function exchangeOf({ passed, answer, sent, received, recorded }: ReadExchange, operation: Operation): Exchange {
  const { path, query } = addressOf(passed.request.target);
  const { authorization, ...headers } = headersOf(
    passed.request.fields.filter(([name]) => !OF_CONNECTION.has(name.toLowerCase())),
  );
  const { token } = recorded.request;
  const text = 'text' in sent ? sent.text : '';
  const json = recorded.response.body;
  const answerText = 'text' in received ? received.text : '';
  return {
    request: {
      operation,
      method: recorded.request.method,
      path: query === '' ? path : `${path}?${query}`,
      headers,
      ...(text === '' ? {} : { body: text }),
    },
    ...(authorization === undefined ? {} : { authorization }),
    ...(token === undefined ? {} : { scopes: token.scopes }),
    response: {
      status: answer.status,
      headers: headersOf(answer.fields),
      text: answerText,
      ...(json === undefined || json === answerText ? {} : { json }),
    },
    durationMs: passed.durationMs,
  };
}
