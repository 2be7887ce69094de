import { randomInt } from 'node:crypto';
import { jsonDocument } from '../contract/json/json-document.js';
import { readConfig, reasonsOf, withConfig, withConfiguredTarget } from './config-file.js';
import { RunError } from './errors.js';
import { type ProcessIo, sinkFor } from './process-io.js';
import { Redactor } from './redaction/redact.js';
import { readBaseline, today } from './report/baseline.js';
import { HarLog } from './report/files/har.js';
import { prepareFile, prepareFolder } from './report/files/prepare-output.js';
import type { Report } from './report/report.js';
import { Progress } from './report/terminal/progress.js';
import { Trace } from './report/terminal/trace.js';
import { rootOf } from './target/target-url.js';
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

/**
 * `rolecall verify`, from the options as typed to the output.
 * @returns the exit code
 * @throws RolecallError where there is no verdict, or its reports cannot be written
 */
export async function runVerify(url: string | undefined, raw: RawOptions, process: ProcessIo): Promise<number> {
  if (raw.merge !== undefined) {
    const { runMerge } = await import('./run-merge.js');
    return runMerge(raw.merge, url, raw, process);
  }
  const config = await readConfig(process.cwd?.() ?? '.');
  const options = readOptions(url, withConfig(raw, config), withConfiguredTarget(process.env, config), () =>
    randomInt(2 ** 31 - 1),
  );
  if (options.report !== undefined) await prepareFolder(options.report, '--report');
  if (options.sarif !== undefined) await prepareFile(options.sarif, '--sarif');
  if (options.har !== undefined) await prepareFile(options.har, '--har');
  const prepared = await prepareVerify(options);
  if (options.scopes) {
    const { contract } = prepared;
    const { leastGrant } = await import('./engine/plan/least-grant.js');
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
  const { present } = await import('./present.js');
  const contract = () => prepared.contract;
  return present(report, { ...options, contract, ...(har === undefined ? {} : { har }) }, process);
}

/** Prints the checks at once, then every request, which takes as long as a run on an embedded tenant. */
async function printPlan(options: ResolvedOptions, prepared: Prepared, process: ProcessIo): Promise<void> {
  const { formatPlan, formatRehearsal, planDocument } = await import('./report/terminal/plan-text.js');
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
    const url = options.url === undefined ? 'http://embedded.example' : rootOf(options.url);
    const { writeFileOf } = await import('./report/files/write-reports.js');
    await writeFileOf(options.har, '--har', har.format({ url, creator: await toolVersion(), redactor }));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  try {
    const signals = { signal: checks.signal, cleanupSignal: cleanup.signal };
    for await (const event of runPrepared(options, prepared, { ...signals, redactor })) {
      watch(event);
      // Loaded before a long run, during which the package may be replaced.
      if (event.kind === 'planned') await import('./present.js');
      if (event.kind === 'reported') return { report: event.report, ...(har === undefined ? {} : { har: writeHar }) };
    }
  } catch (error) {
    // Whoever reads the files must not find those of an earlier run.
    if (error instanceof RunError && options.report !== undefined) {
      const { writeReports } = await import('./report/files/write-reports.js');
      await writeReports(await reportUnbegun(options, prepared, { error, requests, redactor }), options.report);
    }
    // The reason why there is no verdict counts more than a file.
    await writeHar().catch(() => undefined);
    throw error;
  } finally {
    progress.end();
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
  throw new RangeError('The run ended without a report.');
}
