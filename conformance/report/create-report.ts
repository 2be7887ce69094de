import type { Contract } from '../../contract/contract.js';
import type { ConfiguredSkip } from '../config-file.js';
import type { RunEnd } from '../engine/event.js';
import type { Plan, PlannedCheck } from '../engine/plan/plan.js';
import type { Finding } from '../finding/finding.js';
import { hideAnswer } from '../redaction/hide-answer.js';
import type { Redactor } from '../redaction/redact.js';
import { withCredential } from '../target/credential.js';
import type { Exchange } from '../target/exchange.js';
import type { Target } from '../target/target.js';
import { inOrder } from './attempts.js';
import { applyBaseline, type Baseline, notAccepted } from './baseline.js';
import type { Collector } from './collector.js';
import { type CollectedRun, conclude, readingsOf } from './conclude.js';
import { curlFor } from './curl.js';
import { judgedBySuccesses } from './few-successes.js';
import { mapOutsideText } from './outside-text.js';
import { type ReplayOptions, replayLine, trafficLine } from './replay-line.js';
import type { Report, ReportedFinding, ReportedRequest, ReportedResponse, ReportSummary, Traffic } from './report.js';
import { uncheckedFacts } from './unchecked.js';
import { judgeRun } from './verdict.js';

export interface ReportOptions {
  readonly tool: Report['tool'];
  readonly target: Pick<Target, 'name' | 'url'>;
  readonly redactor: Redactor;
  readonly replay: ReplayOptions;
  /** Operations that the target does not implement are not findings. Default: they are. */
  readonly allowMissing?: boolean;
  /** Known findings; of a part of a run, `--merge` applies them. */
  readonly baseline?: Baseline;
  readonly leftOut?: readonly ConfiguredSkip[];
  /** The exchanges passed a proxy. Default: a run sent them. */
  readonly traffic?: Traffic;
}

/** What merging the parts of a run needs, since it has no contract. */
function partOf({ shard, contract }: Plan): Pick<Report, 'shard' | 'order' | 'readings'> {
  if (shard === undefined) return {};
  return { shard, order: contract.operations.map(({ id }) => id), readings: readingsOf(contract) };
}

/** Creates the report of a run that has ended, without secrets. */
export function createReport(collected: Collector, options: ReportOptions): Report {
  const { plan, end } = collected;
  if (plan === undefined || end === undefined)
    throw new RangeError('A report needs a run that has been planned and has ended.');
  const { tool, target, replay, redactor, allowMissing = false, leftOut = [] } = options;
  const run = conclude(collected, { allowMissing });
  // A part of a run is diagnosed when all parts are merged.
  const isPart = plan.shard !== undefined;
  const findings = isPart ? collected.found : run.findings;
  const baseline = options.baseline && !isPart ? applyBaseline(run.findings, options.baseline) : undefined;
  const report: Report = {
    tool,
    target: target.name,
    seed: replay.seed,
    depth: plan.depth,
    ...partOf(plan),
    ...judgeRun(notAccepted(run.findings, baseline), run.results, { end, allowMissing, isPart }),
    summary: summaryOf(run, end),
    checks: run.results.map(({ planned, outcome, reason, runs, requests, startMs, durationMs }) => ({
      id: planned.check.id,
      family: planned.check.family,
      operation: planned.operation.id,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      runs,
      requests,
      ...(startMs === undefined || durationMs === undefined ? {} : { startMs, durationMs }),
      ...fingerprintsOf(run, planned),
    })),
    findings: findings.map((finding) => reportFinding(finding, plan.contract, options)),
    ...(baseline === undefined ? {} : { baseline }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
    coverage: end.coverage,
    ...uncheckedFacts(plan.contract, plan.operations, run.results, end),
    ...(end.absent.length === 0 ? {} : { absent: end.absent }),
    ...scopesOf(plan, end),
    leftovers: end.leftovers,
    ...(end.changed === undefined ? {} : { changed: end.changed }),
    ...(options.traffic === undefined ? {} : { traffic: options.traffic }),
  };
  // The border: text from outside is masked, then cut. Our own words stay as they are, whatever a server calls a secret.
  const mask = (text: string, longest: number) => redactor.excerpt(text, longest);
  // A target that calls the ids of what it keeps secrets cannot hide it.
  const place = (text: string, longest: number) => redactor.excerpt(text, longest, { received: false });
  return mapOutsideText(judgedBySuccesses(report), { line: mask, lines: mask, place });
}

function scopesOf({ contract }: Plan, { scopes = [] }: RunEnd): Pick<Report, 'scopes'> {
  if (scopes.length === 0) return {};
  const ids = contract.operations.map(({ id }) => id);
  return { scopes: inOrder(scopes, ids) };
}

function fingerprintsOf(
  { fingerprints }: CollectedRun,
  { check, operation }: PlannedCheck,
): { readonly findings?: readonly string[] } {
  const findings = fingerprints.get(`${operation.id}/${check.id}`);
  return findings === undefined ? {} : { findings };
}

function summaryOf({ results }: CollectedRun, { requests, durationMs }: RunEnd): ReportSummary {
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return {
    operations: new Set(results.map(({ planned }) => planned.operation.id)).size,
    checks: results.length,
    passed: count('passed'),
    failed: count('failed'),
    warned: count('warned'),
    skipped: count('skipped'),
    observed: count('observed'),
    requests,
    durationMs: Math.round(durationMs),
  };
}

function reportFinding(
  finding: Finding,
  contract: Contract,
  { target, replay, redactor, traffic }: ReportOptions,
): ReportedFinding {
  for (const exchange of [...finding.setup, ...finding.before, finding.exchange, ...finding.after])
    hideAnswer(redactor, contract, exchange);
  const url = replay.url === undefined ? {} : { url: target.url };
  return {
    check: finding.check,
    family: finding.family,
    operations: finding.operations,
    foundAt: finding.foundAt,
    fingerprint: finding.fingerprint,
    ...(finding.fingerprints === undefined ? {} : { fingerprints: finding.fingerprints }),
    code: finding.code,
    severity: finding.severity,
    grade: finding.evidence.grade,
    source: finding.evidence.source,
    cause: finding.cause,
    expected: finding.expected,
    actual: finding.actual,
    request: reportRequest(finding.exchange, target.url),
    response: reportResponse(finding.exchange),
    curl: curlFor(finding, {
      contract,
      redact: (text) => redactor.redact(text),
      isMasked: traffic !== undefined,
      ...url,
    }),
    replay: traffic === undefined ? replayLine(finding, replay) : trafficLine(replay, traffic),
    ...(finding.consequences === undefined ? {} : { consequences: finding.consequences }),
  };
}

function reportRequest({ request, authorization }: Exchange, url: string): ReportedRequest {
  const { method, body } = request;
  const { path, headers } = withCredential(request, authorization);
  return { method, url: url + path, headers, ...(body === undefined ? {} : { body }) };
}

function reportResponse({ response }: Exchange): ReportedResponse {
  const { status, headers, text } = response;
  return { status, headers, body: text };
}
