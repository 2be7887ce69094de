import { basename } from 'node:path';
import type { Colors } from 'picocolors/types.js';
import { type Counts, excerptOf, type Mismatch, type RecordingReport, type ReplayReport } from './replay-report.js';

const COLUMNS: readonly (readonly [string, keyof Counts])[] = [
  ['exchanges', 'exchanges'],
  ['in contract', 'inContract'],
  ['conform', 'conform'],
  ['matched', 'matched'],
  ['mismatched', 'mismatched'],
  ['assumed', 'assumed'],
  ['outside', 'outside'],
];

/** The report as text: a table, exchanges that were not judged, each mismatch with expected and actual values. */
export function formatReport(report: ReplayReport, colors: Colors): string {
  const sections = [
    table(report, colors),
    ...outsideSection(report),
    ...assumedSection(report),
    ...report.recordings.flatMap((recording) =>
      recording.mismatches.map((mismatch) => formatMismatch(recording, mismatch, colors)),
    ),
    ...leftSection(report),
    summary(report, colors),
  ];
  return `${sections.join('\n\n')}\n`;
}

function table({ recordings, total }: ReplayReport, colors: Colors): string {
  const rows = recordings.map((recording): readonly string[] => [recordingTitle(recording), ...cells(recording)]);
  const all = [['recording', ...COLUMNS.map(([title]) => title)], ...rows, ['total', ...cells(total)]];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const [head = '', ...rest] = lines;
  const body = rest.map((line, at) => {
    const failed = (recordings[at]?.mismatched ?? 0) > 0;
    return at === rest.length - 1 ? colors.bold(line) : failed ? colors.red(line) : line;
  });
  return [colors.dim(head), ...body].join('\n');
}

function cells(counts: Counts): readonly string[] {
  return COLUMNS.map(([, name]) => (counts[name] === 0 ? '·' : String(counts[name])));
}

function recordingTitle({ recording, file }: RecordingReport): string {
  const name = recording === '' ? basename(file) : recording;
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

/** Exchanges outside the contract, counted by operation and reason. */
function outsideSection({ recordings }: ReplayReport): readonly string[] {
  const counts = new Map<string, number>();
  for (const { request, reason } of recordings.flatMap(({ notInContract }) => notInContract)) {
    const what = `${withoutIds(request)}: ${reason}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const lines = [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([what, count]) => `  ${count} × ${what}`);
  return [['outside the contract, not judged:', ...lines].join('\n')];
}

/** Groups requests of one kind: drops the query and replaces segments that look like ids by `{id}`. */
function withoutIds(request: string): string {
  return request.replace(/\?.*$/, '').replace(/\/(?=[^/]*[\dA-Z|%])[^/]{8,}/g, '/{id}');
}

function assumedSection({ recordings }: ReplayReport): readonly string[] {
  const lines = recordings.flatMap((recording) =>
    recording.assumes.map(
      ({ exchange, request, reason }) => `  ${recordingTitle(recording)} ${exchange} ${request}: ${reason}`,
    ),
  );
  return lines.length === 0 ? [] : [['assumed, not judged:', ...lines].join('\n')];
}

function leftSection({ left }: ReplayReport): readonly string[] {
  return left.length === 0
    ? []
    : [['created at the target and not removed:', ...left.map((each) => `  ${each}`)].join('\n')];
}

function formatMismatch(recording: RecordingReport, mismatch: Mismatch, colors: Colors): string {
  const { exchange, request, differences, expected, actual } = mismatch;
  const head = colors.bold(colors.red(`✗ ${recording.file} ${recording.recording} exchange ${exchange}: ${request}`));
  const answers = `  recorded ${expected.status}, the target ${actual === null ? 'was not called' : `answered ${actual.status}`}`;
  const lines = differences.flatMap((each) => [
    `  ${each.place}: ${each.because}`,
    colors.green(`    expected ${excerptOf(each.expected)}`),
    colors.red(`    actual   ${excerptOf(each.actual)}`),
  ]);
  return [head, answers, ...lines].join('\n');
}

function summary({ total, target }: ReplayReport, colors: Colors): string {
  const word = total.mismatched > 0 ? colors.red('mismatched') : colors.green('matches');
  const parts = [
    `${total.recordings} recordings`,
    `${total.exchanges} exchanges`,
    `${total.inContract} in the contract`,
    `${total.matched} matched`,
    `${total.mismatched} mismatched`,
    `${total.assumed} assumed`,
    `${total.outside} outside`,
  ];
  return `${word}: ${target} · ${parts.join(' · ')}`;
}
