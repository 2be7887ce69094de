import { selectedContract } from '../contract/load/default.js';
import { checks } from './checks/table.js';
import { RunError } from './errors.js';
import { present } from './present.js';
import type { ProcessIo } from './process-io.js';
import { readBaseline, today } from './report/baseline.js';
import { prepareFile, prepareFolder } from './report/files/prepare-output.js';
import { readReport } from './report/files/read-report.js';
import { mergeReports } from './report/merge.js';
import type { RawOptions } from './verify-options.js';

/** The options that --merge takes. */
const WITH_MERGE: ReadonlySet<string> = new Set([
  ...['merge', 'report', 'json', 'verbose', 'baseline', 'sarif'],
  // For the places of operations.
  ...['spec', 'overlay', 'allowRef', 'strict'],
]);

/**
 * `rolecall verify --merge`, from the options as typed to the output.
 * @returns the exit code of the merged verdict
 * @throws RunError on an option without effect, and a file that is no report
 */
export async function runMerge(
  files: readonly string[],
  url: string | undefined,
  raw: RawOptions,
  process: ProcessIo,
): Promise<number> {
  rejectMergeOptions(url, raw);
  if (raw.report !== undefined) await prepareFolder(raw.report, '--report');
  if (raw.sarif !== undefined) await prepareFile(raw.sarif, '--sarif');
  const baseline = raw.baseline === undefined ? undefined : await readBaseline(raw.baseline, today());
  const report = mergeReports(await Promise.all(files.map(readReport)), checks, baseline);
  const folder = raw.report === undefined ? {} : { report: raw.report };
  const sarif = raw.sarif === undefined ? {} : { sarif: raw.sarif };
  const { json = false, verbose = false, spec, overlay, allowRef } = raw;
  const document = { ...(spec && { spec }), ...(overlay && { overlay }), ...(allowRef && { allowRef }) };
  const loaded = spec === undefined ? undefined : await selectedContract(raw, () => undefined);
  const contract = () => loaded ?? selectedContract(raw, () => undefined);
  return present(report, { json, verbose, contract, ...document, ...folder, ...sarif }, process);
}

/** @throws RunError on an option without effect */
function rejectMergeOptions(url: string | undefined, raw: RawOptions): void {
  const [surplus] = Object.keys(raw).filter((name) => !WITH_MERGE.has(name));
  const flag = surplus?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const subject = url ?? (flag === undefined ? undefined : `--${flag}`);
  if (subject === undefined) return;
  throw new RunError(
    'BAD_OPTION',
    `"${subject}" has no effect with --merge, which runs nothing; expected only --report, --json, --verbose, --baseline, --sarif and the options of the document.`,
  );
}
