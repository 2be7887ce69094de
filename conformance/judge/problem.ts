import type { Evidence, Operation, Problem } from '../../contract/contract.js';
import { surest } from '../../contract/evidence.js';
import type { Expectation } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { matchesTemplate } from './message-template.js';
import type { ProblemText } from './problem-text.js';
import { isRefusal, isSuccess, responseText, statusMatches } from './status.js';

type ExpectedProblem = Extract<Expectation, { kind: 'problem' }>;

/** A problem that the response may be. */
interface Candidate {
  readonly problem: Problem;
  /** The statuses that the operation documents for it; none where the operation does not list the problem. */
  readonly statuses: readonly string[];
}

/** Judges whether a response is one of the expected problems: status, errorCode, message and headers. */
export class ProblemJudge {
  readonly #text: ProblemText;

  constructor(text: ProblemText) {
    this.#text = text;
  }

  judge(exchange: Exchange, operation: Operation, { problems, because }: ExpectedProblem): readonly Violation[] {
    const { status, json } = exchange.response;
    const candidates = candidatesFor(operation, problems);
    const code = this.#text.read('error-code', operation, status, json);
    const sameStatus = candidates.filter(({ statuses }) => hasStatus(statuses, status));
    if (sameStatus.length === 0) {
      const evidence = surest(candidates.map(({ problem }) => problem.evidence));
      return [
        { ...statusTexts(candidates, status, because), actual: responseText(exchange, code), evidence, exchange },
      ];
    }
    const sameCode = sameStatus.filter(({ problem }) => problem.errorCode === undefined || problem.errorCode === code);
    if (sameCode.length === 0) {
      const codes = sameStatus.map(({ problem }) => problem.errorCode).join(' or ');
      return [
        {
          code: 'ERROR_CODE',
          cause: `errorCode ${code ?? 'missing'} instead of ${codes}`,
          expected: candidatesText(candidates),
          actual: responseText(exchange, code),
          evidence: surest(sameStatus.map(({ problem }) => problem.evidence)),
          exchange,
        },
      ];
    }
    const message = this.#text.read('message', operation, status, json);
    return [...judgeMessage(exchange, sameCode, message), ...judgeHeaders(exchange, sameCode)];
  }
}

/** The problems that the operation documents; where it documents none of them, all. */
function candidatesFor(operation: Operation, problems: readonly Problem[]): readonly Candidate[] {
  const all = problems.map((problem) => ({ problem, statuses: statusesOf(operation, problem) }));
  const documented = all.filter(({ statuses }) => statuses.length > 0);
  return documented.length > 0 ? documented : all;
}

function statusesOf(operation: Operation, problem: Problem): readonly string[] {
  return operation.responses
    .filter((response) => response.problems.some(({ name }) => name === problem.name))
    .map((response) => response.status);
}

function hasStatus(documented: readonly string[], status: number): boolean {
  return documented.length === 0 ? isRefusal(status) : documented.some((each) => statusMatches(each, status));
}

function statusTexts(
  candidates: readonly Candidate[],
  status: number,
  because: string | undefined,
): Pick<Violation, 'code' | 'cause' | 'expected'> {
  const code = isSuccess(status) ? 'WRONGLY_ACCEPTED' : 'WRONG_STATUS';
  const statuses = [...new Set(candidates.flatMap((candidate) => candidate.statuses))].join(' or ') || '4XX';
  const expected = candidatesText(candidates);
  if (because === undefined) {
    const names = candidates.map(({ problem }) => problem.name).join(' or ');
    const cause = isSuccess(status)
      ? `accepted instead of ${names}`
      : `status ${status} instead of ${statuses} for ${names}`;
    return { code, cause, expected };
  }
  const cause = isSuccess(status)
    ? `accepted although ${because}`
    : `status ${status} instead of ${statuses} when ${because}`;
  return { code, cause, expected: `${expected}, because ${because}` };
}

/** `404 inexistent_user, or 409`. */
function candidatesText(candidates: readonly Candidate[]): string {
  const texts = candidates.map(({ problem, statuses }) =>
    [statuses.join(' or ') || 'a refusal', problem.errorCode].filter(Boolean).join(' '),
  );
  return [...new Set(texts)].join(', or ');
}

function judgeMessage(
  exchange: Exchange,
  candidates: readonly Candidate[],
  message: string | undefined,
): readonly Violation[] {
  const templates = candidates.flatMap(({ problem }) => (problem.message === undefined ? [] : [problem.message]));
  if (templates.length < candidates.length) return [];
  if (message !== undefined && templates.some((template) => matchesTemplate(template, message))) return [];
  return [
    {
      code: 'ERROR_MESSAGE',
      cause: `message of ${candidates.map(({ problem }) => problem.name).join(' or ')}`,
      expected: templates.join(' | '),
      actual: message ?? 'no message',
      evidence: wordingEvidence(surest(candidates.map(({ problem }) => problem.evidence))),
      exchange,
    },
  ];
}

/** Providers reserve the right to change wording, so a wrong message never fails; it warns at most. */
function wordingEvidence(evidence: Evidence): Evidence {
  const isUnsure = evidence.grade === 'unknown' || evidence.grade === 'disputed';
  return isUnsure ? evidence : { ...evidence, grade: 'reported' };
}

function judgeHeaders(exchange: Exchange, candidates: readonly Candidate[]): readonly Violation[] {
  const [candidate] = candidates;
  // With several candidates the headers of the one that was meant are not known.
  if (candidate === undefined || candidates.length > 1) return [];
  const { problem } = candidate;
  return Object.entries(problem.headers).flatMap(([name, template]) => {
    const value = exchange.response.headers[name];
    if (value !== undefined && matchesTemplate(template, value)) return [];
    return [
      {
        code: 'ERROR_HEADER',
        cause: `header ${name} of ${problem.name}`,
        expected: `${name}: ${template}`,
        actual: value === undefined ? 'none' : `${name}: ${value}`,
        evidence: problem.evidence,
        exchange,
      },
    ];
  });
}
