import type { Operation } from '../../contract/contract.js';
import { RunError } from '../errors.js';
import { changesFixed, MOST_REACH, type Reach, reachOf } from '../lookup/resource-operations.js';
import { confirmAbsence } from '../preflight/confirm-absence.js';
import { lackingScopes } from '../preflight/lacking-scopes.js';
import { preflight } from '../preflight/preflight.js';
import { assertSuppliedExist } from '../preflight/supplied-exist.js';
import { counted } from '../report/last-line.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Target } from '../target/target.js';
import { takesToken } from '../target/tokens/token.js';
import type { CheckResult, RunEnd, RunEvent } from './event.js';
import { EventQueue } from './event-queue.js';
import { type FittedPlan, fitSmoke } from './plan/fit-smoke.js';
import type { Assignment, Plan, PlannedCheck } from './plan/plan.js';
import { fixtureRequests } from './plan/plan-estimate.js';
import { planTime } from './plan/plan-time.js';
import { spreadByGroup } from './plan/spread.js';
import type { RunOptions } from './run-options.js';
import { assembleRun, type RunParts } from './run-parts.js';
import { Stop } from './stop.js';

/** The longest message of an error before the run, in characters. */
const LONGEST_MESSAGE = 600;

/** What ends the whole run, not only a check. */
const ENDS_RUN: ReadonlySet<NonNullable<CheckResult['because']>> = new Set([
  'time',
  'cancelled',
  'max-requests',
  'journal',
]);

/** A run of checks against one target, step by step; `run` does all steps. */
export class Run {
  readonly #assignment: Assignment;
  readonly #target: Target;
  readonly #options: RunOptions;
  readonly #emit: (event: RunEvent) => void;
  readonly #parts: RunParts;
  readonly #abort = new AbortController();
  readonly #knownCauses = new Set<string>();
  /** One after the other, so that no check begins before it is known. */
  #confirming: Promise<void> = Promise.resolve();
  #stopped: string | undefined;

