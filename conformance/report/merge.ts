import type { CoverageEntry } from '../engine/coverage.js';
import { RunError } from '../errors.js';
import type { Report, ReportedFinding, ReportSummary, Unchecked, Verdict } from './report.js';
import { NO_REASON } from './unchecked.js';

/**
 * The report of the whole, from those of its parts (`--shard`, or `part` of the vitest entry).
 * @throws RunError where they are not the parts of one run, each of them once
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
  assertCompleteParts(reports);
  const checks = reports.flatMap((report) => report.checks);
  const { shard: _shard, ...whole } = first;
  return {
    ...whole,
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

/** @throws RunError where a part is missing, there twice, or of another division */
function assertCompleteParts(reports: readonly Report[]): void {
  const count = reports[0]?.shard?.[1] ?? 0;
  const seen = new Set<number>();
  for (const report of reports) {
    const fault = partFault(report, count, seen);
    if (fault !== undefined) {
      const what = `The report of seed ${report.seed} ${fault}`;
      throw new RunError('BAD_OPTION', `${what}; expected one report of each part of a run.`);
    }
    seen.add(report.shard?.[0] ?? 0);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((part) => !seen.has(part));
  if (missing.length > 0) {
    const named = missing.map((part) => `${part}/${count}`).join(', ');
    throw new RunError('BAD_OPTION', `Of ${count} parts of the run ${named} is missing; name its report.json too.`);
  }
}

/** What keeps a report from being another part of a run of so many. */
function partFault({ shard }: Report, count: number, seen: ReadonlySet<number>): string | undefined {
  if (shard === undefined) return 'is of a whole run, not of a part (--shard I/N)';
  const [part, of] = shard;
  if (of !== count) return `is part ${part} of ${of}, and others are parts of ${count}`;
  return seen.has(part) ? `is part ${part} of ${of} once more` : undefined;
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
    const [shown = '', ...others] = (known ?? finding).operations;
    const operations = [...new Set([shown, ...[...others, ...finding.operations].sort()])];
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

/** A fact is unchecked where no part reached it, for the reason of the part that tried. */
function inAll(parts: readonly (readonly Unchecked[])[]): readonly Unchecked[] {
  const [first = [], ...others] = parts;
  const key = ({ operation, what }: Unchecked) => `${operation} ${what}`;
  return first.flatMap((one) => {
    const same = [one, ...others.flatMap((part) => part.find((other) => key(other) === key(one)) ?? [])];
    if (same.length < parts.length) return [];
    return [same.find(({ reason }) => reason !== NO_REASON) ?? one];
  });
}
