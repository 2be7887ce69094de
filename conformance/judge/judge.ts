import type { Contract, Evidence, Operation, Problem, Response } from '../../contract/contract.js';
import { surest } from '../../contract/evidence.js';
import type { Expectation } from '../check.js';
import type { Violation } from '../finding.js';
import { responseFor } from '../lookup/response-for.js';
import type { Exchange } from '../target/exchange.js';
import { matchesTemplate } from './message-template.js';
import { createProblemText } from './problem-text.js';
import { excerpt, judgeSafety } from './safety.js';
import { createShapeJudge } from './shape.js';

/** Judges one answer by the contract: the one place that knows what a right answer is. */
export interface Judge {
  judge(exchange: Exchange, expected: Expectation): readonly Violation[];
}

const listed: Evidence = { grade: 'documented', source: 'the contract lists every answer' };

export function createJudge(contract: Contract): Judge {
  const shape = createShapeJudge(contract);
  const problemText = createProblemText(contract);

  const judgeProblem = (
    exchange: Exchange,
    operation: Operation,
    problems: readonly Problem[],
    because: string | undefined,
  ): readonly Violation[] => {
    const { response } = exchange;
    const wanted = problems.map((problem) => ({ problem, statuses: statusesOf(operation, problem) }));
    const known = wanted.filter(({ statuses }) => statuses.length > 0);
    const candidates = known.length > 0 ? known : wanted;
    const sameStatus = candidates.filter(({ statuses }) =>
      statuses.length === 0
        ? isRefusal(response.status)
        : statuses.some((status) => statusMatches(status, response.status)),
    );
    const code = problemText.read('error-code', operation, response.status, response.json);
    if (sameStatus.length === 0) {
      const name = because ?? problems.map((problem) => problem.name).join(' or ');
      const cause = isSuccess(response.status)
        ? `accepted in spite of ${name}`
        : `status ${response.status} instead of ${statusesText(candidates)} for ${name}`;
      const expected = candidatesText(candidates);
      return [
        {
          cause,
          expected: because === undefined ? expected : `${expected}, because of ${because}`,
          actual: answerText(exchange, code),
          evidence: surest(candidates.map(({ problem }) => problem.evidence)),
          exchange,
        },
      ];
    }
    const sameCode = sameStatus.filter(({ problem }) => problem.errorCode === undefined || problem.errorCode === code);
    if (sameCode.length === 0) {
      const codes = sameStatus.map(({ problem }) => problem.errorCode).join(' or ');
      return [
        {
          cause: `errorCode ${code ?? 'missing'} instead of ${codes}`,
          expected: candidatesText(candidates),
          actual: answerText(exchange, code),
          evidence: surest(sameStatus.map(({ problem }) => problem.evidence)),
          exchange,
        },
      ];
    }
    const message = problemText.read('message', operation, response.status, response.json);
    return [...judgeMessage(exchange, sameCode, message), ...judgeProblemHeaders(exchange, sameCode)];
  };

  return {
    judge(exchange, expectation) {
      const { request, response } = exchange;
      const safety = judgeSafety(exchange);
      const { operation } = request;
      if (operation === undefined || operation.method !== request.method || response.status >= 500) return safety;
      const documented = responseFor(operation, response.status);
      const shaped = documented === undefined ? [] : shape.judge(exchange, documented);
      const wrong = judgeStatus(exchange, operation, expectation, documented);
      if (wrong !== undefined) return [...safety, wrong];
      const refused =
        expectation.kind === 'problem'
          ? judgeProblem(exchange, operation, expectation.problems, expectation.because)
          : [];
      return [...safety, ...refused, ...shaped];
    },
  };
}

function judgeStatus(
  exchange: Exchange,
  operation: Operation,
  expectation: Expectation,
  documented: Response | undefined,
): Violation | undefined {
  const { status } = exchange.response;
  const ofClass = (digit: string) => operation.responses.filter((response) => response.status.startsWith(digit));
  switch (expectation.kind) {
    case 'problem':
      // Said better by the comparison with the problem.
      return undefined;
    case 'success':
      if (documented !== undefined && isSuccess(status)) return undefined;
      return statusViolation(exchange, ofClass('2'), status);
    case 'refusal': {
      if (documented !== undefined && isRefusal(status)) return undefined;
      const refusals = ofClass('4');
      if (isSuccess(status)) {
        const because = expectation.because ?? 'what is wrong with it';
        return {
          cause: `accepted in spite of ${because}`,
          expected: `${refusals.map((response) => response.status).join(' or ') || 'a refusal'}, because of ${because}`,
          actual: answerText(exchange, undefined),
          evidence: surest(refusals.map((response) => response.evidence)),
          exchange,
        };
      }
      return statusViolation(exchange, refusals, status);
    }
    case 'documented':
      if (documented !== undefined) return undefined;
      return statusViolation(exchange, isSuccess(status) ? ofClass('2') : operation.responses, status);
  }
}

