import { type AcceptedFinding, acceptanceIn } from '../baseline.js';
import type { Report, ReportedCheck, ReportedFinding } from '../report.js';
import { escapeXml } from './xml.js';

/**
 * JUnit XML: one suite per operation, one case per check. The type of a failure is the code and the fingerprint of its
 * finding in `report.json`. Warnings and observations go to system-out: JUnit has no outcome for them. A check that fails
 * only as the baseline accepts is skipped, as other tools write expected failures. The root has no `skipped`: the schema
 * of Jenkins allows it for suites only.
 */
export function formatJunit(report: Report): string {
  const operations = [...new Set(report.checks.map(({ operation }) => operation))];
  const { checks, durationMs } = report.summary;
  const outcomes = report.checks.map((check) => outcomeOf(check, report));
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rolecall ${report.traffic === undefined ? 'verify' : 'proxy'} ${escapeXml(report.target)}" tests="${checks}" failures="${failed}"${timeOf(durationMs)}>`,
    ...operations.flatMap((operation) => formatSuite(report, operation)),
    ...(operations.length === 0 ? formatNothing(report) : []),
    '</testsuites>',
    '',
  ].join('\n');
}

/** A run without checks is an error: readers of JUnit XML take zero failures of zero tests for a success. */
function formatNothing({ reasons }: Report): readonly string[] {
  return [
    '  <testsuite name="rolecall verify" tests="1" errors="1">',
    '    <testcase classname="rolecall verify" name="begins">',
    `      <error message="${escapeXml(reasons.join(' '))}"/>`,
    '    </testcase>',
    '  </testsuite>',
  ];
}

function formatSuite(report: Report, operation: string): readonly string[] {
  const own = report.checks.filter((check) => check.operation === operation).map((check) => outcomeOf(check, report));
  // Checks run side by side: suites take longer than the run, all together.
  const sum = own.reduce((total, { check: { durationMs = 0 } }) => total + durationMs, 0);
  const count = (outcome: string) => own.filter((each) => each.outcome === outcome).length;
  return [
    `  <testsuite name="${escapeXml(operation)}" tests="${own.length}" failures="${count('failed')}" skipped="${count('skipped')}"${timeOf(sum)}>`,
    ...own.flatMap(formatCase),
    '  </testsuite>',
  ];
}

/** A check as JUnit has it. */
interface Case {
  readonly check: ReportedCheck;
  readonly findings: readonly ReportedFinding[];
  /** `skipped` where it failed and the baseline accepts all that it found. */
  readonly outcome: ReportedCheck['outcome'];
  /** The entry that accepts it; absent: none does, or it did not fail. */
  readonly accepted?: AcceptedFinding;
}

function outcomeOf(check: ReportedCheck, { findings, baseline }: Report): Case {
  const own = findings.filter(({ fingerprint }) => check.findings?.includes(fingerprint) ?? false);
  const failing = check.outcome === 'failed' ? own.filter(({ severity }) => severity === 'failed') : [];
  const entries = failing.map(acceptanceIn(baseline));
  const [accepted] = entries;
  const counts = accepted === undefined || entries.includes(undefined);
  return counts
    ? { check, findings: own, outcome: check.outcome }
    : { check, findings: failing, outcome: 'skipped', accepted };
}

function formatCase(each: Case): readonly string[] {
  const { check } = each;
  const open = `    <testcase classname="${escapeXml(check.operation)}" name="${escapeXml(check.id)}"${timeOf(check.durationMs)}`;
  const content = contentOf(each);
  return content === undefined ? [`${open}/>`] : [`${open}>`, content, '    </testcase>'];
}

function contentOf({ check, findings, outcome, accepted }: Case): string | undefined {
  const [first] = findings;
  switch (outcome) {
    case 'failed': {
      const message = escapeXml(first?.cause ?? 'failed');
      const text = escapeXml(findings.map(findingText).join('\n\n'));
      return `      <failure type="${escapeXml(typeOf(first))}" message="${message}">${text}</failure>`;
    }
    case 'skipped': {
      if (accepted === undefined) return `      <skipped message="${escapeXml(check.reason ?? '')}"/>`;
      const message = `${first?.cause}: accepted by the baseline until ${accepted.until}: ${accepted.reason}`;
      return `      <skipped type="${escapeXml(typeOf(first))}" message="${escapeXml(message)}"/>`;
    }
    case 'passed':
      return check.reason === undefined ? undefined : `      <system-out>${escapeXml(check.reason)}</system-out>`;
    case 'warned':
    case 'observed':
      return `      <system-out>${escapeXml([check.reason, ...findings.map(findingText)].filter(Boolean).join('\n'))}</system-out>`;
  }
}

function typeOf(finding: ReportedFinding | undefined): string {
  return `${finding?.code ?? 'failed'} ${finding?.fingerprint ?? ''}`.trimEnd();
}

function timeOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : ` time="${(milliseconds / 1000).toFixed(3)}"`;
}

function findingText(finding: ReportedFinding): string {
  const { cause, code, fingerprint, expected, actual, grade, source, curl, replay } = finding;
  return [
    cause,
    `finding: ${fingerprint} (${code})`,
    `expected: ${expected}`,
    `actual: ${actual}`,
    `fact: ${grade}, ${source}`,
    `replay: ${replay}`,
    curl,
  ].join('\n');
}
