import { basename } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import { counted } from '../../conformance/report/last-line.js';
import { wrapWords } from '../../conformance/report/terminal/wrap.js';
import type { Json } from '../../contract/contract.js';
import { columnsOf, endInColumns, padColumns } from '../../contract/text/columns.js';
import { printable } from '../../contract/text/printable.js';
import { SAID_IN_WORDS } from '../judge/conform.js';
import type { Counts, RecordingReport, ReplayReport } from './replay-report.js';
import { type ShownMismatch, shownOnce } from './shown-once.js';
import { withoutIds } from './without-ids.js';

/** The others follow from these, and the last line has all. */
const COLUMNS: readonly (readonly [string, keyof Counts])[] = [
  ['conform', 'conform'],
  ['matched', 'matched'],
  ['mismatched', 'mismatched'],
  ['assumed', 'assumed'],
  ['outside', 'outside'],
];

/** So many recordings with a mismatch, and without one, have a row of their own. */
const MOST_ROWS = 20;

/**
 * The report as text: a table, exchanges that were not judged, each mismatch with expected and actual values, what many
 * have in common once. Everything that comes from a recording or a target passes `printable`.
 */
export function formatReport(report: ReplayReport, colors: Colors): string {
  const sections = [
    table(report, colors),
    ...outsideSection(report),
    ...assumedSection(report),
    ...shownOnce(report.recordings).map((mismatch) => formatMismatch(mismatch, colors)),
    ...leftSection(report),
    summary(report, colors),
  ];
  return `${sections.join('\n\n')}\n`;
}

function table({ recordings, total }: ReplayReport, colors: Colors): string {
  const [failed, others] = [true, false].map((fails) =>
    recordings.filter(({ mismatched }) => mismatched > 0 === fails),
  );
  const most = [...(failed ?? [])].sort((one, other) => other.mismatched - one.mismatched).slice(0, MOST_ROWS);
  const shown = new Set([...most, ...(others !== undefined && others.length <= MOST_ROWS ? others : [])]);
  const listed = recordings.filter((recording) => shown.has(recording));
  const folded = [['with fewer mismatches', failed] as const, ['without a mismatch', others] as const].flatMap(
    ([what, all = []]) => {
      const rest = all.filter((recording) => !shown.has(recording));
      return rest.length === 0 ? [] : [[`${rest.length} ${what}`, ...cells(sumOf(rest))]];
    },
  );
  const rows = listed.map((recording): readonly string[] => [recordingTitle(recording), ...cells(recording)]);
  const all = [['recording', ...COLUMNS.map(([title]) => title)], ...rows, ...folded, ['total', ...cells(total)]];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => columnsOf(row[column] ?? '')))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? padColumns(cell, widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const [head = '', ...body] = lines;
  const colored = body.map((line, at) => {
    const failed = (listed[at]?.mismatched ?? 0) > 0;
    return at === body.length - 1 ? colors.bold(line) : failed ? colors.red(line) : line;
  });
  return [colors.dim(head), ...colored].join('\n');
}

function sumOf(recordings: readonly RecordingReport[]): Counts {
  const sum = (name: keyof Counts) => recordings.reduce((count, each) => count + each[name], 0);
  return Object.fromEntries(COLUMNS.map(([, name]) => [name, sum(name)])) as Record<keyof Counts, number>;
}

function cells(counts: Counts): readonly string[] {
  return COLUMNS.map(([, name]) => (counts[name] === 0 ? '·' : String(counts[name])));
}

/** Of a long name the end: it tells the recordings of a folder apart. */
function recordingTitle({ recording, file }: RecordingReport): string {
  const name = printable(recording === '' ? basename(file) : recording).replaceAll('\t', ' ');
  return endInColumns(name, LONGEST_NAME);
}

/** Leaves room for the counts in 80 columns. */
const LONGEST_NAME = 32;

