import type { Colors } from 'picocolors/types.js';
import { printable, printableLines } from '../../../contract/text/printable.js';
import type { Family } from '../../finding/finding.js';
import { type AcceptedFinding, newOperations, notAccepted } from '../baseline.js';
import { observedNotes, shorten, skippedChecks } from '../by-reason.js';
import { counted, lastLine } from '../last-line.js';
import { legendOf, MARKS, type MatrixRow, matrixOf, type ShownOutcome } from '../matrix.js';
import { mapOutsideText } from '../outside-text.js';
import type { CountedText, Report, Unchecked } from '../report.js';
import { findingTitle, formatFinding } from './finding-text.js';
import { leftoverLines } from './leftover-lines.js';
import { wrapWords } from './wrap.js';

/** How to print a report. */
export interface TextOptions {
  readonly colors: Colors;
  /** Width of the terminal; infinite elsewhere. */
  readonly columns?: number;
  /** Lists what was not checked or skipped, operations that passed, and all commands. */
  readonly verbose?: boolean;
}

type Layout = Required<TextOptions>;

/**
 * The report as text for a terminal: matrix, what was observed and not checked, findings with the worst last, and a last
 * line with the verdict.
 */
export function formatText(given: Report, options: TextOptions): string {
  const report = mapOutsideText(given, { line: printable, lines: printableLines, name: printable });
  const layout = { columns: Number.POSITIVE_INFINITY, verbose: false, ...options };
  const { colors } = layout;
  const sections = [
    ...matrixSection(report, layout),
    ...observedSection(report, layout),
    ...uncheckedSection(report, layout),
    ...skippedSection(report, layout),
    ...baselineSection(report, layout),
    ...trafficSection(report, layout),
    ...leftoverSection(report, layout),
    ...listSection('Changed at the target, please look after it', report.changed ?? [], layout, MOST_LEFTOVERS),
    ...notAccepted(report.findings, report.baseline)
      .filter(({ severity }) => severity !== 'observed')
      .map((finding) => formatFinding(finding, { ...layout, fresh: newOperations(finding, report.baseline) }))
      .reverse(),
    ...reasonSection(report, layout),
    wrapWords(lastLine(report), layout.columns).map(paintVerdict(report, colors)).join('\n'),
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

/** What a row may have and be left out: nothing that needs a look, or where there are many rows, observations alone. */
const QUIET: ReadonlySet<ShownOutcome> = new Set<ShownOutcome>(['passed', 'skipped']);
const QUIET_AMONG_MANY: ReadonlySet<ShownOutcome> = new Set<ShownOutcome>([...QUIET, 'observed']);

/** The most operations that the matrix lists: what is wrong with them is in the findings. */
const MOST_ROWS = 40;

function matrixSection(report: Report, { colors, columns, verbose }: Layout): readonly string[] {
  const { families, rows } = matrixOf(report);
  const noisy = (quiet: ReadonlySet<ShownOutcome>) =>
    rows.filter(({ cells }) => Object.values(cells).some((outcome) => !quiet.has(outcome)));
  const worth = noisy(QUIET).length > MOST_ROWS ? noisy(QUIET_AMONG_MANY) : noisy(QUIET);
  const shown = verbose ? rows : worth.slice(0, MOST_ROWS);
  const more = verbose ? 0 : worth.length - shown.length;
  const quiet = [
    ...(more === 0 ? [] : [`  and ${counted(more, 'operation')} more (--verbose lists them)`]),
    ...quietLines(verbose ? [] : rows.filter((row) => !worth.includes(row))),
  ];
  if (shown.length === 0) return quiet.length === 0 ? [] : [quiet.join('\n')];
  const longest = Math.max(9, ...shown.map(({ operation }) => operation.length));
  const fits = longest + families.join('  ').length + 2 <= columns;
  const heads = families.map((family) => (fits ? family : SHORT[family]));
  const width = fits ? longest : Math.max(12, Math.min(longest, columns - heads.join('  ').length - 3));
  const named = (operation: string) => (operation.length > width ? `…${operation.slice(1 - width)}` : operation);
  const head = `${'operation'.padEnd(width)}  ${heads.join('  ')}`;
  const lines = shown.map(({ operation, cells }) => {
    const marks = families.map((family, index) => {
      const outcome = cells[family];
      const mark = outcome === undefined ? ' ' : paint(outcome, colors)(MARKS[outcome]);
      return mark + ' '.repeat((heads[index]?.length ?? 1) - 1);
    });
    return `${named(operation).padEnd(width)}  ${marks.join('  ')}`.trimEnd();
  });
  const legend = colors.dim(
    legendOf(report)
      .map(([outcome, sign]) => `${sign} ${outcome}`)
      .join('  '),
  );
  return [[colors.bold(head), ...lines, ...quiet, legend].join('\n')];
}

/** Operations without anything to look at, counted. */
function quietLines(rows: readonly MatrixRow[]): readonly string[] {
  const observed = rows.filter(({ cells }) => Object.values(cells).includes('observed'));
  const others = rows.filter((row) => !observed.includes(row));
  const passed = others.filter(({ cells }) => Object.values(cells).includes('passed')).length;
  const skipped = others.length - passed;
  return [
    ...(observed.length === 0 ? [] : [`~ ${counted(observed.length, 'operation')} with observations only`]),
    ...(passed === 0 ? [] : [`✓ ${counted(passed, 'operation')} passed`]),
    ...(skipped === 0 ? [] : [`– ${counted(skipped, 'operation')} skipped`]),
  ];
}

function observedSection(report: Report, layout: Layout): readonly string[] {
  const notes = observedNotes(report).map(({ name, reason }) => `${name}: ${reason}`);
  const seen = report.findings
    .filter(({ severity }) => severity === 'observed')
    .map((finding) => `${findingTitle(finding)}: ${finding.actual} (${finding.grade})`);
  return listSection('Observed, where the contract is not certain', [...seen, ...notes], layout);
}

function uncheckedSection({ unchecked, facts }: Report, layout: Layout): readonly string[] {
  if (unchecked.length === 0) return [];
  const title = `Not checked: ${unchecked.length} of ${facts} documented answers, scope alternatives and limits`;
  if (!layout.verbose) return [wrapWords(`${title} (--verbose lists them)`, layout.columns).join('\n')];
  const byReason = new Map<string, Unchecked[]>();
  for (const one of unchecked) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  const lines = [...byReason]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([reason, ones]) => `${shorten(ones.map(({ operation, what }) => `${operation} ${what}`))}: ${reason}`);
  return listSection(title, lines, layout);
}

function skippedSection(report: Report, layout: Layout): readonly string[] {
  const skipped = report.checks.filter(({ outcome }) => outcome === 'skipped');
  if (skipped.length === 0) return [];
  const title = `Skipped: ${counted(skipped.length, 'check')}`;
  if (!layout.verbose) return [`${title} (--verbose lists them)`];
  return listSection(
    title,
    skippedChecks(report).map(({ name, reason }) => `${name}: ${reason}`),
    layout,
  );
}

function baselineSection({ baseline, leftOut = [] }: Report, layout: Layout): readonly string[] {
  const { accepted = [], expired = [], gone = [] } = baseline ?? {};
  const line = ({ fingerprint, until, reason }: AcceptedFinding) => `${fingerprint} until ${until}: ${reason}`;
  return [
    ...listSection(
      'Left out by the configuration',
      leftOut.map(({ checks, reason }) => `${checks}: ${reason}`),
      layout,
    ),
    ...listSection('Accepted by the baseline', accepted.map(line), layout),
    ...listSection('Expired in the baseline, so these count', expired.map(line), layout),
    ...listSection('No longer found, remove from the baseline', gone.map(line), layout),
  ];
}

function leftoverSection({ leftovers }: Report, layout: Layout): readonly string[] {
  return listSection('Left behind at the target, please remove', leftoverLines(leftovers), layout, MOST_LEFTOVERS);
}

function trafficSection({ traffic }: Report, layout: Layout): readonly string[] {
  const lines = (entries: readonly CountedText[] = []) => entries.map(({ what, count }) => `${count} × ${what}`);
  return [
    ...listSection('Outside the contract, not judged', lines(traffic?.outside), layout),
    ...listSection('Passed without being judged', lines(traffic?.unread), layout),
  ];
}

function reasonSection({ reasons, verdict }: Report, layout: Layout): readonly string[] {
  const title = verdict === 'inconclusive' ? 'Inconclusive, because' : 'Incomplete, because';
  return listSection(title, reasons, layout);
}

function listSection(
  title: string,
  lines: readonly string[],
  { colors, columns }: Layout,
  most = MOST_LINES,
): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines
    .slice(0, most)
    .flatMap((line) => wrapWords(line, columns - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`));
  const more =
    lines.length > most ? [colors.dim(`  and ${lines.length - most} more, see report.json (--report DIR)`)] : [];
  return [[colors.bold(title), ...shown, ...more].join('\n')];
}

function paint(outcome: ShownOutcome, colors: Colors): (text: string) => string {
  return {
    passed: colors.green,
    failed: colors.red,
    warned: colors.yellow,
    accepted: colors.dim,
    observed: colors.cyan,
    skipped: colors.dim,
  }[outcome];
}

function paintVerdict({ verdict }: Report, colors: Colors): (text: string) => string {
  const painted = { conforms: colors.green, violates: colors.red, inconclusive: colors.yellow }[verdict];
  return (text) => painted(text);
}
