import { randomInt } from 'node:crypto';
import { dirname } from 'node:path';
import pc from 'picocolors';
import { fileErrorReason } from '../contract/file-error.js';
import { logText } from '../contract/github-log.js';
import { jsonDocument } from '../contract/json-document.js';
import { readConfig, reasonsOf, withConfig, withConfiguredTarget } from './config-file.js';
import { leastGrant } from './engine/least-grant.js';
import { RunError } from './errors.js';
import { formatAnnotations } from './report/annotations.js';
import { readBaseline } from './report/baseline.js';
import { HarLog } from './report/har.js';
import { mergeReports } from './report/merge.js';
import { formatPlan, formatRehearsal, planDocument } from './report/plan-text.js';
import { Progress } from './report/progress.js';
import { readReport } from './report/read-report.js';
import type { Report } from './report/report.js';
import { formatSarif } from './report/sarif.js';
import { formatText } from './report/text.js';
import { Trace } from './report/trace.js';
import { exitCodeOf } from './report/verdict.js';
import { appendJobSummary, prepareFolder, writeFileOf, writeReports } from './report/write-reports.js';
import { Redactor } from './target/redact.js';
import {
  audienceOf,
  type Prepared,
  prepareVerify,
  rehearsed,
  reportUnbegun,
  runPrepared,
  toolVersion,
  type VerifyEvent,
} from './verify.js';
import { type RawOptions, type ResolvedOptions, readOptions } from './verify-options.js';

/** The parts of a process that `rolecall verify` uses. */
export type ProcessIo = Pick<NodeJS.Process, 'env' | 'on' | 'off'> &
  Partial<Pick<NodeJS.Process, 'cwd'>> & {
    readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns'>>;
    readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  };

/**
 * `rolecall verify`, from the options as typed to the output.
 * @returns the exit code
 * @throws RolecallError where there is no verdict, or its reports cannot be written
 */
export async function runVerify(url: string | undefined, raw: RawOptions, process: ProcessIo): Promise<number> {
  if (raw.merge !== undefined) return merge(raw.merge, url, raw, process);
  const config = await readConfig(process.cwd?.() ?? '.');
  const options = readOptions(url, withConfig(raw, config), withConfiguredTarget(process.env, config), () =>
    randomInt(2 ** 31 - 1),
  );
  if (options.report !== undefined) await prepareFolder(options.report, '--report');
  if (options.sarif !== undefined) await prepareFolder(dirname(options.sarif), '--sarif');
  if (options.har !== undefined) await prepareFolder(dirname(options.har), '--har');
  const prepared = await prepareVerify(options);
  if (options.scopes) {
    const { contract } = prepared;
    const plan = await prepared.plan();
    const client = options.credentials.client?.id ?? 'YOUR_CLIENT_ID';
    const { grant, scopes } = leastGrant(plan, {
      client,
      audience: audienceOf(options, contract),
      readOnly: options.readOnly,
    });
    process.stdout.write(jsonDocument(grant ?? { scopes }));
    return 0;
  }
  if (options.dryRun) {
    await printPlan(options, prepared, process);
    return 0;
  }
  const baseline = options.baseline === undefined ? {} : { baseline: await readBaseline(options.baseline, today()) };
  const judged = { ...baseline, leftOut: reasonsOf(config) };
  const { report, har } = await runToReport(options, { ...prepared, ...judged }, process);
  return present(report, { ...options, ...(har === undefined ? {} : { har }) }, process);
}

/** Prints the checks at once, then every request, which takes as long as a run on an embedded tenant. */
async function printPlan(options: ResolvedOptions, prepared: Prepared, process: ProcessIo): Promise<void> {
  const plan = await prepared.plan();
  const output = sinkFor(process, process.stdout);
  if (!options.json) output(formatPlan(plan));
  const progress = new Progress(process.stderr, () => Date.now());
  const rehearsal = await rehearsed(options, prepared, (event) => progress.take(event));
  progress.end();
  if (options.json) process.stdout.write(jsonDocument(planDocument(plan, rehearsal)));
  else output(`\n${formatRehearsal(rehearsal)}`);
}

/** A run's report, and writes its HAR file: after the verdict is printed. */
interface Ran {
  readonly report: Report;
  readonly har?: () => Promise<void>;
}

