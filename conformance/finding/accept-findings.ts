import { constants } from 'node:fs';
import { access, readFile, realpath } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { printable } from '../../contract/text/printable.js';
import { RunError } from '../errors.js';
import {
  type AcceptedFinding,
  applyBaseline,
  type BaselineResult,
  isDay,
  notAccepted,
  parseBaseline,
  today,
} from '../report/baseline.js';
import { readReport } from '../report/files/read-report.js';
import { replaceFile } from '../report/files/write-reports.js';
import { counted } from '../report/last-line.js';
import type { Report, ReportedFinding } from '../report/report.js';
import { findingTitle } from '../report/terminal/finding-text.js';
import { wrapWords } from '../report/terminal/wrap.js';
import { fingerprintOf } from './fingerprint.js';

/** Every terminal has so many columns. */
const COLUMNS = 80;

interface AcceptOptions {
  /** `2027-01-31` */
  readonly until: string;
  readonly reason: string;
  /** The file to write. */
  readonly baseline: string;
}

/**
 * `rolecall baseline`: writes an entry for each finding of a report that the file does not accept.
 * @param now - `2026-11-28`
 * @returns what was done, as lines
 * @throws RunError on a file that is no report, the report of a part, a file that is no baseline, and a day that is over
 */
export async function acceptFindings(file: string, options: AcceptOptions, now = today()): Promise<string> {
  const { until, reason, baseline } = options;
  if (!isDay(until) || until < now)
    throw new RunError('BAD_OPTION', `--until "${until}" is not a day from today on; expected YYYY-MM-DD.`);
  if (reason.trim() === '') throw new RunError('BAD_OPTION', '--reason is empty; say why the findings are accepted.');
  const report = await readReport(file);
  if (report.shard !== undefined)
    throw new RunError(
      'BAD_OPTION',
      `"${file}" is part ${report.shard.join(' of ')} of a run; merge the parts first: rolecall verify --merge FILE... --report DIR.`,
    );
  const document = await readDocument(baseline);
  const known = document === undefined ? [] : parseBaseline(document, baseline);
  const applied = applyBaseline(report.findings, { accepted: known, today: now });
  const added = entriesFor(report, applied, { until, reason });
  // An empty file, too: the next command reads it.
  if (added.length > 0 || document === undefined) await write(baseline, withEntries(document, added));
  return said(baseline, { added, applied });
}

/** An entry for each finding that counts. */
function entriesFor(
  { findings }: Report,
  applied: BaselineResult,
  { until, reason }: Pick<AcceptOptions, 'until' | 'reason'>,
): readonly Entry[] {
  return notAccepted(findings, applied)
    .filter(({ severity }) => severity !== 'observed')
    .map((finding) => ({
      fingerprint: finding.fingerprint,
      cause: finding.cause,
      operations: finding.operations,
      reason,
      until,
      includes: includedIn(finding),
    }));
}

/** An entry of the file. People read its cause and its operations; nothing else does. */
interface Entry extends AcceptedFinding {
  readonly cause: string;
  readonly operations: readonly string[];
}

/**
 * The finding at each of its operations, and each cause of which it is made: where some are mended, the others may be
 * findings of their own.
 */
function includedIn(finding: ReportedFinding): readonly string[] {
  const { fingerprint, consequences } = finding;
  const causes = (consequences?.findings ?? []).flatMap(({ cause, operations }) =>
    operations.map((operation) => fingerprintOf(cause, operation)),
  );
  return [...new Set([...atOperations(finding), ...causes])].filter((one) => one !== fingerprint);
}

/** @throws RunError where an earlier version wrote the report, and the cause does not say what the fingerprints are */
function atOperations({ fingerprint, fingerprints, cause, operations }: ReportedFinding): readonly string[] {
  if (fingerprints !== undefined || operations.length < 2) return fingerprints ?? [];
  const computed = operations.map((operation) => fingerprintOf(cause, operation));
  if (computed.includes(fingerprint)) return computed;
  throw new RunError(
    'BAD_OPTION',
    `an earlier version wrote this report, which does not say how to know "${cause}" at each operation; run verify again.`,
  );
}

/** The document of a baseline; undefined: the file does not exist. */
async function readDocument(file: string): Promise<object | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw cannotRead(file, error);
  }
  try {
    const document: unknown = JSON.parse(text);
    parseBaseline(document, file);
    return Object(document);
  } catch (error) {
    throw error instanceof RunError ? error : cannotRead(file, error);
  }
}

function cannotRead(file: string, cause: unknown): RunError {
  return new RunError(
    'BAD_OPTION',
    `cannot read --baseline "${file}": ${fileErrorReason(cause)}; nothing was written.`,
    {
      cause,
    },
  );
}

/** The document with new entries at its end, which replace those of the same finding. */
function withEntries(document: object | undefined, added: readonly Entry[]): object {
  const replaced = new Set(added.map(({ fingerprint }) => fingerprint));
  const list: unknown = document === undefined ? [] : Reflect.get(document, 'accepted');
  const kept = (Array.isArray(list) ? list : []).filter(({ fingerprint }) => !replaced.has(fingerprint));
  return { ...document, accepted: [...kept, ...added] };
}

async function write(file: string, document: object): Promise<void> {
  try {
    const real = await realpath(file).catch(() => undefined);
    // Replacing it would not ask, nor leave a link to it.
    if (real !== undefined) await access(real, constants.W_OK);
    await replaceFile(real ?? file, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw new RunError('REPORT_NOT_WRITTEN', `cannot write --baseline "${file}": ${fileErrorReason(error)}.`, {
      cause: error,
    });
  }
}

function said(
  file: string,
  { added, applied }: { readonly added: readonly Entry[]; readonly applied: BaselineResult },
): string {
  const { accepted, gone } = applied;
  const lines = [
    added.length === 0
      ? `${file}: no finding to add.`
      : `${file}: ${counted(added.length, 'finding')} accepted until ${added[0]?.until}.`,
    ...added.map(({ fingerprint, operations, cause }) => `  ${fingerprint}  ${findingTitle({ operations, cause })}`),
    ...(accepted.length === 0 ? [] : [`Already accepted: ${entryList(accepted)}`]),
    ...(gone.length === 0 ? [] : [`Not in this report, remove them if they are fixed: ${entryList(gone)}`]),
  ];
  const wrapped = lines.slice(1).flatMap((line) => wrapWords(line.trim(), COLUMNS - 4).map(indented(line)));
  return `${[lines[0] ?? '', ...wrapped].map(printable).join('\n')}\n`;
}

/** What follows a break is further in. */
function indented(line: string): (part: string, index: number) => string {
  const margin = line.startsWith('  ') ? '  ' : '';
  return (part, index) => `${index === 0 ? margin : `${margin}  `}${part}`;
}

function entryList(entries: readonly AcceptedFinding[]): string {
  return entries.map(({ fingerprint }) => fingerprint).join(', ');
}