function statusViolation(exchange: Exchange, wanted: readonly Response[], status: number): Violation {
  const statuses = wanted.map((response) => response.status).join(' or ') || 'no such answer';
  const success = wanted.length > 0 && wanted.every((response) => /^2/.test(response.status));
  return {
    cause: `status ${status} instead of ${success ? statuses : 'a documented one'}`,
    expected: statuses,
    actual: answerText(exchange, undefined),
    evidence: success ? surest(wanted.map((response) => response.evidence)) : listed,
    exchange,
  };
}

function judgeMessage(
  exchange: Exchange,
  candidates: readonly { readonly problem: Problem }[],
  message: string | undefined,
): readonly Violation[] {
  const templates = candidates.flatMap(({ problem }) => (problem.message === undefined ? [] : [problem.message]));
  if (templates.length < candidates.length) return [];
  if (message !== undefined && templates.some((template) => matchesTemplate(template, message))) return [];
  const evidence = surest(candidates.map(({ problem }) => problem.evidence));
  return [
    {
      cause: `message of ${candidates.map(({ problem }) => problem.name).join(' or ')}`,
      expected: templates.join(' | '),
      actual: message ?? 'no message',
      // Providers say that wording may change, so it never fails: at most it is told.
      evidence:
        evidence.grade === 'unknown' || evidence.grade === 'disputed' ? evidence : { ...evidence, grade: 'reported' },
      exchange,
    },
  ];
}

function judgeProblemHeaders(
  exchange: Exchange,
  candidates: readonly { readonly problem: Problem }[],
): readonly Violation[] {
  const problem = candidates[0]?.problem;
  if (problem === undefined || candidates.length > 1) return [];
  return Object.entries(problem.headers).flatMap(([name, template]) => {
    const value = exchange.response.headers[name];
    if (value !== undefined && matchesTemplate(template, value)) return [];
    return [
      {
        cause: `header ${name} of ${problem.name}`,
        expected: `${name}: ${template}`,
        actual: value === undefined ? 'none' : `${name}: ${value}`,
        evidence: problem.evidence,
        exchange,
      },
    ];
  });
}

/**
 * Whether an answer is to be believed when it says that something was done: a success that the contract has, with a body
 * of the right kind. A page of HTML with status 200 says nothing, nor does
 * a single word in JSON.
 */
export function isBelievable({ request, response }: Exchange): boolean {
  const { operation } = request;
  const documented = operation === undefined ? undefined : responseFor(operation, response.status);
  if (documented === undefined || !isSuccess(response.status)) return false;
  const { json, text } = response;
  return documented.content.length === 0 ? text === '' : typeof json === 'object' && json !== null;
}

function statusesOf(operation: Operation, problem: Problem): readonly string[] {
  return operation.responses
    .filter((response) => response.problems.some((candidate) => candidate.name === problem.name))
    .map((response) => response.status);
}

interface Candidate {
  readonly problem: Problem;
  /** The documented ones of the problem; none where the operation documents it nowhere. */
  readonly statuses: readonly string[];
}

/** `404 inexistent_user, or 409`. */
function candidatesText(candidates: readonly Candidate[]): string {
  const texts = candidates.map(({ problem, statuses }) =>
    [statuses.join(' or ') || 'a refusal', problem.errorCode].filter(Boolean).join(' '),
  );
  return [...new Set(texts)].join(', or ');
}

function statusesText(candidates: readonly Candidate[]): string {
  return [...new Set(candidates.flatMap(({ statuses }) => statuses))].join(' or ') || '4XX';
}

function statusMatches(documented: string, status: number): boolean {
  return (
    documented === String(status) || documented.toUpperCase() === `${String(status)[0]}XX` || documented === 'default'
  );
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

function answerText(exchange: Exchange, code: string | undefined): string {
  const { status, text } = exchange.response;
  return [String(status), code, excerpt(text)].filter((part) => part !== undefined && part !== '').join(' ');
}
