import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { RunError } from './errors.js';
import { formatAnnotations } from './report/github.js';
import { mergeReports } from './report/merge.js';
import { formatPlan, planDocument } from './report/plan-text.js';
import { showProgress } from './report/progress.js';
import type { Report, Verdict } from './report/report.js';
import { formatText } from './report/text.js';
import { appendJobSummary, prepareFolder, writeReports } from './report/write-reports.js';
import { prepareVerify, verify } from './verify.js';
import { type RawOptions, readOptions } from './verify-options.js';

/** What of a process it touches. */
export type ProcessIo = Pick<NodeJS.Process, 'env' | 'on' | 'off'> & {
  readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns'>>;
  readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
};

const EXIT_CODES: Readonly<Record<Verdict, number>> = { conforms: 0, violates: 1, inconclusive: 2 };

/**
 * What `rolecall verify` does, from the options as they are typed to what stands on the terminal.
 * @returns the exit code. @throws RolecallError where there is no verdict
 */
export async function runVerify(url: string | undefined, raw: RawOptions, process: ProcessIo): Promise<number> {
  const options = readOptions(url, raw, process.env, () => randomInt(2 ** 31 - 1));
  if (raw.merge !== undefined) rejectMergeOptions(url, raw);
  if (options.report !== undefined) await prepareFolder(options.report);
  if (raw.merge !== undefined) return present(await readAndMerge(raw.merge), options, process);
  const prepared = await prepareVerify(options);
  if (options.dryRun) {
    process.stdout.write(
      options.json ? `${JSON.stringify(planDocument(prepared.plan), null, 2)}\n` : formatPlan(prepared.plan),
    );
    return 0;
  }
  const progress = showProgress(process.stderr, () => Date.now());
  const checks = new AbortController();
  const cleanup = new AbortController();
  const stop = () => {
    if (checks.signal.aborted) return cleanup.abort();
    progress.note('Stopping: what was created is being removed. Once more leaves it.');
    checks.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let report: Report;
  try {
    report = await verify(options, prepared, {
      signal: checks.signal,
      cleanupSignal: cleanup.signal,
      watch: (event) => progress.take(event),
    });
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  return present(report, options, process);
}

async function present(
  report: Report,
  options: { readonly json: boolean; readonly report?: string },
  process: ProcessIo,
): Promise<number> {
  const { env, stdout, stderr } = process;
  if (options.report !== undefined) await writeReports(report, options.report);
  if (env.GITHUB_ACTIONS === 'true') {
    (options.json ? stderr : stdout).write(formatAnnotations(report));
    if (env.GITHUB_STEP_SUMMARY !== undefined) await writeJobSummary(report, env.GITHUB_STEP_SUMMARY, stderr);
  }
  // No other sign counts: a log that is no terminal cannot show colours, whoever says that it can.
  const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatText(report, colors, stdout.columns));
  return EXIT_CODES[report.verdict];
}

/** A summary that cannot be written is no reason to withhold the verdict. */
async function writeJobSummary(report: Report, file: string, stderr: ProcessIo['stderr']): Promise<void> {
  try {
    await appendJobSummary(report, file);
  } catch (error) {
    stderr.write(`The job summary cannot be written to "${file}" (GITHUB_STEP_SUMMARY): ${messageOf(error)}.\n`);
  }
}

/** What merging takes besides the reports. */
const WITH_MERGE: ReadonlySet<string> = new Set(['merge', 'report', 'json']);

/** @throws RunError on an option that would be without effect */
function rejectMergeOptions(url: string | undefined, raw: RawOptions): void {
  const [surplus] = Object.keys(raw).filter((name) => !WITH_MERGE.has(name));
  const named =
    url ??
    (surplus === undefined ? undefined : `--${surplus.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  if (named === undefined) return;
  throw new RunError(
    'BAD_OPTION',
    `"${named}" has no effect with --merge, which runs nothing; expected --report and --json at most.`,
  );
}

async function readAndMerge(files: readonly string[]): Promise<Report> {
  return mergeReports(await Promise.all(files.map(readReport)));
}

async function readReport(file: string): Promise<Report> {
  try {
    const report: unknown = JSON.parse(await readFile(file, 'utf8'));
    // Our own file: what marks it is there, and the rest with it.
    if (typeof report === 'object' && report !== null && 'verdict' in report && 'findings' in report)
      return report as Report;
  } catch (error) {
    throw new RunError(
      'BAD_OPTION',
      `"${file}" cannot be read as a report: ${messageOf(error)}; expected a report.json of rolecall verify.`,
    );
  }
  throw new RunError('BAD_OPTION', `"${file}" is no report of rolecall verify; expected a report.json.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
