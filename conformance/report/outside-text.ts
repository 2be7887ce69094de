import type { Consequences } from '../finding/finding.js';
import type { AcceptedFinding, BaselineResult } from './baseline.js';
import type { CountedText, Report, ReportedFinding, Traffic } from './report.js';

/** Changes text from outside. @param longest - the most characters to keep */
export interface TextMap {
  /** A text that stands on one line. */
  readonly line: (text: string, longest: number) => string;
  /** A text of several lines: a body, commands. */
  readonly lines: (text: string, longest: number) => string;
  /** A name that the contract gives: no secret, but not ours either. Default: unchanged. */
  readonly name?: (text: string) => string;
  /** What a person has to find: the target, and what is left there. Default: `line`. */
  readonly place?: (text: string, longest: number) => string;
}

/** The most characters of texts in a report. */
const LONGEST = { name: 200, line: 400, reason: 600, url: 4096, header: 4096, body: 16 * 1024, commands: 128 * 1024 };

/**
 * A report with every text from outside changed: whatever a target, a contract or an option may have put in. Our own
 * words (verdict, outcomes, families, grades) stay. This is the one list of those texts: masking, cutting and the
 * escaping of every sink use it.
 */
export function mapOutsideText(report: Report, { line, lines, name = (text) => text, place = line }: TextMap): Report {
  const reason = (text: string) => line(text, LONGEST.reason);
  return {
    ...report,
    target: place(report.target, LONGEST.url),
    reasons: report.reasons.map(reason),
    checks: report.checks.map((check) => ({
      ...check,
      operation: name(check.operation),
      ...(check.reason === undefined ? {} : { reason: reason(check.reason) }),
    })),
    findings: report.findings.map((finding) => mapFinding(finding, { line, lines, name })),
    ...(report.baseline === undefined ? {} : { baseline: mapBaseline(report.baseline, reason) }),
    ...(report.leftOut === undefined
      ? {}
      : { leftOut: report.leftOut.map((skip) => ({ checks: reason(skip.checks), reason: reason(skip.reason) })) }),
    coverage: report.coverage.map((entry) => ({
      ...entry,
      operation: name(entry.operation),
      ...(entry.errorCode === undefined ? {} : { errorCode: line(entry.errorCode, LONGEST.name) }),
    })),
    unchecked: report.unchecked.map((fact) => ({
      operation: name(fact.operation),
      what: name(fact.what),
      reason: reason(fact.reason),
    })),
    ...(report.order === undefined ? {} : { order: report.order.map(name) }),
    ...(report.absent === undefined ? {} : { absent: report.absent.map(name) }),
    ...(report.scopes === undefined
      ? {}
      : {
          scopes: report.scopes.map((attempt) => ({
            ...attempt,
            operation: name(attempt.operation),
            scopes: attempt.scopes.map(name),
          })),
        }),
    leftovers: report.leftovers.map((leftover) => place(leftover, LONGEST.line)),
    ...(report.changed === undefined ? {} : { changed: report.changed.map(reason) }),
    ...(report.traffic === undefined ? {} : { traffic: mapTraffic(report.traffic, { line, place }) }),
  };
}

function mapTraffic(traffic: Traffic, { line, place }: Required<Pick<TextMap, 'line' | 'place'>>): Traffic {
  const mapped = (entries: readonly CountedText[]) =>
    entries.map(({ what, count }) => ({ what: line(what, LONGEST.line), count }));
  return {
    ...traffic,
    outside: mapped(traffic.outside),
    unread: mapped(traffic.unread),
    ...(traffic.recording === undefined ? {} : { recording: place(traffic.recording, LONGEST.url) }),
  };
}

function mapBaseline(baseline: BaselineResult, reason: (text: string) => string): BaselineResult {
  const mapped = (entries: readonly AcceptedFinding[]) =>
    entries.map((entry) => ({ ...entry, fingerprint: reason(entry.fingerprint), reason: reason(entry.reason) }));
  return { accepted: mapped(baseline.accepted), expired: mapped(baseline.expired), gone: mapped(baseline.gone) };
}

function mapConsequences(
  { checks, findings }: Consequences,
  { line, name }: Pick<Required<Omit<TextMap, 'place'>>, 'line' | 'name'>,
): Consequences {
  const mapped = findings.map(({ check, cause, operations }) => ({
    check,
    cause: line(cause, LONGEST.name),
    operations: operations.map(name),
  }));
  return { checks, findings: mapped };
}

function mapFinding(
  finding: ReportedFinding,
  { line, lines, name }: Required<Omit<TextMap, 'place'>>,
): ReportedFinding {
  const { request, response } = finding;
  const headers = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(given).map(([header, value]) => [line(header, LONGEST.name), line(value, LONGEST.header)]),
    );
  const body = (text: string) => lines(text, LONGEST.body);
  return {
    ...finding,
    operations: finding.operations.map(name),
    foundAt: name(finding.foundAt),
    source: line(finding.source, LONGEST.line),
    cause: line(finding.cause, LONGEST.name),
    expected: line(finding.expected, LONGEST.line),
    actual: line(finding.actual, LONGEST.line),
    request: {
      ...request,
      url: line(request.url, LONGEST.url),
      headers: headers(request.headers),
      ...(request.body === undefined ? {} : { body: body(request.body) }),
    },
    response: { ...response, headers: headers(response.headers), body: body(response.body) },
    curl: lines(finding.curl, LONGEST.commands),
    replay: line(finding.replay, LONGEST.url),
    ...(finding.consequences === undefined
      ? {}
      : { consequences: mapConsequences(finding.consequences, { line, name }) }),
  };
}
