import { printable, printableLines } from '../../../contract/text/printable.js';
import { type AcceptedFinding, newOperations, notAccepted } from '../baseline.js';
import { observedNotes, skippedChecks } from '../by-reason.js';
import { lastLine } from '../last-line.js';
import { legendOf, MARKS, matrixOf } from '../matrix.js';
import { mapOutsideText } from '../outside-text.js';
import type { CountedText, Report, ReportedFinding } from '../report.js';
import { code, codeBlock } from './markdown.js';

/** The report in Markdown: `summary.md`, and the job summary of GitHub Actions. Text from outside is always code. */
export function formatSummary(given: Report): string {
  const report = mapOutsideText(given, { line: printable, lines: printableLines, name: printable });
  const { families, rows } = matrixOf(report);
  const { unchecked, facts, leftovers, changed = [], reasons, verdict } = report;
  const why = verdict === 'inconclusive' ? 'Inconclusive' : 'Incomplete';
  const lines = [
    `# ${lastLine({ ...report, target: code(report.target) })}`,
    '',
    `${report.tool.name} ${code(report.tool.version)}`,
    ...reasons.map((reason) => `\n> ${why}: ${code(reason)}`),
    '',
    ...notAccepted(report.findings, report.baseline)
      .filter(({ severity }) => severity !== 'observed')
      .flatMap((finding) => formatFinding(finding, newOperations(finding, report.baseline))),
    ...details('Accepted by the baseline', acceptedLines(report.baseline?.accepted)),
    ...details('Expired in the baseline, so these count', acceptedLines(report.baseline?.expired)),
    ...details('No longer found, remove from the baseline', acceptedLines(report.baseline?.gone)),
    '## Operations',
    '',
    `| operation | ${families.join(' | ')} |`,
    `| --- |${' --- |'.repeat(families.length)}`,
    ...rows.map(({ operation, cells }) => {
      const marks = families.map((family) => (cells[family] === undefined ? '' : MARKS[cells[family]]));
      return `| ${code(operation)} | ${marks.join(' | ')} |`;
    }),
    '',
    legendOf(report)
      .map(([outcome, mark]) => `${mark} ${outcome}`)
      .join(', '),
    '',
    ...details(
      `Not checked: ${unchecked.length} of ${facts} documented answers, scope alternatives and limits`,
      unchecked.map(({ operation, what, reason }) => `${code(`${operation} ${what}`)}: ${code(reason)}`),
    ),
    ...details(
      'Skipped',
      skippedChecks(report).map(({ name, reason }) => `${code(name)}: ${code(reason)}`),
    ),
    ...details(
      'Observed',
      observedNotes(report).map(({ name, reason }) => `${code(name)}: ${code(reason)}`),
    ),
    ...details('Outside the contract, not judged', countedLines(report.traffic?.outside)),
    ...details('Passed without being judged', countedLines(report.traffic?.unread)),
    ...details('Left behind at the target, please remove', leftovers.map(code)),
    ...details('Changed at the target, please look after it', changed.map(code)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function countedLines(entries: readonly CountedText[] = []): readonly string[] {
  return entries.map(({ what, count }) => `${count} × ${code(what)}`);
}

function acceptedLines(entries: readonly AcceptedFinding[] = []): readonly string[] {
  return entries.map(({ fingerprint, until, reason }) => `${code(fingerprint)} until ${code(until)}: ${code(reason)}`);
}

/** @param fresh - the operations at which the baseline does not know it, where it knows others */
function formatFinding(finding: ReportedFinding, fresh: readonly string[]): readonly string[] {
  const { severity, cause, operations, check, expected, actual, grade, source, replay, curl } = finding;
  return [
    `## ${MARKS[severity]} ${code(cause)}`,
    '',
    `${operations.map(code).join(', ')} (${code(check)})`,
    ...(fresh.length === 0 ? [] : ['', `New: the baseline does not know it at ${fresh.map(code).join(', ')}`]),
    '',
    '| expected | actual | fact |',
    '| --- | --- | --- |',
    `| ${code(expected)} | ${code(actual)} | ${grade}: ${code(source)} |`,
    '',
    codeBlock(`${replay}\n\n${curl}`, 'sh'),
    '',
  ];
}

function details(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['<details>', `<summary>${title}</summary>`, '', ...lines.map((line) => `- ${line}`), '', '</details>', ''];
}
