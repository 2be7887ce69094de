import type { Contract, Operation } from '../../contract/contract.js';
import { sameRequest } from '../../contract/http/same-request.js';
import { securitySchemeNames } from '../../contract/security-schemes.js';
import type { Expectation } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { unmetCondition } from '../lookup/invented-names.js';
import { responseFor } from '../lookup/response-for.js';
import type { Exchange } from '../target/exchange.js';
import { listsRefusal } from './body-refusal.js';
import { judgeGateway, judgeRedirect, judgeRouter } from './gateway.js';
import { ProblemJudge } from './problem.js';
import { problemTextOf } from './problem-text.js';
import { judgeRefusalStatus } from './refusal-status.js';
import { isServerError, judgeSafety } from './safety.js';
import { ShapeJudge } from './shape.js';
import { isSuccess, judgeStatus } from './status.js';
import { judgeStatusInBody } from './status-in-body.js';

/** Judges one response by the contract: the only place that decides whether a response is right. */
export interface Judge {
  judge(exchange: Exchange, expected: Expectation): readonly Violation[];
}

export function createJudge(contract: Contract): Judge {
  const shape = new ShapeJudge(contract);
  const text = problemTextOf(contract);
  const problem = new ProblemJudge(text);
  const hasTokens = securitySchemeNames(contract).length > 0;
  const judgeAs = (exchange: Exchange, expectation: Expectation): readonly Violation[] => {
    const { request, response } = exchange;
    const { operation } = request;
    const documented = operation && responseFor(operation, response.status);
    const safety = judgeSafety(exchange, documented?.content);
    if (operation === undefined || operation.method !== request.method || isServerError(response.status)) return safety;
    const redirect = documented?.status.startsWith('3') === true ? undefined : judgeRedirect(exchange);
    if (redirect !== undefined) return [...safety, redirect];
    if (exchange.refusedInBody === true) {
      const isDescribed = documented !== undefined && shape.judge(exchange, documented).length === 0;
      const isListed = listsRefusal(contract, operation, response);
      return [...safety, judgeRefusalStatus(exchange, operation, { expectation, isDescribed, isListed })];
    }
    const wrongStatus = judgeStatus({ exchange, operation, expectation, documented, hasTokens });
    if (wrongStatus !== undefined) return [...safety, wrongStatus];
    const refused = expectation.kind === 'problem' ? problem.judge(exchange, operation, expectation) : [];
    if (documented === undefined) return [...safety, ...refused];
    const wrongShape = shape.judge(exchange, documented);
    const router = judgeRouter(exchange, documented, wrongShape.length > 0);
    if (router !== undefined) return [...safety, router];
    const repeated = judgeStatusInBody(text, exchange, operation, documented);
    return [...safety, ...refused, ...wrongShape, ...repeated];
  };
  return {
    judge(exchange, given) {
      const expectation = expectationOf(contract, exchange, given);
      const gateway = judgeGateway(exchange);
      if (gateway !== undefined) return [gateway];
      const violations = judgeAs(exchange, expectation);
      const { operation } = exchange.request;
      if (violations.length === 0 || operation === undefined) return violations;
      // The server may have taken the request for another operation that it fits as well.
      const others = sameRequest(contract, operation).filter((other) => other !== operation);
      const isOther = (other: Operation): boolean =>
        judgeAs({ ...exchange, request: { ...exchange.request, operation: other } }, expectation).length === 0;
      return others.some(isOther) ? [] : violations;
    },
  };
}

/** A request that names something invented need not succeed. */
function expectationOf(contract: Contract, exchange: Exchange, given: Expectation): Expectation {
  const { operation } = exchange.request;
  if (given.kind !== 'success' || operation === undefined) return given;
  return unmetCondition(contract, operation, exchange) === undefined ? given : { kind: 'documented' };
}

/**
 * Whether a response can be trusted to mean that something was done: a documented success with a body of the documented
 * kind. An HTML page with status 200 does not count, nor does a bare JSON scalar or `null`. A 204 says nothing but that,
 * whatever the document lists.
 */
export function isBelievable({ request, response, refusedInBody = false }: Exchange): boolean {
  const { operation } = request;
  const documented = operation === undefined ? undefined : responseFor(operation, response.status);
  const { json, text } = response;
  if (operation !== undefined && response.status === 204 && text === '') return true;
  if (documented === undefined || !isSuccess(response.status) || refusedInBody) return false;
  return documented.content.length === 0 ? text === '' : typeof json === 'object' && json !== null;
}
