import type { CoverageEntry } from '../coverage.js';
import { RunError } from '../run-error.js';
import type { Report, ReportedFinding, ReportSummary, Unchecked, Verdict } from './report.js';

/**
 * The report of the whole, from those of its parts (`--shard`, or `part` of the vitest entry).
 * @throws RunError where they are not parts of one run
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first] = reports;
  if (first === undefined)
    throw new RunError('BAD_OPTION', 'There is no report to merge; name at least one report.json.');
  for (const { target, depth } of reports) {
    if (depth !== first.depth)
      throw new RunError('BAD_OPTION', `Reports of depth "${first.depth}" and "${depth}" are not parts of one run.`);
    if (target !== first.target)
      throw new RunError('BAD_OPTION', `Reports of "${first.target}" and "${target}" are not parts of one run.`);
  }
  const checks = reports.flatMap((report) => report.checks);
  return {
    ...first,
    verdict: worst(reports.map(({ verdict }) => verdict)),
    reasons: [...new Set(reports.flatMap(({ reasons }) => reasons))],
    summary: mergeSummaries(
      reports.map(({ summary }) => summary),
      new Set(checks.map(({ operation }) => operation)).size,
    ),
    checks,
    findings: mergeFindings(reports.flatMap(({ findings }) => findings)),
    coverage: mergeCoverage(reports.flatMap(({ coverage }) => coverage)),
    unchecked: inAll(reports.map(({ unchecked }) => unchecked)),
    leftovers: reports.flatMap(({ leftovers }) => leftovers),
  };
}

const VERDICTS: readonly Verdict[] = ['violates', 'inconclusive', 'conforms'];

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';
}

function mergeSummaries(summaries: readonly ReportSummary[], operations: number): ReportSummary {
  const sum = (name: keyof ReportSummary) => summaries.reduce((total, summary) => total + summary[name], 0);
  return {
    operations,
    checks: sum('checks'),
    passed: sum('passed'),
    failed: sum('failed'),
    warned: sum('warned'),
    skipped: sum('skipped'),
    observed: sum('observed'),
    requests: sum('requests'),
    // Parts run side by side.
    durationMs: Math.max(...summaries.map(({ durationMs }) => durationMs)),
  };
}

function mergeFindings(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const merged = new Map<string, ReportedFinding>();
  for (const finding of findings) {
    const known = merged.get(finding.fingerprint);
    const operations = [...new Set([...(known?.operations ?? []), ...finding.operations])].sort();
    merged.set(finding.fingerprint, { ...(known ?? finding), operations });
  }
  return [...merged.values()];
}

function mergeCoverage(entries: readonly CoverageEntry[]): readonly CoverageEntry[] {
  const merged = new Map<string, CoverageEntry>();
  for (const entry of entries) {
    const key = `${entry.operation} ${entry.status} ${entry.errorCode ?? ''}`;
    merged.set(key, { ...entry, hits: entry.hits + (merged.get(key)?.hits ?? 0) });
  }
  return [...merged.values()];
}

/** A fact is unchecked where no part reached it. */
function inAll(parts: readonly (readonly Unchecked[])[]): readonly Unchecked[] {
  const [first = [], ...others] = parts;
  const key = ({ operation, what }: Unchecked) => `${operation} ${what}`;
  return first.filter((one) => others.every((part) => part.some((other) => key(other) === key(one))));
}
