import type { CheckResult, RunEnd } from '../engine/event.js';
import type { StopCause } from '../engine/stop.js';
import type { Finding } from '../finding/finding.js';
import type { Verdict } from './report.js';

/** Skips that do not depend on the target: nothing to try, or too many requests to try it. */
const HARMLESS: ReadonlySet<StopCause | 'defect' | undefined> = new Set<StopCause | undefined>(['contract', 'budget']);

/** The exit code of each verdict; anything else is 2. */
const EXIT_CODES: ReadonlyMap<string, number> = new Map<Verdict, number>([
  ['conforms', 0],
  ['violates', 1],
  ['inconclusive', 2],
]);

export interface Judgement {
  readonly verdict: Verdict;
  /** Why it is inconclusive. */
  readonly reasons: readonly string[];
}

interface JudgeOptions {
  readonly end: RunEnd;
  readonly allowMissing?: boolean;
  /** The run is a part of a plan. */
  readonly isPart?: boolean;
}

/** The verdict of a run. A check that could not run is never a check that passed. */
export function judgeRun(
  findings: readonly Pick<Finding, 'severity'>[],
  results: readonly CheckResult[],
  { end, allowMissing = false, isPart = false }: JudgeOptions,
): Judgement {
  const isHarmless = (because: CheckResult['because']) =>
    HARMLESS.has(because) || (allowMissing && because === 'absent');
  const reasons = results.flatMap(({ outcome, because, reason }) =>
    outcome === 'skipped' && !isHarmless(because) && reason !== undefined ? [reason] : [],
  );
  if (end.stopped !== undefined) reasons.unshift(end.stopped);
  if (results.length === 0) reasons.push('No check was run.');
  else if (results.every(({ outcome }) => outcome === 'skipped')) reasons.push('Every check was skipped.');
  const unique = [...new Set(reasons)];
  // A part says why it is incomplete also where it violates: with a baseline the whole may not.
  if (findings.some(({ severity }) => severity === 'failed')) {
    const ended = end.stopped === undefined ? [] : [end.stopped];
    return { verdict: 'violates', reasons: isPart ? unique : ended };
  }
  return { verdict: reasons.length > 0 ? 'inconclusive' : 'conforms', reasons: unique };
}

/** The exit code of a verdict. */
export function exitCodeOf(verdict: Verdict): number {
  return EXIT_CODES.get(verdict) ?? 2;
}
