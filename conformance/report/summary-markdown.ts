import { lastLine } from './last-line.js';
import { MARKS, matrixOf } from './matrix.js';
import type { Report, ReportedFinding } from './report.js';

/** The report as a page of Markdown: `summary.md`, and the job summary of GitHub Actions. */
export function formatSummary(report: Report): string {
  const { families, rows } = matrixOf(report);
  const { unchecked, facts, leftovers, reasons } = report;
  const lines = [
    `# ${lastLine(report)}`,
    '',
    `Target: ${code(report.target)} · seed ${report.seed} · depth ${report.depth} · ${report.tool.name} ${report.tool.version}`,
    ...reasons.map((reason) => `\n> Inconclusive: ${cell(reason)}`),
    '',
    ...report.findings.filter(({ severity }) => severity !== 'observed').flatMap(formatFinding),
    '## Operations',
    '',
    `| operation | ${families.join(' | ')} |`,
    `| --- |${' --- |'.repeat(families.length)}`,
    ...rows.map(({ operation, cells }) => {
      const marks = families.map((family) => (cells[family] === undefined ? '' : MARKS[cells[family]]));
      return `| ${cell(operation)} | ${marks.join(' | ')} |`;
    }),
    '',
    '✓ passed, ✗ failed, ! warned, ~ observed, – skipped',
    '',
    ...details(
      `Not checked: ${unchecked.length} of ${facts} documented answers, scope alternatives and limits`,
      unchecked.map(({ operation, what, reason }) => `${operation} ${what}: ${reason}`),
    ),
    ...details(
      'Skipped',
      report.checks.flatMap(({ operation, id, outcome, reason }) =>
        outcome === 'skipped' ? [`${operation}/${id}: ${reason}`] : [],
      ),
    ),
    ...details(
      'Observed',
      report.checks.flatMap(({ operation, outcome, reason }) =>
        outcome === 'observed' ? [`${operation}: ${reason}`] : [],
      ),
    ),
    ...details('Left behind at the target, please remove', leftovers),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function formatFinding(finding: ReportedFinding): readonly string[] {
  const { severity, cause, operations, check, expected, actual, grade, source, replay, curl } = finding;
  return [
    `## ${MARKS[severity]} ${cause}`,
    '',
    `${operations.map(code).join(', ')} (${code(check)})`,
    '',
    '| expected | actual | fact |',
    '| --- | --- | --- |',
    `| ${cell(expected)} | ${cell(actual)} | ${cell(`${grade}: ${source}`)} |`,
    '',
    '```sh',
    replay,
    '',
    curl,
    '```',
    '',
  ];
}

function details(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return [
    '<details>',
    `<summary>${title}</summary>`,
    '',
    ...lines.map((line) => `- ${cell(line)}`),
    '',
    '</details>',
    '',
  ];
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Text that does not end a table's cell, nor begin an HTML element. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
