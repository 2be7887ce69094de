import { UNDOCUMENTED } from '../judge/conform.js';
import type { Difference } from './difference.js';

interface Answers {
  /** Statuses. */
  readonly recorded: number;
  readonly answered: number;
}

/** Parts of a request, as differences name them. */
const OF_REQUEST = /^(request |query |path )/;

/** Whether a recorded request is none that the contract allows. */
export function violatesInRequest(violations: readonly Difference[]): boolean {
  return violations.some(({ place }) => OF_REQUEST.test(place));
}

/**
 * What the target's answer shows besides the violations of the recording. Where the recorded request violates the contract,
 * or its status is none of the documented ones, a target that keeps the contract cannot answer as recorded.
 */
export function besidesViolations(
  violations: readonly Difference[],
  differences: readonly Difference[],
  { recorded, answered }: Answers,
): readonly Difference[] {
  const isInvalid = recorded < 300 && violatesInRequest(violations);
  if (isInvalid && answered >= 400 && answered < 500) return [];
  if (recorded !== answered && violations.some(({ because }) => because === UNDOCUMENTED)) return [];
  const known = new Set(violations.map((each) => JSON.stringify(each)));
  return differences.filter((each) => !known.has(JSON.stringify(each)));
}
