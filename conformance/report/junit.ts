import type { Report, ReportedCheck, ReportedFinding } from './report.js';

/**
 * JUnit's XML: one suite an operation, one case a check. Failures and warnings are told by the check that saw them
 * first; warnings and observations go to system-out, since JUnit knows no word for them.
 */
export function formatJunit(report: Report): string {
  const operations = [...new Set(report.checks.map(({ operation }) => operation))];
  const { checks, failed, skipped, durationMs } = report.summary;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="rolecall verify ${escapeXml(report.target)}" tests="${checks}" failures="${failed}" skipped="${skipped}" time="${(durationMs / 1000).toFixed(3)}">`,
    ...operations.flatMap((operation) => formatSuite(report, operation)),
    '</testsuites>',
    '',
  ].join('\n');
}

function formatSuite({ checks, findings }: Report, operation: string): readonly string[] {
  const mine = checks.filter((check) => check.operation === operation);
  const count = (outcome: string) => mine.filter((check) => check.outcome === outcome).length;
  return [
    `  <testsuite name="${escapeXml(operation)}" tests="${mine.length}" failures="${count('failed')}" skipped="${count('skipped')}">`,
    ...mine.flatMap((check) => formatCase(check, findings)),
    '  </testsuite>',
  ];
}

function formatCase(check: ReportedCheck, findings: readonly ReportedFinding[]): readonly string[] {
  const open = `    <testcase classname="${escapeXml(check.operation)}" name="${escapeXml(check.id)}"`;
  const inside = contentOf(check, findings);
  return inside === undefined ? [`${open}/>`] : [`${open}>`, inside, '    </testcase>'];
}

function contentOf(check: ReportedCheck, findings: readonly ReportedFinding[]): string | undefined {
  const mine = findings.filter(({ operations, check: id }) => id === check.id && operations.includes(check.operation));
  switch (check.outcome) {
    case 'failed': {
      const text = mine.map(findingText).join('\n\n') || 'See the finding of another check with the same cause.';
      return `      <failure message="${escapeXml(mine[0]?.cause ?? 'failed')}">${escapeXml(text)}</failure>`;
    }
    case 'skipped':
      return `      <skipped message="${escapeXml(check.reason ?? '')}"/>`;
    case 'passed':
      return check.reason === undefined ? undefined : `      <system-out>${escapeXml(check.reason)}</system-out>`;
    case 'warned':
    case 'observed':
      return `      <system-out>${escapeXml([check.reason, ...mine.map(findingText)].filter(Boolean).join('\n'))}</system-out>`;
  }
}

function findingText({ cause, expected, actual, grade, source, curl, replay }: ReportedFinding): string {
  return [
    cause,
    `expected: ${expected}`,
    `actual: ${actual}`,
    `fact: ${grade}, ${source}`,
    `replay: ${replay}`,
    curl,
  ].join('\n');
}

function escapeXml(text: string): string {
  return (
    text
      // What XML 1.0 cannot carry at all.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      .replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
