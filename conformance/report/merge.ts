import type { Check } from '../check.js';
import { diagnose } from '../diagnosis/diagnose.js';
import type { CoverageEntry } from '../engine/coverage.js';
import { RunError } from '../errors.js';
import { inOrder } from './attempts.js';
import { applyBaseline, type Baseline, notAccepted } from './baseline.js';
import { checkFacts } from './conclude.js';
import { judgedBySuccesses } from './few-successes.js';
import type { Report, ReportedCheck, ReportedFinding, ReportSummary, Unchecked, Verdict } from './report.js';
import { NO_REASON } from './unchecked.js';

/**
 * Merges the reports of all parts of a run (`--shard`, or `part` of the vitest entry) into one.
 * @param known - all checks, in the order of a plan
 * @throws RunError where they are not the parts of one run, each once
 */
export function mergeReports(reports: readonly Report[], known: readonly Check[], baseline?: Baseline): Report {
  const [first] = reports;
  if (first === undefined)
    throw new RunError('BAD_OPTION', 'no report to merge; pass the report.json of each part of a run.');
  assertSameRun(first, reports);
  assertCompleteParts(reports);
  // A part of a small plan may have no checks: it has no say.
  const parts = reports.filter(({ checks }) => checks.length > 0);
  const judged = parts.length > 0 ? parts : reports;
  const { shard: _shard, order = [], readings = [], absent: _absent, ...whole } = first;
  const absent = absentInAll(reports, order);
  const changed = [...new Set(reports.flatMap((report) => report.changed ?? []))];
  const { checks, findings } = mergeFindings(reports, { order, readings, absent, known });
  const applied = baseline && applyBaseline(findings, baseline);
  const verdict = mergeVerdicts(judged, notAccepted(findings, applied));
  return judgedBySuccesses({
    ...whole,
    verdict,
    reasons: verdict === 'inconclusive' ? [...new Set(judged.flatMap(({ reasons }) => reasons))] : [],
    summary: mergeSummaries(
      reports.map(({ summary }) => summary),
      new Set(checks.map(({ operation }) => operation)).size,
    ),
    checks,
    findings,
    ...(applied === undefined ? {} : { baseline: applied }),
    coverage: mergeCoverage(
      reports.flatMap(({ coverage }) => coverage),
      order,
    ),
    unchecked: uncheckedInAll(reports.map(({ unchecked }) => unchecked)),
    ...(absent.length === 0 ? {} : { absent }),
    ...(reports.some(({ scopes }) => scopes !== undefined)
      ? {
          scopes: inOrder(
            reports.flatMap(({ scopes = [] }) => scopes),
            order,
          ),
        }
      : {}),
    leftovers: reports.flatMap(({ leftovers }) => leftovers),
    ...(changed.length === 0 ? {} : { changed }),
  });
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

function mergeVerdicts(parts: readonly Report[], counted: readonly ReportedFinding[]): Verdict {
  const hasFailed = (findings: readonly ReportedFinding[]) => findings.some(({ severity }) => severity === 'failed');
  // A violation without a finding cannot be accepted.
  const isUnexplained = parts.some(({ verdict, findings }) => verdict === 'violates' && !hasFailed(findings));
  if (hasFailed(counted) || isUnexplained) return 'violates';
  const isIncomplete = parts.some(({ verdict, reasons }) => verdict === 'inconclusive' || reasons.length > 0);
  return isIncomplete || parts.length === 0 ? 'inconclusive' : 'conforms';
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

interface MergeOptions {
  /** The operations of the contract, in its order. */
  readonly order: readonly string[];
  readonly readings: readonly (readonly string[])[];
  readonly absent: readonly string[];
  readonly known: readonly Check[];
}

/** Checks in the order of the plan, and the diagnosis of all that the parts found. */
function mergeFindings(
  reports: readonly Report[],
  { order, readings, absent, known }: MergeOptions,
): { readonly checks: readonly ReportedCheck[]; readonly findings: readonly ReportedFinding[] } {
  const place = new Map(order.map((operation, index) => [operation, index]));
  const rank = new Map(known.map(({ id }, index) => [id, index]));
  const at = ({ operation }: ReportedCheck) => place.get(operation) ?? order.length;
  const checks = reports
    .flatMap((report) => report.checks)
    .sort((one, other) => at(one) - at(other) || (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0));
  const found = reports.flatMap((report) => report.findings);
  const { findings, standsFor } = diagnose<ReportedFinding>({
    findings: found,
    results: checks.map(({ id, ...check }) => ({ ...check, check: id })),
    operations: order,
    absent,
    readings: readings.map(([create = '', read = '']) => [create, read]),
    check: checkFacts(known),
    showing: (finding) => finding,
  });
  const fingerprints = (check: ReportedCheck): { readonly findings?: readonly string[] } => {
    const own = found.filter((one) => one.check === check.id && one.foundAt === check.operation);
    const all = own.map((one) => standsFor.get(one) ?? one.fingerprint);
    return all.length === 0 ? {} : { findings: [...new Set(all)] };
  };
  return { checks: checks.map((check) => ({ ...check, ...fingerprints(check) })), findings };
}

/** Operations that no part saw answered: another part may have got through to one. */
function absentInAll(reports: readonly Report[], order: readonly string[]): readonly string[] {
  const served = new Set(
    reports.flatMap(({ coverage }) => coverage.filter(({ status }) => status < 300).map(({ operation }) => operation)),
  );
  const absent = new Set(reports.flatMap((report) => report.absent ?? []));
  return order.filter((operation) => absent.has(operation) && !served.has(operation));
}

/** In the order of the contract's operations, then by status and errorCode. */
function mergeCoverage(entries: readonly CoverageEntry[], order: readonly string[]): readonly CoverageEntry[] {
  const merged = new Map<string, CoverageEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.operation, entry.status, entry.errorCode]);
    merged.set(key, { ...entry, hits: entry.hits + (merged.get(key)?.hits ?? 0) });
  }
  const place = new Map(order.map((operation, index) => [operation, index]));
  const at = ({ operation }: CoverageEntry) => place.get(operation) ?? order.length;
  return [...merged.values()].sort(
    (one, other) =>
      at(one) - at(other) || one.status - other.status || (one.errorCode ?? '').localeCompare(other.errorCode ?? ''),
  );
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
