import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { githubLog } from '../contract/text/github-log.js';
import { printable } from '../contract/text/printable.js';
import type { CheckResult } from './engine/event.js';
import { nameOf, type PlannedCheck } from './engine/plan/plan.js';
import { Run } from './engine/run.js';
import type { Finding } from './finding/finding.js';
import { Redactor } from './redaction/redact.js';
import { Collector, findingsOf } from './report/collector.js';
import { createReport } from './report/create-report.js';
import { writeReports } from './report/files/write-reports.js';
import { type ReplayOptions, replayLine } from './report/replay-line.js';
import type { Target } from './target/target.js';
import { openTarget, prepareVerify, replayOptions, toolVersion } from './verify.js';
import { type PlanSelection, type ResolvedOptions, resolveOptions, type TargetOptions } from './verify-options.js';

/** The options of `conformance`. What is absent comes from the environment, as for `rolecall verify`. */
export interface ConformanceOptions extends TargetOptions, PlanSelection {
  /** Part `i` of `n` of the plan, `[i, n]`: one part per test file, so that vitest's own `--shard` works. */
  readonly part?: readonly [number, number];
  /** A folder for `report.json`, `report.html`, `junit.xml` and `summary.md`; with `part`, its subfolder `part-i-of-n`. */
  readonly report?: string;
}

/** A target's rate limit may slow a check down. */
const TEST_TIMEOUT_MS = 10 * 60_000;
/** The longest line of a failure, in characters. */
const LONGEST_LINE = 600;

/**
 * Adds the conformance plan to a vitest file: each check of each operation is a test named `operationId/checkId`. A
 * check that could not run is skipped with its reason; a warning passes.
 *
 * @throws RunError on invalid options
 */
export function conformance(options: ConformanceOptions = {}): void {
  const { part, report: folder, ...rest } = options;
  const verify = resolveOptions({ ...rest, ...(part === undefined ? {} : { shard: part }) }, process.env, () =>
    randomInt(2 ** 31 - 1),
  );
  const suffix = part === undefined ? '' : ` part ${part.join(' of ')}`;
  describe(`conformance of ${options.target ?? 'the embedded tenant'}${suffix}`, async () => {
    const { plan: planned, contract, fixtures } = await prepareVerify(verify);
    const plan = await planned();
    const session = new ConformanceSession(verify);

    beforeAll(async () => {
      // Opened here: a filter that leaves no tests needs no target.
      const target = await openTarget(verify, contract);
      const { seed, maxRequests, timeoutMs, allowMissing } = verify;
      const supplied = fixtures === undefined ? {} : { fixtures };
      const { redactor, collector } = session;
      const run = new Run(
        plan,
        target,
        { seed, redactor, allowMissing, ...supplied, budget: { maxRequests, timeoutMs } },
        (event) => collector.take(event),
      );
      session.open = { target, run };
      await run.begin();
    }, TEST_TIMEOUT_MS);

    for (const planned of plan.checks) {
      test(nameOf(planned), { timeout: TEST_TIMEOUT_MS }, ({ skip }) => session.check(planned, skip));
    }

    afterAll(() => session.close(folder), TEST_TIMEOUT_MS);
  });
}

/** The run behind one test file. */
class ConformanceSession {
  readonly redactor = new Redactor();
  readonly collector = new Collector();
  open: { readonly target: Target; readonly run: Run } | undefined;
  readonly #options: ResolvedOptions;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  async check(planned: PlannedCheck, skip: (note: string) => void): Promise<void> {
    if (this.open === undefined) throw new Error('The run did not begin.');
    const result = await this.open.run.check(planned);
    if (result.outcome === 'failed') throw this.#failure(planned);
    if (result.outcome === 'skipped') this.#skipOrFail(result, skip);
  }

  /** @param folder - for reports */
  async close(folder: string | undefined): Promise<void> {
    if (this.open === undefined) return;
    const { target, run } = this.open;
    const { leftovers, changed = [] } = await run.end();
    await target.close();
    if (folder !== undefined) {
      const { redactor } = this;
      const report = createReport(this.collector, {
        tool: await toolVersion(),
        target,
        redactor,
        replay: this.#replay,
      });
      const { shard } = this.#options;
      await writeReports(report, shard === undefined ? folder : join(folder, `part-${shard.join('-of-')}`));
    }
    if (changed.length > 0)
      process.stderr.write(`Changed at the target, please look after it: ${changed.map(this.#show).join('; ')}\n`);
    if (leftovers.length > 0)
      throw withoutStack(`Left behind at the target, please remove: ${leftovers.map(this.#show).join('; ')}`);
  }

  /** A skip because of the target or the credentials must not look like a test that somebody skipped on purpose. */
  #skipOrFail({ reason = 'no reason', because }: CheckResult, skip: (note: string) => void): void {
    if (because === 'contract' || because === 'budget') skip(this.#show(reason));
    else throw withoutStack(`The check could not run: ${this.#show(reason)}`);
  }

  #failure(planned: PlannedCheck): Error {
    const failed = findingsOf(this.collector, planned).filter(({ severity }) => severity === 'failed');
    return withoutStack(failed.map((finding) => this.#findingText(finding)).join('\n'));
  }

  #findingText(finding: Finding): string {
    const { cause, expected, actual, evidence, exchange } = finding;
    return [
      this.#show(cause),
      `  expected  ${this.#show(expected)}`,
      `  actual    ${this.#show(actual)}`,
      `  fact      ${evidence.grade}: ${this.#show(evidence.source)}`,
      `  request   ${exchange.request.method} ${this.#show(exchange.request.path)}`,
      `  replay    ${this.#show(replayLine(finding, this.#replay))}`,
    ].join('\n');
  }

  get #replay(): ReplayOptions {
    return replayOptions(this.#options, this.open?.target);
  }

  /** Text from outside: masked, cut, and safe for a terminal and a log of GitHub Actions. */
  readonly #show = (text: string): string => githubLog(printable(this.redactor.excerpt(text, LONGEST_LINE)));
}

/** The stack would point into the engine, where nothing is wrong. */
function withoutStack(message: string): Error {
  const error = new Error(message);
  error.name = 'ConformanceError';
  error.stack = `${error.name}: ${message}`;
  return error;
}
