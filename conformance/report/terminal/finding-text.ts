import type { Colors } from 'picocolors/types.js';
import { isRootCode } from '../../finding/finding-codes.js';
import { counted } from '../last-line.js';
import type { ReportedFinding } from '../report.js';
import { wrapCommand, wrapWords } from './wrap.js';

/** How findings are printed. */
export interface FindingLayout {
  readonly colors: Colors;
  readonly columns: number;
  readonly verbose: boolean;
  /** The operations at which the baseline does not know the finding, where it knows others. */
  readonly fresh?: readonly string[];
}

/** The width of the labels. */
const LABEL = 12;
/** The most operations that are named. */
const MOST_OPERATIONS = 8;
/** The most causes of a finding that are listed without `--verbose`. */
const MOST_CAUSES = 4;

/** `users.roles.assign: status 200 instead of 204`, or `users.roles.assign and 3 more: …`. */
export function findingTitle({ operations, cause }: Pick<ReportedFinding, 'operations' | 'cause'>): string {
  const [first = '', ...others] = operations;
  return `${first}${others.length === 0 ? '' : ` and ${others.length} more`}: ${cause}`;
}

/** A finding as a block of lines. */
export function formatFinding(finding: ReportedFinding, layout: FindingLayout): string {
  const { severity, expected, actual, grade, source, replay, curl, fingerprint, code } = finding;
  const { colors, columns, fresh = [] } = layout;
  const mark = severity === 'failed' ? '✗' : '!';
  const painted = severity === 'failed' ? colors.red : colors.yellow;
  const ids = `${code} ${fingerprint}`;
  const title = `${mark} ${findingTitle(finding)}`;
  const onOneLine = title.length + 2 + ids.length <= columns;
  const titled = onOneLine ? [title] : wrapWords(title, columns);
  const labelled = (label: string, text: string) => withLabel(label, wrapWords(text, columns - LABEL));
  return [
    ...titled.map((line, index) =>
      onOneLine && index === 0 ? `${colors.bold(painted(line))}  ${colors.dim(ids)}` : colors.bold(painted(line)),
    ),
    ...(onOneLine ? [] : [colors.dim(`  ${ids}`)]),
    ...labelled('where', whereOf(finding)),
    ...(fresh.length === 0 ? [] : labelled('new', `the baseline does not know it at ${named(fresh)}`)),
    ...labelled('expected', expected),
    ...labelled('actual', actual),
    ...labelled('fact', `${grade}: ${source}`),
    ...explained(finding, layout),
    ...labelled('request', `${finding.request.method} ${shortened(finding.request.url)}`),
    ...withLabel('replay', wrapCommand(replay, columns - LABEL) ?? [replay]),
    ...withLabel('curl', curlLines(curl, layout)),
  ].join('\n');
}

/** A text without the most of a character that it repeats many times. */
function shortened(text: string): string {
  return text.replace(/(.)\1{99,}/g, (run, one: string) => `${one.repeat(9)}…(${run.length} times)`);
}

function whereOf({ operations, check, foundAt }: ReportedFinding): string {
  const by = foundAt === operations[0] ? check : `${foundAt}/${check}`;
  return `${named(operations)} (${by})`;
}

function named(operations: readonly string[]): string {
  const more = operations.length > MOST_OPERATIONS ? ` and ${operations.length - MOST_OPERATIONS} more` : '';
  return `${operations.slice(0, MOST_OPERATIONS).join(', ')}${more}`;
}

/** What a finding stands for: how much, which causes if it has several of its own, and with `--verbose` all of it. */
function explained({ code, consequences }: ReportedFinding, { verbose, columns }: FindingLayout): readonly string[] {
  if (consequences === undefined) return [];
  const { findings, checks } = consequences;
  const what = [
    ...(findings.length === 0 ? [] : [counted(findings.length, 'cause')]),
    ...(checks === 0 ? [] : [counted(checks, 'check')]),
  ].join(' and ');
  // What follows from one coarse fault says nothing more.
  const most = verbose ? findings.length : isRootCode(code) ? 0 : MOST_CAUSES;
  const shown = findings.slice(0, most).map(({ cause, operations }) => findingTitle({ cause, operations }));
  const left = shown.length === 0 ? 'them' : 'all';
  const where = shown.length === findings.length ? '' : ` (--verbose lists ${left})`;
  return withLabel(
    'explains',
    [`${what}${where}`, ...shown].flatMap((line) => wrapWords(line, columns - LABEL)),
  );
}

/** The commands, where each fits the terminal; `--verbose` prints them in any case. */
function curlLines(curl: string, { columns, verbose }: FindingLayout): readonly string[] {
  const lines = curl.split('\n');
  if (verbose) return lines;
  const wrapped = lines.map((line) => wrapCommand(line, columns - LABEL));
  return wrapped.every((line) => line !== undefined)
    ? wrapped.flatMap((line) => line ?? [])
    : wrapWords(`${counted(lines.length, 'command')}, printed by --verbose`, columns - LABEL);
}

function withLabel(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL - 2)}${line}`);
}
