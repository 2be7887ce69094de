import type { CoverageEntry } from '../engine/coverage.js';
import { RunError } from '../errors.js';
import { mergeOperations } from './collector.js';
import type { Report, ReportedFinding, ReportSummary, Unchecked, Verdict } from './report.js';
import { NO_REASON } from './unchecked.js';

/**
 * Merges the reports of all parts of a run (`--shard`, or `part` of the vitest entry) into one.
 * @throws RunError where they are not the parts of one run, each once
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first] = reports;
  if (first === undefined)
    throw new RunError('BAD_OPTION', 'no report to merge; pass the report.json of each part of a run.');
  assertSameRun(first, reports);
  assertCompleteParts(reports);
  // A part of a small plan may have no checks: it has no say.
  const parts = reports.filter(({ checks }) => checks.length > 0);
  const judged = parts.length > 0 ? parts : reports;
  const checks = reports.flatMap((report) => report.checks);
  const findings = mergeFindings(reports.flatMap((report) => report.findings));
  const { shard: _shard, ...whole } = first;
  return {
    ...whole,
    verdict: mergeVerdicts(judged, findings),
    reasons: [...new Set(judged.flatMap(({ reasons }) => reasons))],
    summary: mergeSummaries(
      reports.map(({ summary }) => summary),
      new Set(checks.map(({ operation }) => operation)).size,
    ),
    checks,
    findings,
    coverage: mergeCoverage(reports.flatMap(({ coverage }) => coverage)),
    unchecked: uncheckedInAll(reports.map(({ unchecked }) => unchecked)),
    leftovers: reports.flatMap(({ leftovers }) => leftovers),
  };
}

/** @throws RunError where reports differ in target or depth */
function assertSameRun(first: Report, reports: readonly Report[]): void {
  for (const { target, depth } of reports) {
    if (depth !== first.depth)
      throw new RunError('BAD_OPTION', `Reports of depth "${first.depth}" and "${depth}" are not parts of one run.`);
    if (target !== first.target)
      throw new RunError('BAD_OPTION', `Reports of "${first.target}" and "${target}" are not parts of one run.`);
  }
}

/** @throws RunError where a part is missing, passed twice, or of another division */
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
  const missing: number[] = [];
  for (let part = 1; part <= count && missing.length <= MOST_NAMED; part += 1) if (!seen.has(part)) missing.push(part);
  if (missing.length === 0) return;
  const named = missing.slice(0, MOST_NAMED).map((part) => `${part}/${count}`);
  const [parts, are, their] = missing.length === 1 ? ['Part', 'is', 'its'] : ['Parts', 'are', 'their'];
  const more = missing.length > MOST_NAMED ? ' and more' : '';
  throw new RunError(
    'BAD_OPTION',
    `${parts} ${named.join(', ')}${more} ${are} missing: pass ${their} report.json as well.`,
  );
}

const MOST_NAMED = 5;

/** Why a report cannot be another part of a run of so many parts. */
function partFault({ shard }: Report, count: number, seen: ReadonlySet<number>): string | undefined {
  if (shard === undefined) return 'is of a whole run, not of a part (--shard I/N)';
  const [part, of] = shard;
  if (of !== count) return `is part ${part} of ${of}, but the first report is a part of ${count}`;
  return seen.has(part) ? `is part ${part} of ${of}, which was passed before` : undefined;
}

const VERDICTS: readonly Verdict[] = ['violates', 'inconclusive', 'conforms'];

function mergeVerdicts(reports: readonly Report[], findings: readonly ReportedFinding[]): Verdict {
  if (findings.some(({ severity }) => severity === 'failed')) return 'violates';
  return VERDICTS.find((verdict) => reports.some((report) => report.verdict === verdict)) ?? 'inconclusive';
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
    const known = merged.get(finding.fingerprint) ?? finding;
    merged.set(finding.fingerprint, { ...known, operations: mergeOperations(known.operations, finding.operations) });
  }
  return [...merged.values()];
}

function mergeCoverage(entries: readonly CoverageEntry[]): readonly CoverageEntry[] {
  const merged = new Map<string, CoverageEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.operation, entry.status, entry.errorCode]);
    merged.set(key, { ...entry, hits: entry.hits + (merged.get(key)?.hits ?? 0) });
  }
  return [...merged.values()];
}

/** A fact is unchecked where no part tested it. The reason is that of the part that tried. */
function uncheckedInAll(parts: readonly (readonly Unchecked[])[]): readonly Unchecked[] {
  const [first = [], ...others] = parts;
  const key = ({ operation, what }: Unchecked) => `${operation} ${what}`;
  return first.flatMap((one) => {
    const same = [one, ...others.flatMap((part) => part.find((other) => key(other) === key(one)) ?? [])];
    if (same.length < parts.length) return [];
    return [same.find(({ reason }) => reason !== NO_REASON) ?? one];
  });
}
