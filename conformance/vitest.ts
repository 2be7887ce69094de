import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Depth } from './check.js';
import type { CheckResult } from './engine/event.js';
import { nameOf, type PlannedCheck } from './engine/plan.js';
import { Run } from './engine/run.js';
import type { Finding } from './finding.js';
import { Collector } from './report/collector.js';
import { createReport } from './report/create-report.js';
import { replayLine } from './report/replay-line.js';
import { writeReports } from './report/write-reports.js';
import { Redactor } from './target/redact.js';
import type { Target } from './target/target.js';
import { prepareVerify, replayOptions, targetOf, tool } from './verify.js';
import { readOptions, type VerifyOptions } from './verify-options.js';

/** What `conformance` is told. Everything else comes from the environment, as at `rolecall verify`. */
export interface ConformanceOptions {
  /** The root of a tenant: `http://127.0.0.1:4000`. ROLECALL_URL, or a tenant in this process, unless given. */
  readonly target?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly token?: string;
  /** The audience of tokens; the target with the server's path and a slash unless given. */
  readonly audience?: string;
  /** The contract's root document; `spec/openapi.yaml` of the working directory, or the packaged one, unless given. */
  readonly spec?: string;
  /** Globs of `operationId/checkId`. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** `standard` unless given. */
  readonly depth?: Depth;
  /** Makes the same requests again; random unless given, and named in every failure. */
  readonly seed?: number;
  /** `[i, n]`: the part i of n of the plan, one to each test file, so that vitest's own `--shard` works. */
  readonly part?: readonly [number, number];
  /** The most requests of this part. */
  readonly maxRequests?: number;
  /** A folder for `report.json`, `junit.xml` and `summary.md`; with `part`, in a folder `part-i-of-n` of it. */
  readonly report?: string;
}

/** One check may take a while where a target limits its rate. */
const TEST_TIMEOUT_MS = 10 * 60_000;

/**
 * Puts the conformance plan into a vitest file, each check of each operation as one test named
 * `operationId/checkId`. A check that could not run is shown as skipped, with its reason; a warning passes.
 */
export function conformance(options: ConformanceOptions = {}): void {
  const verify = verifyOptions(options);
  const part = verify.shard === undefined ? '' : ` part ${verify.shard.join(' of ')}`;
  describe(`conformance of ${options.target ?? 'the embedded tenant'}${part}`, async () => {
    const { contract, plan } = await prepareVerify(verify);
    const redactor = new Redactor();
    const collector = new Collector();
    // Made when the tests begin: a filter that leaves none of them needs no target.
    let target: Target | undefined;
    let run: Run | undefined;
    const replay = () => replayOptions(verify, target);

    beforeAll(async () => {
      target = await targetOf(verify, contract);
      const { seed, maxRequests, timeoutMs } = verify;
      run = new Run(plan, target, { seed, redactor, budget: { maxRequests, timeoutMs } }, (event) =>
        collector.take(event),
      );
      await run.begin();
    }, TEST_TIMEOUT_MS);

    for (const planned of plan.checks) {
      test(nameOf(planned), { timeout: TEST_TIMEOUT_MS }, async ({ skip }) => {
        if (run === undefined) throw new Error('The run did not begin.');
        const result = await run.check(planned);
        if (result.outcome === 'failed')
          throw failure(planned, collector.findings, (text) => redactor.redact(text), replay());
        if (result.outcome === 'skipped') complainOrSkip(result, skip);
      });
    }

    afterAll(async () => {
      const end = await run?.end();
      await target?.close();
      if (target === undefined || end === undefined) return;
      if (options.report !== undefined) {
        const report = createReport(collector, { tool: await tool(), target, redactor, replay: replay() });
        const folder =
          verify.shard === undefined ? options.report : join(options.report, `part-${verify.shard.join('-of-')}`);
        await writeReports(report, folder);
      }
      if (end.leftovers.length > 0)
        throw new Error(`Left behind at the target, please remove: ${end.leftovers.join('; ')}`);
    }, TEST_TIMEOUT_MS);
  });
}

function verifyOptions(options: ConformanceOptions): VerifyOptions {
  const { target, seed, part, only, skip, maxRequests, report: _report, ...raw } = options;
  return readOptions(
    target,
    {
      ...raw,
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
      ...(part === undefined ? {} : { shard: part.join('/') }),
      ...(seed === undefined ? {} : { seed: String(seed) }),
      ...(maxRequests === undefined ? {} : { maxRequests: String(maxRequests) }),
    },
    process.env,
    () => randomInt(2 ** 31 - 1),
  );
}

/** What lies with the target or the credentials must not look like a test that somebody left out. */
function complainOrSkip({ reason = 'no reason', because }: CheckResult, skip: (note: string) => void): void {
  if (because === 'contract' || because === 'budget') skip(reason);
  else throw withoutStack(`It could not be checked: ${reason}`);
}

function failure(
  { check, operation }: PlannedCheck,
  findings: readonly Finding[],
  redact: (text: string) => string,
  replay: Parameters<typeof replayLine>[1],
): Error {
  const mine = findings.filter(
    ({ operations, severity }) => severity === 'failed' && operations.includes(operation.id),
  );
  const own = mine.filter((finding) => finding.check === check.id);
  const lines = (own.length > 0 ? own : mine).map((finding) => {
    const { cause, expected, actual, evidence, exchange } = finding;
    return [
      cause,
      `  expected  ${expected}`,
      `  actual    ${actual}`,
      `  fact      ${evidence.grade}: ${evidence.source}`,
      `  request   ${exchange.request.method} ${exchange.request.path}`,
      `  replay    ${replayLine(finding, replay)}`,
    ].join('\n');
  });
  return withoutStack(redact(lines.join('\n')));
}

/** The stack would lead into the engine, where nothing is wrong. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.name = 'ConformanceError';
  error.stack = `${error.name}: ${message}`;
  return error;
}