async function runToReport(options: ResolvedOptions, prepared: Prepared, process: ProcessIo): Promise<Ran> {
  const progress = new Progress(process.stderr, () => Date.now());
  const redactor = new Redactor();
  const trace = new Trace(redactor);
  const output = sinkFor(process, process.stderr);
  const har = options.har === undefined ? undefined : new HarLog(() => Date.now());
  let requests = 0;
  const watch = (event: VerifyEvent) => {
    if (event.kind === 'reported') return;
    if (event.kind === 'requested') requests += 1;
    har?.take(event);
    if (options.trace) output(trace.format(event));
    else progress.take(event);
  };
  const checks = new AbortController();
  const cleanup = new AbortController();
  const stop = () => {
    if (checks.signal.aborted) return cleanup.abort();
    progress.note('Stopping: removing what was created. Press Ctrl-C again to leave it.');
    checks.abort();
  };
  const writeHar = async () => {
    if (har === undefined || options.har === undefined) return;
    const url = options.url?.href.replace(/\/+$/, '') ?? 'http://embedded.example';
    await writeFileOf(options.har, '--har', har.format({ url, creator: await toolVersion(), redactor }));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  try {
    const signals = { signal: checks.signal, cleanupSignal: cleanup.signal };
    for await (const event of runPrepared(options, prepared, { ...signals, redactor })) {
      watch(event);
      if (event.kind === 'reported') return { report: event.report, ...(har === undefined ? {} : { har: writeHar }) };
    }
  } catch (error) {
    // Whoever reads the files must not find those of an earlier run.
    if (error instanceof RunError && options.report !== undefined)
      await writeReports(await reportUnbegun(options, prepared, { error, requests, redactor }), options.report);
    // The reason why there is no verdict counts more than a file.
    await writeHar().catch(() => undefined);
    throw error;
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
  throw new RangeError('The run ended without a report.');
}

/**
 * Prints the verdict, then writes files: a full disk must not withhold the verdict.
 * @returns the exit code of the verdict
 */
export async function present(
  report: Report,
  options: {
    readonly json: boolean;
    readonly verbose: boolean;
    readonly report?: string;
    readonly sarif?: string;
    readonly spec?: string;
    readonly har?: (() => Promise<void>) | string;
  },
  process: ProcessIo,
): Promise<number> {
  const { env, stdout, stderr } = process;
  if (env.GITHUB_ACTIONS === 'true') (options.json ? stderr : stdout).write(formatAnnotations(report));
  // Only a terminal gets colours: a log cannot show them.
  const colors = pc.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  const columns = stdout.columns === undefined ? {} : { columns: stdout.columns };
  const text = () => formatText(report, { colors, verbose: options.verbose, ...columns });
  sinkFor(process, stdout)(options.json ? jsonDocument(report) : text());
  if (env.GITHUB_ACTIONS === 'true' && env.GITHUB_STEP_SUMMARY !== undefined)
    await writeJobSummary(report, env.GITHUB_STEP_SUMMARY, stderr);
  if (options.report !== undefined) await writeReports(report, options.report);
  if (options.sarif !== undefined)
    await writeFileOf(options.sarif, '--sarif', formatSarif(report, options.spec ?? 'spec/openapi.yaml'));
  if (typeof options.har === 'function') await options.har();
  return exitCodeOf(report.verdict);
}

/** Writes text; in GitHub Actions without workflow commands in it. */
function sinkFor({ env }: ProcessIo, stream: { write(text: string): unknown }): (text: string) => void {
  return (text) => void (text !== '' && stream.write(logText(text, env)));
}

/** A missing summary is no reason to withhold the verdict. */
async function writeJobSummary(report: Report, file: string, stderr: ProcessIo['stderr']): Promise<void> {
  try {
    await appendJobSummary(report, file);
  } catch (error) {
    stderr.write(`Cannot write the job summary to "${file}" (GITHUB_STEP_SUMMARY): ${fileErrorReason(error)}.\n`);
  }
}

/** `2026-11-28`, in UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The options that --merge takes. */
const WITH_MERGE: ReadonlySet<string> = new Set(['merge', 'report', 'json', 'verbose', 'baseline', 'sarif']);

async function merge(
  files: readonly string[],
  url: string | undefined,
  raw: RawOptions,
  process: ProcessIo,
): Promise<number> {
  rejectMergeOptions(url, raw);
  if (raw.report !== undefined) await prepareFolder(raw.report, '--report');
  const { checks } = await import('./checks/table.js');
  const baseline = raw.baseline === undefined ? undefined : await readBaseline(raw.baseline, today());
  const report = mergeReports(await Promise.all(files.map(readReport)), checks, baseline);
  const folder = raw.report === undefined ? {} : { report: raw.report };
  const sarif = raw.sarif === undefined ? {} : { sarif: raw.sarif };
  return present(report, { json: raw.json ?? false, verbose: raw.verbose ?? false, ...folder, ...sarif }, process);
}

/** @throws RunError on an option without effect */
function rejectMergeOptions(url: string | undefined, raw: RawOptions): void {
  const [surplus] = Object.keys(raw).filter((name) => !WITH_MERGE.has(name));
  const flag = surplus?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const subject = url ?? (flag === undefined ? undefined : `--${flag}`);
  if (subject === undefined) return;
  throw new RunError(
    'BAD_OPTION',
    `"${subject}" has no effect with --merge, which runs nothing; expected only --report, --json, --verbose, --baseline and --sarif.`,
  );
}
