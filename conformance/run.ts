import { randomBytes } from 'node:crypto';
import { Budget } from './budget.js';
import { cleanUp } from './cleanup.js';
import { type Clock, systemClock } from './clock.js';
import { Coverage } from './coverage.js';
import type { CheckResult, RunEnd, RunEvent } from './event.js';
import { EventQueue } from './event-queue.js';
import { createJudge, type Judge } from './judge/judge.js';
import { Lane } from './lane.js';
import type { Plan, PlannedCheck } from './plan.js';
import { preflight } from './preflight.js';
import { Redactor } from './redact.js';
import { createBodyWriter } from './stage/bodies.js';
import { Effects } from './stage/effects.js';
import { Ledger } from './stage/ledger.js';
import { createNames } from './stage/names.js';
import { Stop } from './stop.js';
import type { Target } from './targets/target.js';
import { createScopedIssuer } from './tokens/scoped-issuer.js';
import { TokenSource } from './tokens/token-source.js';
import { Wire } from './wire.js';

export interface RunOptions {
  readonly seed: number;
  readonly budget: {
    /** The most requests of the whole run; any number unless given. */
    readonly maxRequests?: number;
    /** How long the whole run may take, cleaning up included, in milliseconds; any time unless given. */
    readonly timeoutMs?: number;
  };
  /** Ends the checks; what was created is removed nevertheless. */
  readonly signal?: AbortSignal;
  /** Ends removing, too. */
  readonly cleanupSignal?: AbortSignal;
  /** Replays one counterexample; the plan should hold one check then. */
  readonly path?: string;
  readonly clock?: Clock;
  /** Knows the secrets that appear in the run. */
  readonly redactor?: Redactor;
  /** Marks everything that the run creates; random unless given. */
  readonly mark?: string;
}

/** No single request takes longer. */
const REQUEST_TIMEOUT_MS = 10_000;
/** The share of a short run that one request may take, so that one that hangs does not eat it all. */
const REQUEST_SHARE = 0.2;

/** A run of checks against one target, one check at a time to each lane. `run` is the whole of it. */
export class Run {
  readonly #plan: Plan;
  readonly #target: Target;
  readonly #options: RunOptions;
  readonly #emit: (event: RunEvent) => void;
  readonly #budget: Budget;
  readonly #coverage: Coverage;
  readonly #ledger: Ledger;
  readonly #effects: Effects;
  readonly #wire: Wire;
  readonly #tokens: TokenSource;
  readonly #judge: Judge;
  readonly #lanes: readonly [Lane, ...Lane[]];
  readonly #abort = new AbortController();
  readonly #knownCauses = new Set<string>();
  #stopped: string | undefined;

