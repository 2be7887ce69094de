import type { Evidence, Operation, Response } from '../../contract/contract.js';
import { surest } from '../../contract/evidence.js';
import type { Expectation } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { excerpt } from './safety.js';
import { isWebPage } from './web-page.js';

const ALL_LISTED: Evidence = { grade: 'documented', source: 'the contract lists every response' };

/** Expectations that a success meets. */
const ACCEPTS: ReadonlySet<Expectation['kind']> = new Set(['success', 'documented']);

export interface StatusToJudge {
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly expectation: Expectation;
  /** The documented response of the received status, if there is one. */
  readonly documented: Response | undefined;
  /** Whether the contract has tokens at all. */
  readonly hasTokens: boolean;
}

/** Whether the status is the expected one. `problem` expectations are left to the problem judge, which says more. */
export function judgeStatus(given: StatusToJudge): Violation | undefined {
  const { exchange, operation, expectation, documented, hasTokens } = given;
  const { status } = exchange.response;
  // The document lists no responses.
  if (operation.responses.length === 0 && isSuccess(status) && ACCEPTS.has(expectation.kind)) return undefined;
  switch (expectation.kind) {
    case 'problem':
      return undefined;
    case 'success':
      if (documented !== undefined && (isSuccess(status) || promises(documented, operation))) return undefined;
      return needsToken(exchange, operation, hasTokens) ?? wrongStatus(exchange, promisedBy(operation));
    case 'refusal':
      if (documented !== undefined && isRefusal(status)) return undefined;
      if (isSuccess(status)) return wronglyAccepted(exchange, operation, expectation.because);
      if (documented?.status.startsWith('3') && promises(documented, operation) && refusalsOf(operation).length === 0)
        return redirected(exchange);
      return leavesOut(operation, status)
        ? undocumentedRefusal(exchange)
        : { ...wrongStatus(exchange, responsesOf(operation, '4')), ...expectedFor(operation, expectation.because) };
    case 'documented':
      if (documented !== undefined) return undefined;
      if (leavesOut(operation, status)) return undocumentedRefusal(exchange);
      return wrongStatus(exchange, isSuccess(status) ? responsesOf(operation, '2') : operation.responses);
  }
}

/**
 * Whether a documented response may be what a valid request gets, although it is no success: some documents list errors
 * only, so that any of them may be the answer, and some a redirect beside what all errors get.
 */
function promises(documented: Response, { responses }: Operation): boolean {
  const listsSuccess = responses.some(({ status }) => status.startsWith('2'));
  const listsAny = responses.some(({ status }) => status === 'default');
  return !listsSuccess && (!listsAny || documented.status.startsWith('3'));
}

/** The documented successes, else the redirects. */
function promisedBy(operation: Operation): readonly Response[] {
  const successes = responsesOf(operation, '2');
  return successes.length > 0 ? successes : responsesOf(operation, '3');
}

function responsesOf(operation: Operation, statusClass: '2' | '3' | '4'): readonly Response[] {
  return operation.responses.filter((response) => response.status.startsWith(statusClass));
}

/** What documents refusals. Beside a success of its own, `default` is the response of all errors. */
export function refusalsOf(operation: Operation): readonly Response[] {
  const isSuccessListed = operation.responses.some(({ status }) => status.startsWith('2'));
  const others = isSuccessListed ? operation.responses.filter(({ status }) => status === 'default') : [];
  return [...responsesOf(operation, '4'), ...others];
}

/**
 * By status, the documented statuses that may stand for its reason. A body that is too large says nothing of others, nor
 * does a 403, which most documents list for what a user may not do, of a request without a token.
 */
const REASONS: Readonly<Record<number, readonly number[]>> = {
  400: [400, 422],
  401: [401],
  403: [401, 403],
  404: [404, 410],
  405: [405, 501],
  406: [406, 415],
  409: [409],
  410: [404, 410],
  413: [400, 413, 422],
  415: [400, 415, 422],
  422: [400, 422],
  429: [429],
  501: [405, 501],
};

/**
 * Whether a document that names no causes of errors lists no refusal for the reason of this status. Most documents leave
 * out some, such as 401.
 */
function leavesOut({ responses }: Operation, status: number): boolean {
  if (responses.some(({ problems }) => problems.length > 0)) return false;
  const alike = REASONS[status] ?? [];
  return alike.length > 0 && !responses.some((response) => alike.some((each) => statusMatches(response.status, each)));
}

/** What a document leaves out is observed, not judged: the server has to refuse with some status. */
function undocumentedRefusal(exchange: Exchange): Violation {
  return {
    code: 'WRONG_STATUS',
    cause: `status ${exchange.response.status}, which the contract does not list`,
    expected: 'a refusal; the contract documents none',
    actual: responseText(exchange, undefined),
    evidence: { grade: 'unknown', source: 'the contract documents no such refusal' },
    exchange,
  };
}

