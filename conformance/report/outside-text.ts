import type { Report, ReportedFinding } from './report.js';

/** Changes text from outside. @param longest - the most characters to keep */
export interface TextMap {
  /** A text that stands on one line. */
  readonly line: (text: string, longest: number) => string;
  /** A text of several lines: a body, commands. */
  readonly lines: (text: string, longest: number) => string;
}

/** The most characters of texts in a report. */
const LONGEST = { name: 200, line: 400, reason: 600, url: 4096, header: 4096, body: 16 * 1024, commands: 128 * 1024 };

/**
 * A report with every text from outside changed: whatever a target, a contract or an option may have put in. Our own
 * words (verdict, outcomes, families, grades) stay. This is the one list of those texts: masking, cutting and the
 * escaping of every sink use it.
 */
export function mapOutsideText(report: Report, { line, lines }: TextMap): Report {
  const reason = (text: string) => line(text, LONGEST.reason);
  return {
    ...report,
    target: line(report.target, LONGEST.url),
    reasons: report.reasons.map(reason),
    checks: report.checks.map((check) =>
      check.reason === undefined ? check : { ...check, reason: reason(check.reason) },
    ),
    findings: report.findings.map((finding) => mapFinding(finding, { line, lines })),
    coverage: report.coverage.map((entry) =>
      entry.errorCode === undefined ? entry : { ...entry, errorCode: line(entry.errorCode, LONGEST.name) },
    ),
    unchecked: report.unchecked.map((fact) => ({ ...fact, reason: reason(fact.reason) })),
    leftovers: report.leftovers.map((leftover) => line(leftover, LONGEST.line)),
  };
}

function mapFinding(finding: ReportedFinding, { line, lines }: TextMap): ReportedFinding {
  const { request, response } = finding;
  const headers = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [line(name, LONGEST.name), line(value, LONGEST.header)]),
    );
  const body = (text: string) => lines(text, LONGEST.body);
  return {
    ...finding,
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
  };
}
