import type { Report, ReportedCheck, ReportedFinding } from '../report.js';
import { escapeXml } from './xml.js';

/**
 * JUnit XML: one suite per operation, one case per check. The type of a failure is the code and the fingerprint of its
 * finding in `report.json`. Warnings and observations go to system-out: JUnit has no outcome for them. The root has no
 * `skipped`: the schema of Jenkins allows it for suites only.
 */
export function formatJunit(report: Report): string {
  const operations = [...new Set(report.checks.map(({ operation }) => operation))];
  const { checks, failed, durationMs } = report.summary;
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

function formatSuite({ checks, findings }: Report, operation: string): readonly string[] {
  const own = checks.filter((check) => check.operation === operation);
  // Checks run side by side: suites take longer than the run, all together.
  const sum = own.reduce((total, { durationMs = 0 }) => total + durationMs, 0);
  const count = (outcome: string) => own.filter((check) => check.outcome === outcome).length;
  return [
    `  <testsuite name="${escapeXml(operation)}" tests="${own.length}" failures="${count('failed')}" skipped="${count('skipped')}"${timeOf(sum)}>`,
    ...own.flatMap((check) => formatCase(check, findings)),
    '  </testsuite>',
  ];
}

function formatCase(check: ReportedCheck, findings: readonly ReportedFinding[]): readonly string[] {
  const open = `    <testcase classname="${escapeXml(check.operation)}" name="${escapeXml(check.id)}"${timeOf(check.durationMs)}`;
  const content = contentOf(check, findings);
  return content === undefined ? [`${open}/>`] : [`${open}>`, content, '    </testcase>'];
}

function contentOf(check: ReportedCheck, findings: readonly ReportedFinding[]): string | undefined {
  const own = findings.filter(({ fingerprint }) => check.findings?.includes(fingerprint) ?? false);
  switch (check.outcome) {
    case 'failed': {
      const [first] = own;
      const type = `${first?.code ?? 'failed'} ${first?.fingerprint ?? ''}`.trimEnd();
      const message = escapeXml(first?.cause ?? 'failed');
      const text = escapeXml(own.map(findingText).join('\n\n'));
      return `      <failure type="${escapeXml(type)}" message="${message}">${text}</failure>`;
    }
    case 'skipped':
      return `      <skipped message="${escapeXml(check.reason ?? '')}"/>`;
    case 'passed':
      return check.reason === undefined ? undefined : `      <system-out>${escapeXml(check.reason)}</system-out>`;
    case 'warned':
    case 'observed':
      return `      <system-out>${escapeXml([check.reason, ...own.map(findingText)].filter(Boolean).join('\n'))}</system-out>`;
  }
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
