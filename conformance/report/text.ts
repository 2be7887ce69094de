import type { Colors } from 'picocolors/types.js';
import { printable, printableLines } from '../../contract/printable.js';
import type { Outcome } from '../engine/event.js';
import type { Family } from '../finding.js';
import { counted, lastLine } from './last-line.js';
import { MARKS, matrixOf } from './matrix.js';
import { mapOutsideText } from './outside-text.js';
import type { Report, ReportedFinding, Unchecked } from './report.js';

/**
 * The report as text for a terminal: matrix, findings, what was not checked, and a last line with the verdict.
 * @param columns - width of the terminal; infinite elsewhere
 */
export function formatText(given: Report, colors: Colors, columns = Number.POSITIVE_INFINITY): string {
  const report = mapOutsideText(given, { line: printable, lines: printableLines, name: printable });
  const sections = [
    formatMatrix(report, colors, columns),
    ...report.findings
      .filter(({ severity }) => severity !== 'observed')
      .map((finding) => formatFinding(finding, colors)),
    ...observedSection(report, colors),
    ...uncheckedSection(report, colors),
    ...skippedSection(report, colors),
    ...leftoverSection(report, colors),
    ...reasonSection(report, colors),
    paintVerdict(report, colors)(lastLine(report)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The most lines of a section; the rest is in `report.json`. */
const MOST_LINES = 12;
/** The most leftovers: somebody has to remove them by hand. */
const MOST_LEFTOVERS = 50;

/** Family names for a narrow terminal. */
const SHORT: Readonly<Record<Family, string>> = {
  'status-and-shape': 'shape',
  input: 'input',
  authentication: 'auth',
  scopes: 'scope',
  limits: 'limit',
  state: 'state',
  protocol: 'proto',
  client: 'client',
};

function formatMatrix(report: Report, colors: Colors, columns: number): string {
  const { families, rows } = matrixOf(report);
  const longest = Math.max(9, ...rows.map(({ operation }) => operation.length));
  const fits = longest + families.join('  ').length + 2 <= columns;
  const heads = families.map((family) => (fits ? family : SHORT[family]));
  const width = fits ? longest : Math.max(12, Math.min(longest, columns - heads.join('  ').length - 3));
  const named = (operation: string) => (operation.length > width ? `…${operation.slice(1 - width)}` : operation);
  const head = `${'operation'.padEnd(width)}  ${heads.join('  ')}`;
  const lines = rows.map(({ operation, cells }) => {
    const marks = families.map((family, index) => {
      const outcome = cells[family];
      const mark = outcome === undefined ? ' ' : paint(outcome, colors)(MARKS[outcome]);
      return mark + ' '.repeat((heads[index]?.length ?? 1) - 1);
    });
    return `${named(operation).padEnd(width)}  ${marks.join('  ')}`.trimEnd();
  });
  const legend = colors.dim('✓ passed  ✗ failed  ! warned  ~ observed  – skipped');
  return [colors.bold(head), ...lines, legend].join('\n');
}

function formatFinding(finding: ReportedFinding, colors: Colors): string {
  const { severity, cause, operations, check, expected, actual, grade, source, replay, curl, fingerprint, code } =
    finding;
  const title = severity === 'failed' ? colors.red(`✗ ${cause}`) : colors.yellow(`! ${cause}`);
  return [
    `${colors.bold(title)}  ${colors.dim(`${code} ${fingerprint}`)}`,
    `  where     ${operations.join(', ')} (${check})`,
    `  expected  ${expected}`,
    `  actual    ${actual}`,
    `  fact      ${grade}: ${source}`,
    `  request   ${finding.request.method} ${finding.request.url}`,
    `  replay    ${replay}`,
    ...curl.split('\n').map((line, index) => `  ${index === 0 ? 'curl      ' : '          '}${line}`),
  ].join('\n');
}

function observedSection({ checks, findings }: Report, colors: Colors): readonly string[] {
  const notes = checks.flatMap(({ operation, outcome, reason }) =>
    outcome === 'observed' && reason !== undefined ? [`${operation}: ${reason}`] : [],
  );
  const seen = findings
    .filter(({ severity }) => severity === 'observed')
    .map(({ operations, cause, actual, grade }) => `${operations.join(', ')}: ${cause}: ${actual} (${grade})`);
  return listSection('Observed, where the contract is not certain', [...seen, ...notes], colors);
}

function uncheckedSection({ unchecked, facts }: Report, colors: Colors): readonly string[] {
  if (unchecked.length === 0) return [];
  const byReason = new Map<string, Unchecked[]>();
  for (const one of unchecked) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  const lines = [...byReason]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([reason, ones]) => `${shorten(ones.map(({ operation, what }) => `${operation} ${what}`))}: ${reason}`);
  const title = `Not checked: ${unchecked.length} of ${facts} documented answers, scope alternatives and limits`;
  return listSection(title, lines, colors);
}

function skippedSection({ checks }: Report, colors: Colors): readonly string[] {
  const skipped = checks.filter(({ outcome }) => outcome === 'skipped');
  const byReason = new Map<string, string[]>();
  for (const { reason = 'no reason', operation, id } of skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${operation}/${id}`]);
  }
  const lines = [...byReason].map(([reason, names]) => `${shorten(names)}: ${reason}`);
  return listSection(`Skipped: ${counted(skipped.length, 'check')}`, lines, colors);
}

function leftoverSection({ leftovers }: Report, colors: Colors): readonly string[] {
  return listSection('Left behind at the target, please remove', leftovers, colors, MOST_LEFTOVERS);
}

function reasonSection({ reasons }: Report, colors: Colors): readonly string[] {
  return listSection('Inconclusive, because', reasons, colors);
}

function listSection(title: string, lines: readonly string[], colors: Colors, most = MOST_LINES): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most).map((line) => `  ${line}`);
  const more =
    lines.length > most ? [colors.dim(`  and ${lines.length - most} more, see report.json (--report DIR)`)] : [];
  return [[colors.bold(title), ...shown, ...more].join('\n')];
}

const MOST_NAMES = 3;

function shorten(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

function paint(outcome: Outcome, colors: Colors): (text: string) => string {
  return {
    passed: colors.green,
    failed: colors.red,
    warned: colors.yellow,
    observed: colors.cyan,
    skipped: colors.dim,
  }[outcome];
}

function paintVerdict({ verdict }: Report, colors: Colors): (text: string) => string {
  return { conforms: colors.green, violates: colors.red, inconclusive: colors.yellow }[verdict];
}