/** Exchanges outside the contract, counted by operation and reason. */
function outsideSection({ recordings }: ReplayReport): readonly string[] {
  const counts = new Map<string, number>();
  for (const { request, reason } of recordings.flatMap(({ notInContract }) => notInContract)) {
    const what = printable(`${withoutIds(request)}: ${reason}`);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const lines = [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([what, count]) => wrapped(`${count} × ${what}`));
  return [['outside the contract, not judged:', ...lines].join('\n')];
}

/** Each reason once, with the kinds of requests to which it applies. */
function assumedSection({ recordings }: ReplayReport): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { request, reason } of recordings.flatMap(({ assumes }) => assumes))
    byReason.set(reason, [...(byReason.get(reason) ?? []), withoutIds(request)]);
  if (byReason.size === 0) return [];
  const lines = [...byReason]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([reason, requests]) =>
      wrapped(printable(`${requests.length} × ${reason}: ${[...new Set(requests)].sort().join(', ')}`)),
    );
  return [['assumed, not judged:', ...lines].join('\n')];
}

/** An entry of a list, in lines of 80 columns. */
function wrapped(text: string): readonly string[] {
  return wrapWords(text, 76).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);
}

function leftSection({ left }: ReplayReport): readonly string[] {
  if (left.length === 0) return [];
  return [['created at the target and not deleted:', ...left.map((each) => `  ${printable(each)}`)].join('\n')];
}

function formatMismatch(shown: ShownMismatch, colors: Colors): string {
  const { recording, mismatch, differences, shownBefore, alike } = shown;
  const { exchange, request, expected, actual } = mismatch;
  const head = colors.bold(colors.red(printable(`✗ ${request}`)));
  const { recording: name, file } = recording;
  const isNamedSo = file.replace(/\.\w+$/, '').endsWith(name);
  const place = `exchange ${exchange} of ${isNamedSo ? '' : `${name} in `}${file}`;
  const answer = actual === null ? 'was not called' : `answered ${actual.status}`;
  const answers = `  ${printable(place)}\n  recorded ${expected.status}, the target ${answer}`;
  const lines = differences.flatMap(({ difference: { place, because, expected, actual }, more }) => [
    `  ${printable(`${place}: ${because}`)}${alsoIn(more)}`,
    colors.green(`    expected ${SAID_IN_WORDS.has(because) ? wordsOf(expected) : excerptOf(expected)}`),
    colors.red(`    actual   ${excerptOf(actual)}`),
  ]);
  const before = shownBefore === 0 ? [] : [`  and ${counted(shownBefore, 'difference')} shown above`];
  const others = alike === 0 ? [] : [`  the same in ${counted(alike, 'more exchange')}`];
  return [head, answers, ...lines, ...before, ...others].join('\n');
}

/** How many more entries of a list have the same difference. */
function alsoIn(more: number): string {
  return more === 0 ? '' : ` (also in ${more} more ${more === 1 ? 'entry' : 'entries'})`;
}

/** What a value must be like. */
function wordsOf(expected: Json | undefined): string {
  return typeof expected === 'string' ? printable(expected) : excerptOf(expected);
}

/** How much of a value is printed, in characters. */
const LONGEST_VALUE = 120;

/** A value on one line, shortened if it is long. */
function excerptOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return printable(text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`);
}

function verdict({ inContract, mismatched }: ReplayReport['total'], colors: Colors): string {
  if (inContract === 0) return colors.red('nothing compared');
  return mismatched > 0 ? colors.red('mismatched') : colors.green('matches');
}

function summary({ total, target }: ReplayReport, colors: Colors): string {
  const word = verdict(total, colors);
  const parts = [
    counted(total.recordings, 'recording'),
    counted(total.exchanges, 'exchange'),
    `${total.inContract} in the contract`,
    `${total.matched} matched`,
    `${total.mismatched} mismatched`,
    `${total.assumed} assumed`,
    `${total.outside} outside`,
  ];
  return `${word}: ${printable(target)} · ${parts.join(' · ')}`;
}
