import type { CheckResult, RunEnd } from '../engine/event.js';
import type { StopCause } from '../engine/stop.js';
import type { Finding } from '../finding.js';
import type { Verdict } from './report.js';

/** Skips that say nothing about the target: there was nothing to try, or trying would have taken too many requests. */
const HARMLESS: ReadonlySet<StopCause | 'defect' | undefined> = new Set<StopCause | undefined>(['contract', 'budget']);

export interface Judgement {
  readonly verdict: Verdict;
  /** Why it is inconclusive. */
  readonly reasons: readonly string[];
}

/** What a run amounts to. A check that could not run is never a check that passed. */
export function judgeRun(findings: readonly Finding[], results: readonly CheckResult[], end: RunEnd): Judgement {
  if (findings.some(({ severity }) => severity === 'failed')) return { verdict: 'violates', reasons: [] };
  const reasons = results.flatMap(({ outcome, because, reason }) =>
    outcome === 'skipped' && !HARMLESS.has(because) && reason !== undefined ? [reason] : [],
  );
  if (end.stopped !== undefined) reasons.unshift(end.stopped);
  if (results.length > 0 && results.every(({ outcome }) => outcome === 'skipped'))
    reasons.push('Every check was skipped.');
  return { verdict: reasons.length > 0 ? 'inconclusive' : 'conforms', reasons: [...new Set(reasons)] };
}