  constructor(plan: Plan, target: Target, options: RunOptions, emit: (event: RunEvent) => void) {
    const { contract } = plan;
    const { seed } = options;
    const clock = options.clock ?? systemClock;
    const redactor = options.redactor ?? new Redactor();
    const mark = options.mark ?? newMark();
    const timeoutMs = options.budget.timeoutMs ?? Number.POSITIVE_INFINITY;
    this.#plan = plan;
    this.#target = target;
    this.#options = options;
    this.#emit = emit;
    this.#budget = new Budget(
      { maxRequests: options.budget.maxRequests ?? Number.POSITIVE_INFINITY, timeoutMs },
      clock,
    );
    this.#coverage = new Coverage(contract);
    this.#ledger = new Ledger((by) => this.#budget.keep(by));
    this.#effects = new Effects(contract);
    this.#judge = createJudge(contract);
    this.#wire = new Wire({
      target,
      contract,
      budget: this.#budget,
      coverage: this.#coverage,
      clock,
      redactor,
      requestTimeoutMs: Math.min(REQUEST_TIMEOUT_MS, timeoutMs * REQUEST_SHARE),
      signal: this.#abort.signal,
      ...(options.cleanupSignal === undefined ? {} : { cleanupSignal: options.cleanupSignal }),
      emit,
    });
    const sendOpen = (request: Parameters<Wire['send']>[0]) =>
      this.#wire.send(request, { rate: 'wait', purpose: 'token' });
    const bodies = createBodyWriter(contract, createNames(contract));
    const shared = {
      contract,
      effects: this.#effects,
      bodies,
      ledger: this.#ledger,
      wire: this.#wire,
      clock,
      seed,
      signal: this.#abort.signal,
    };
    this.#tokens = new TokenSource({
      contract,
      target,
      clock,
      redactor,
      seed,
      send: sendOpen,
      issuer: createScopedIssuer({
        contract,
        target,
        effects: this.#effects,
        redactor,
        seed,
        sendOpen,
        send: (request) => granting.send(request, 'token'),
        pool: () => granting.pool,
      }),
    });
    // What tokens are granted to is made by a lane of its own, so that no check's follower takes it for the check's.
    const granting = new Lane({ ...shared, tokens: this.#tokens, mark: `${mark}t` });
    const lane = (index: number) =>
      new Lane({ ...shared, tokens: this.#tokens, mark: mark + (index + 10).toString(36) });
    this.#lanes = [lane(0), ...Array.from({ length: target.lanes - 1 }, (_, index) => lane(index + 1))];
    options.signal?.addEventListener('abort', () => this.#abort.abort(), { once: true });
    if (options.signal?.aborted === true) this.#abort.abort();
    if (Number.isFinite(timeoutMs)) {
      void clock.sleep(this.#budget.checksEndAt - clock.now(), this.#abort.signal).then(() => this.#abort.abort());
    }
  }

  /** Makes sure that there is something to check. @throws RunError */
  async begin(): Promise<void> {
    this.#emit({ kind: 'planned', plan: this.#plan });
    await preflight(this.#plan.contract, this.#target, this.#tokens, (request) =>
      this.#lanes[0].send(request, 'token'),
    );
  }

  /** All checks of the plan: side by side as far as the target has lanes, then those that must be alone. */
  async checkAll(): Promise<void> {
    const queue = this.#plan.checks.filter(({ exclusive }) => !exclusive);
    const worker = async (lane: number) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await this.check(next, lane);
    };
    await Promise.all(this.#lanes.map((_, index) => worker(index)));
    for (const planned of this.#plan.checks) if (planned.exclusive) await this.check(planned);
  }

  /** One check. Never throws for what the target does. */
  async check(planned: PlannedCheck, lane = 0): Promise<CheckResult> {
    this.#emit({ kind: 'started', planned });
    const result = await this.#resultOf(planned, this.#lanes[lane] ?? this.#lanes[0]);
    const { because } = result;
    const gone = because === 'target' && this.#wire.gone !== undefined;
    if (because === 'time' || because === 'cancelled' || because === 'max-requests' || gone) {
      this.#stopped ??= result.reason;
    }
    this.#emit({ kind: 'finished', result });
    return result;
  }

  /** Ends the checks that still run. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Removes everything of ours, and says what came of the run. */
  async end(): Promise<RunEnd> {
    this.#abort.abort();
    const leftovers = await cleanUp({
      contract: this.#plan.contract,
      effects: this.#effects,
      ledger: this.#ledger,
      lanes: this.#target.lanes,
      send: (request) => this.#lanes[0].send(request, 'cleanup'),
    });
    const end: RunEnd = {
      requests: this.#budget.spent,
      durationMs: this.#budget.elapsed,
      coverage: this.#coverage.entries(),
      facts: this.#coverage.facts,
      leftovers,
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
    this.#emit({ kind: 'ended', end });
    return end;
  }

  async #resultOf(planned: PlannedCheck, lane: Lane): Promise<CheckResult> {
    const { depth, contract } = this.#plan;
    try {
      return await lane.run({
        planned,
        depth,
        ...(this.#options.path === undefined ? {} : { path: this.#options.path }),
        judge: this.#judge,
        coverage: this.#coverage,
        baseUrl: this.#target.url + contract.serverPath,
        knownCauses: this.#knownCauses,
        requestsLeft: () => this.#budget.left,
        found: (finding) => this.#emit({ kind: 'found', finding }),
      });
    } catch (error) {
      if (error instanceof Stop) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
      return {
        planned,
        outcome: 'skipped',
        reason: `This check has a defect, please report it: ${detail} ${where}`.trimEnd(),
        because: 'defect',
        runs: 0,
        requests: 0,
        notes: [],
        missed: [],
      };
    }
  }
}

/** Runs a plan against a target. What was created is removed whatever happens, also when the consumer stops early. */
export async function* run(plan: Plan, target: Target, options: RunOptions): AsyncGenerator<RunEvent, void, void> {
  const queue = new EventQueue<RunEvent>();
  const running = new Run(plan, target, options, (event) => queue.push(event));
  const whole = (async () => {
    try {
      await running.begin();
      await running.checkAll();
    } finally {
      await running.end();
    }
  })().then(
    () => queue.close(),
    (error: unknown) => queue.fail(error),
  );
  try {
    yield* queue;
  } finally {
    running.cancel();
    await whole;
  }
}

/** `rc` and eight characters: enough to tell what is ours, and this run from another. */
function newMark(): string {
  return `rc${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0').slice(-8)}`;
}