  constructor(given: Plan | Assignment, target: Target, options: RunOptions, emit: (event: RunEvent) => void) {
    this.#assignment = 'plan' in given ? given : { ...given, plan: async () => given };
    this.#target = target;
    this.#options = options;
    this.#emit = emit;
    this.#parts = assembleRun({ ...this.#assignment, target, options, signal: this.#abort.signal, emit });
    options.signal?.addEventListener('abort', () => this.#abort.abort(), { once: true });
    if (options.signal?.aborted === true) this.#abort.abort();
    const { budget, clock } = this.#parts;
    if (Number.isFinite(budget.checksEndAt)) {
      void clock.sleep(budget.checksEndAt - clock.now(), this.#abort.signal).then(() => this.#abort.abort());
    }
  }

  /** Checks that the target answers, takes the credentials and is this API; then plans. @throws RunError, without secrets */
  async begin(): Promise<void> {
    const { redactor } = this.#parts;
    try {
      // Where it is cancelled already, every check says so.
      if (!this.#abort.signal.aborted) await this.#lookAtTarget();
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      // The message quotes the target's answer. No cause: it quotes the same, unmasked.
      throw new RunError(error.code, redactor.excerpt(error.message, LONGEST_MESSAGE));
    }
    this.#emit({ kind: 'planned', plan: await this.#assignment.plan() });
  }

  async #lookAtTarget(): Promise<void> {
    const { tokens, send, sendOpenly, redactor } = this.#parts;
    const { contract } = this.#assignment;
    const { allowMissing = false, fixtures } = this.#options;
    await preflight({ contract, target: this.#target, tokens, redactor, allowMissing, send, sendOpenly });
    if (fixtures !== undefined && !allowMissing) await assertSuppliedExist({ contract, fixtures, send });
  }

  /**
   * Runs all checks: side by side, as many as there are workers, then the exclusive ones alone. Operations that may change
   * what others rely on come last. Before those that may end the token, what the run created is removed.
   */
  async checkAll(): Promise<void> {
    const { workers } = await this.#parts.crew();
    const { plan, leftOut } = this.#fitted(await this.#assignment.plan(), workers.length);
    for (const { check, reason } of leftOut) this.#leaveOut(check, reason);
    const parallel = plan.checks.filter(({ exclusive }) => !exclusive);
    const reaching = (reach: Reach) => parallel.filter(({ operation }) => reachOf(operation, plan.contract) === reach);
    await this.#sideBySide(reaching(0), workers.length);
    for (const planned of plan.checks) if (planned.exclusive) await this.check(planned);
    for (const reach of [1, 2] as const) await this.#sideBySide(reaching(reach), workers.length);
    const [once, ...last] = [reaching(3), reaching(4), reaching(5)] as const;
    const ending = reaching(MOST_REACH);
    if ([once, ...last, ending].flat().length > 0) await this.#tidy();
    // One at a time: /settings and /settings/colors may show the same, and each check would see what the others change.
    await this.#sideBySide(once, 1);
    for (const checks of last) await this.#sideBySide(checks, workers.length);
    // The checks since have created more.
    if (ending.length > 0) await this.#tidy();
    // What a request without a token gets says nothing any more where another has switched authentication off.
    const [refusing, others] = [ending.filter(isOfAuthentication), ending.filter((each) => !isOfAuthentication(each))];
    await this.#sideBySide(refusing, workers.length);
    // One at a time: what switches something off and what switches it on say nothing of each other.
    await this.#sideBySide(others, 1);
    await this.#confirmAbsence();
  }

  /** Tells operations that the target does not have from those that answer 404. */
  #confirmAbsence(): Promise<void> {
    const { coverage, send, sendOpenly, tokens } = this.#parts;
    this.#confirming = this.#confirming.then(() =>
      confirmAbsence(coverage.absence, (request, operation) =>
        takesToken(operation, tokens) ? send(request) : sendOpenly(request),
      ),
    );
    return this.#confirming;
  }

  /** So that little is left behind where nothing can be removed any more. */
  async #tidy(): Promise<void> {
    if (this.#stopped === undefined && !this.#abort.signal.aborted) await (await this.#parts.crew()).tidy();
  }

  async #sideBySide(parallel: readonly PlannedCheck[], workers: number): Promise<void> {
    const queue = [...(this.#parts.scheduler === undefined ? parallel : spreadByGroup(parallel))];
    const worker = async (worker: number) => {
      for (let next = this.#nextOf(queue); next !== undefined; next = this.#nextOf(queue))
        await this.check(next, worker);
    };
    await Promise.all(Array.from({ length: workers }, (_, index) => worker(index)));
  }

  /** At a shared target: a smoke plan that fits its rate limit. Says beforehand how much will be sent, and how long. */
  #fitted(whole: Plan, workers: number): { readonly plan: Plan; readonly leftOut: readonly LeftOut[] } {
    const { scheduler } = this.#parts;
    if (scheduler === undefined) return { plan: whole, leftOut: [] };
    const timeOf = (plan: Plan) => planTime(plan, workers, (operation) => scheduler.rateOf(operation));
    const isSmoke = whole.depth === 'smoke';
    const fitted = isSmoke
      ? fitSmoke(whole, timeOf)
      : { plan: whole, leftOut: [], perOperation: Number.POSITIVE_INFINITY };
    const rate = scheduler.guess.names.length === 1 ? `plan ${scheduler.guess.names[0]}` : 'the rate limit here';
    this.#emit({ kind: 'noted', text: announcement(fitted, timeOf(fitted.plan), rate) });
    const reason = `Left out: with more than ${counted(fitted.perOperation, 'request')} per operation, a smoke run takes too long with ${rate}.`;
    return { plan: fitted.plan, leftOut: fitted.leftOut.map((check) => ({ check, reason })) };
  }

  #leaveOut(planned: PlannedCheck, reason: string): void {
    this.#emit({ kind: 'started', planned });
    this.#emit({ kind: 'finished', result: notRun(planned, reason, 'budget') });
  }

  /** Takes the first check that need not wait for the rate limit of its path, so that no other waits with it. */
  #nextOf(queue: PlannedCheck[]): PlannedCheck | undefined {
    const ready = queue.findIndex(({ operation }) => !this.#parts.session.isHeldBack(operation));
    return queue.splice(Math.max(ready, 0), 1)[0];
  }

  /** Runs one check. Never throws, whatever the target does. */
  async check(planned: PlannedCheck, worker = 0): Promise<CheckResult> {
    this.#emit({ kind: 'started', planned });
    const { budget, session } = this.#parts;
    const startMs = Math.round(budget.elapsed);
    const done = await this.#resultOf(planned, worker);
    const result: CheckResult = { ...done, startMs, durationMs: Math.round(budget.elapsed) - startMs };
    const { because } = result;
    const gone = because === 'target' && session.gone !== undefined;
    if ((because !== undefined && ENDS_RUN.has(because)) || gone) {
      this.#stopped ??= result.reason;
    }
    this.#stopped ??= session.tokenLost;
    this.#emit({ kind: 'finished', result });
    return result;
  }

  /** Stops the running checks. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Removes what the run created, and returns totals. */
  async end(): Promise<RunEnd> {
    this.#abort.abort();
    const { leftovers, changed } = await this.#parts.cleanUp();
    const end: RunEnd = {
      requests: this.#parts.budget.spent,
      durationMs: this.#parts.budget.elapsed,
      coverage: this.#parts.coverage.entries(),
      facts: this.#parts.coverage.facts,
      absent: this.#parts.coverage.absence.operations,
      scopes: this.#parts.coverage.attempts,
      leftovers,
      ...(changed.length === 0 ? {} : { changed }),
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
    this.#parts.creationLog?.journal.end(leftovers.length, this.#options.keepJournal ?? false);
    this.#emit({ kind: 'ended', end });
    return end;
  }

  async #lackingScopes(operation: Operation): Promise<readonly string[]> {
    if (operation.security.length === 0) return [];
    try {
      return lackingScopes(operation, (await this.#parts.tokens.full()).scopes);
    } catch (error) {
      // The check finds out itself, and says so.
      if (error instanceof Stop || error instanceof NoAnswer) return [];
      throw error;
    }
  }

  async #resultOf(planned: PlannedCheck, index: number): Promise<CheckResult> {
    const { depth, contract } = this.#assignment;
    const { method, route, id } = planned.operation;
    await this.#confirmAbsence();
    if (this.#parts.coverage.absence.has(id))
      return notRun(planned, `${method} ${route} is not implemented.`, 'absent');
    if (changesFixed(planned.operation, contract))
      return notRun(
        planned,
        `${method} ${route} is not sent: it changes the only one that its path allows.`,
        'contract',
      );
    if (this.#options.readOnly === true && changesRelations(planned))
      return notRun(planned, 'It adds and removes what this listing shows, which --read-only does not.', 'budget');
    try {
      const lacking = await this.#lackingScopes(planned.operation);
      if (lacking.length > 0) {
        const reason = `The token lacks ${lacking.join(' and ')}, which ${method} ${route} requires; rolecall verify --scopes prints what to grant.`;
        return notRun(planned, reason, 'credentials');
      }
      const { workers, judge } = await this.#parts.crew();
      return await (workers[index] ?? workers[0]).run({
        planned,
        depth,
        ...(this.#options.path === undefined ? {} : { path: this.#options.path }),
        judge,
        coverage: this.#parts.coverage,
        baseUrl: this.#target.url + contract.serverPath,
        mayProvokeRateLimit: this.#options.provokeRateLimit ?? !this.#target.metered,
        knownCauses: this.#knownCauses,
        requestsLeft: () => this.#parts.budget.left,
        found: (finding) => this.#emit({ kind: 'found', finding }),
      });
    } catch (error) {
      if (error instanceof Stop) throw error;
      return defect(planned, error);
    }
  }
}

/** A check of a relation's state begins with subjects in no relation: existing ones are. */
function isOfAuthentication({ check }: PlannedCheck): boolean {
  return check.family === 'authentication';
}

function changesRelations({ check, operation }: PlannedCheck): boolean {
  return check.family === 'state' && operation.effect?.on === 'relation';
}

function defect(planned: PlannedCheck, error: unknown): CheckResult {
  const detail = error instanceof Error ? error.message : String(error);
  const place = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
  return notRun(planned, `This check has a defect, please report it: ${detail} ${place}`.trimEnd(), 'defect');
}

function notRun(planned: PlannedCheck, reason: string, because: NonNullable<CheckResult['because']>): CheckResult {
  return { planned, outcome: 'skipped', reason, because, runs: 0, requests: 0, notes: [], missed: [] };
}

/** A check that is not run, and why. */
interface LeftOut {
  readonly check: PlannedCheck;
  readonly reason: string;
}

/** `About 223 requests, 113 of them for fixtures and tokens, in about 2 minutes with plan free.` */
function announcement({ plan }: Pick<FittedPlan, 'plan'>, milliseconds: number, rate: string): string {
  const own = plan.checks.reduce((sum, { requests }) => sum + requests, 0);
  const prepared = fixtureRequests(plan);
  const seconds = Math.ceil(milliseconds / 1000);
  const time = seconds < 90 ? counted(seconds, 'second') : counted(Math.round(seconds / 60), 'minute');
  return `About ${counted(own + prepared, 'request')}, ${prepared.toLocaleString('en-US')} of them for fixtures and tokens, in about ${time} with ${rate}.`;
}

/** Runs a plan against a target. Removes what it created in any case, also when the consumer stops early. */
export async function* run(
  plan: Plan | Assignment,
  target: Target,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, void> {
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