/** Where a redirect is all that an operation lists, a refusal may lead elsewhere, as those of OAuth do. */
function redirected(exchange: Exchange): Violation {
  return {
    code: 'WRONG_STATUS',
    cause: `status ${exchange.response.status}, which the contract does not list as a refusal`,
    expected: 'a refusal',
    actual: responseText(exchange, undefined),
    evidence: { grade: 'unknown', source: 'a redirect may be a refusal or a success' },
    exchange,
  };
}

function wronglyAccepted(exchange: Exchange, operation: Operation, reason: string | undefined): Violation {
  const because = reason ?? 'the request is invalid';
  const refusals = refusalsOf(operation);
  return {
    code: 'WRONGLY_ACCEPTED',
    // The web application beside an API answers what the API does not know.
    cause: isWebPage(exchange, operation) ? 'a web page answers instead of a refusal' : `accepted although ${because}`,
    expected: `${statusesFor(refusals, because).join(' or ') || 'a refusal'}, because ${because}`,
    actual: responseText(exchange, undefined),
    evidence: surest(refusals.map(({ evidence }) => evidence)),
    exchange,
  };
}

/**
 * The document may lack the security requirement: it says that the operation takes no token, so none was sent. A 403 may
 * have other reasons, where the contract has no tokens at all.
 */
function needsToken(exchange: Exchange, { security }: Operation, hasTokens: boolean): Violation | undefined {
  const { authorization, response } = exchange;
  const isAboutToken = response.status === 401 || (hasTokens && response.status === 403);
  if (security.length > 0 || authorization !== undefined || !isAboutToken) return undefined;
  return {
    code: 'WRONG_STATUS',
    cause: 'refused without a token, which the contract does not require',
    expected:
      'a success: no token was sent, since the contract has no security requirement for the operation (an --overlay can add it; ROLECALL_TOKEN sends one that it leaves optional)',
    actual: responseText(exchange, undefined),
    evidence: ALL_LISTED,
    exchange,
  };
}

/** Reasons that are about access. A parameter may be called `token` too. */
const ACCESS = /^there is no token|^the (token|scheme|key in) |scope/;

/** An input that is wrong whatever the server has. */
const INVALID = /^(body|query|header)\b.* violates |^there is no body|^the body (is|has) /;

const is =
  (reason: RegExp) =>
  (because: string): boolean =>
    reason.test(because);
const isNot =
  (...reasons: readonly RegExp[]) =>
  (because: string): boolean =>
    !reasons.some((reason) => reason.test(because));

/** The reasons that a status stands for; a status that is not here may stand for any. */
const STANDS_FOR: Readonly<Record<string, (because: string) => boolean>> = {
  401: is(ACCESS),
  403: is(ACCESS),
  // Some servers hide what there is.
  404: isNot(INVALID),
  405: is(/method/),
  406: is(/accept/),
  409: isNot(INVALID, ACCESS),
  410: isNot(INVALID),
  413: is(/kB|large/),
  415: is(/sent as/),
  422: isNot(ACCESS),
  429: is(/rate/),
};

/** The statuses of a request without access, where the contract lists none that says so: many documents leave them out. */
const NO_ACCESS = ['401', '403'];

/** The documented statuses that can stand for a reason. */
export function statusesFor(refusals: readonly Response[], because: string): readonly string[] {
  const statuses = refusals
    .map(({ status }) => status)
    .filter((status) => status !== 'default' && (STANDS_FOR[status]?.(because) ?? true));
  const isListed = NO_ACCESS.some((status) => statuses.some((each) => statusMatches(each, Number(status))));
  return !isListed && ACCESS.test(because) ? NO_ACCESS : statuses;
}

/** Of the documented refusals, those that can stand for a reason; nothing where there are none. */
function expectedFor(operation: Operation, because = ''): Partial<Pick<Violation, 'expected'>> {
  const statuses = statusesFor(responsesOf(operation, '4'), because);
  return statuses.length === 0 ? {} : { expected: statuses.join(' or ') };
}

function wrongStatus(exchange: Exchange, documented: readonly Response[]): Violation {
  const statuses = documented.map(({ status }) => status).join(' or ') || 'no such response';
  const success = documented.length > 0 && documented.every(({ status }) => /^[23]/.test(status));
  return {
    code: 'WRONG_STATUS',
    cause: `status ${exchange.response.status} instead of ${success ? statuses : 'a documented one'}`,
    expected: statuses,
    actual: responseText(exchange, undefined),
    evidence: success ? surest(documented.map(({ evidence }) => evidence)) : ALL_LISTED,
    exchange,
  };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** Whether a status is the documented one: `404`, `4XX` or `default`. */
export function statusMatches(documented: string, status: number): boolean {
  const ofClass = `${String(status)[0]}XX`;
  return documented === String(status) || documented.toUpperCase() === ofClass || documented === 'default';
}

/** `404 inexistent_role {"statusCode":404,…`. */
export function responseText({ response }: Exchange, errorCode: string | undefined): string {
  const parts = [String(response.status), errorCode, excerpt(response.text)];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
