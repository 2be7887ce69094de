import { SAID_IN_WORDS, UNDOCUMENTED } from '../judge/conform.js';
import type { Difference } from './difference.js';

interface Answers {
  /** Statuses. */
  readonly recorded: number;
  readonly answered: number;
}

/** Parts of a request, as differences name them. */
const OF_REQUEST = /^(request |query |path )/;
const OF_PATH = /^path /;
/** The body of an answer. */
const OF_BODY = /^body(\/|$)/;

/** Whether a recorded request violates the contract. */
export function violatesInRequest(violations: readonly Difference[]): boolean {
  return violations.some(({ place }) => OF_REQUEST.test(place));
}

/**
 * The differences that do not follow from violations in the recording. A target that keeps the contract refuses a request
 * that violates it, and cannot answer with an undocumented status. A failure, or a refusal for another reason, counts.
 */
export function besidesViolations(
  violations: readonly Difference[],
  differences: readonly Difference[],
  answers: Answers,
): readonly Difference[] {
  if (answers.recorded < 300 && isRefused(violations, answers)) return [];
  if (violations.some(({ because }) => because === UNDOCUMENTED) && isOtherOfItsKind(answers)) return [];
  const known = new Set(violations.map((each) => JSON.stringify(each)));
  const inBody = violations.filter(({ place }) => OF_BODY.test(place));
  const invalid = new Set(inBody.map(({ place, actual }) => JSON.stringify([place, actual])));
  return differences.filter(
    // A recorded value that violates the contract is not expected of the target.
    (each) => !known.has(JSON.stringify(each)) && (isOwn(each) || !invalid.has(keyOfExpected(each))),
  );
}

/** Whether it says what is wrong with the target's answer, whatever was recorded. */
function isOwn({ because }: Difference): boolean {
  return SAID_IN_WORDS.has(because);
}

function keyOfExpected({ place, expected }: Difference): string {
  return JSON.stringify([place, expected]);
}

/** Refusals of the caller, of too many requests, or of a slow one, whatever the request holds. */
const NOT_OF_CONTENT: ReadonlySet<number> = new Set([401, 407, 408, 429]);
/** What the path names is not there. */
const NOT_THERE: ReadonlySet<number> = new Set([404, 410]);

/** Whether the target refuses what the recorded request holds. */
function isRefused(violations: readonly Difference[], { answered }: Answers): boolean {
  if (answered < 400 || answered >= 500 || NOT_OF_CONTENT.has(answered)) return false;
  return NOT_THERE.has(answered) ? violations.some(({ place }) => OF_PATH.test(place)) : violatesInRequest(violations);
}

/** Whether a status in place of an undocumented one may be what the contract has for it. */
function isOtherOfItsKind({ recorded, answered }: Answers): boolean {
  return recorded !== answered && answered < 500 && !(recorded < 400 && answered >= 400);
}
