import { randomBytes } from 'node:crypto';
import { BodyWriter } from '../fixtures/bodies.js';
import { CreatedResources } from '../fixtures/created-resources.js';
import { createNames } from '../fixtures/names.js';
import { Preparation } from '../fixtures/preparation.js';
import { Settling } from '../fixtures/settling.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { CreationLog } from '../journal/creation-log.js';
import type { Journal } from '../journal/journal.js';
import { OwnershipGuard } from '../journal/ownership-guard.js';
import { ReadOnlyGuard } from '../journal/read-only-guard.js';
import { createJudge, type Judge } from '../judge/judge.js';
import { Effects } from '../lookup/effects.js';
import { type Clock, systemClock } from '../target/clock.js';
import { HttpSession } from '../target/http-session.js';
import { RateScheduler } from '../target/rate/rate-scheduler.js';
import { Redactor } from '../target/redact.js';
import type { PlannedRequest } from '../target/request.js';
import type { Credentials, Target } from '../target/target.js';
import { createScopedIssuer } from '../target/tokens/scoped-issuer.js';
import { TokenSource } from '../target/tokens/token-source.js';
import { Budget } from './budget.js';
import { Coverage } from './coverage.js';
import type { RunEvent } from './event.js';
import type { Plan } from './plan.js';
import { Worker } from './worker.js';

export interface RunOptions {
  readonly seed: number;
  readonly budget: {
    /** The most requests of the whole run. Default: no limit. */
    readonly maxRequests?: number;
    /** The longest time of the whole run, cleanup included, in milliseconds. Default: no limit. */
    readonly timeoutMs?: number;
  };
  /** Stops the checks; what was created is still removed. */
  readonly signal?: AbortSignal;
  /** Stops the cleanup too. */
  readonly cleanupSignal?: AbortSignal;
  /** Replays one counterexample; the plan should have one check. */
  readonly path?: string;
  readonly clock?: Clock;
  /** Learns the secrets of the run. */
  readonly redactor?: Redactor;
  /** Begins the name of everything that the run creates. Default: that of the journal, or random. */
  readonly mark?: string;
  /** What the run creates is written here before it is sent; then nothing else is ever changed or deleted. */
  readonly journal?: Journal;
  /** The journal stays although everything it lists was removed. */
  readonly keepJournal?: boolean;
  /** A target without most of the contract's operations is no other API. */
  readonly allowMissing?: boolean;
  /** Existing resources to use as fixtures. */
  readonly fixtures?: SuppliedFixtures;
  /** Paces requests. Default: where the target is shared with others. */
  readonly rates?: RateOptions;
  /** Sends no request that may change something. */
  readonly readOnly?: boolean;
  /** Whether checks may exceed the rate limit. Default: where the target is not shared with others. */
  readonly provokeRateLimit?: boolean;
}

/** How a run keeps the rate limits. */
export interface RateOptions {
  /** The plan of the contract; absent: it is found out. */
  readonly plan?: string;
  /** The most requests per second. */
  readonly perSecond?: number;
}

/** The parts of a run. */
export interface RunParts {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly budget: Budget;
  readonly coverage: Coverage;
  readonly created: CreatedResources;
  readonly effects: Effects;
  readonly session: HttpSession;
  readonly creationLog?: CreationLog;
  readonly scheduler?: RateScheduler;
  readonly tokens: TokenSource;
  readonly judge: Judge;
  readonly workers: readonly [Worker, ...Worker[]];
}

export interface AssemblyOptions {
  readonly plan: Plan;
  readonly target: Target;
  readonly options: RunOptions;
  /** Stops the checks. */
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

/** The longest time of one request. */
const REQUEST_TIMEOUT_MS = 10_000;
/** The share of a short run that one request may take, so that one that hangs does not use all of it. */
const REQUEST_SHARE = 0.2;
/** Every request may take this long, if the run does: a target that answers within it is only slow. */
const REQUEST_LEAST_MS = 2000;

/** Resolves the options and creates the parts of a run. */
export function assembleRun({ plan, target, options, signal, emit }: AssemblyOptions): RunParts {
  const { contract } = plan;
  const { seed, clock = systemClock, redactor = new Redactor(), journal } = options;
  const { mark = journal?.header.mark ?? newMark() } = options;
  const { maxRequests = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = options.budget;
  hideCredentials(redactor, target.credentials);
  const budget = new Budget({ maxRequests, timeoutMs }, clock);
  const coverage = new Coverage(contract);
  // Cleanup reads a listing first and last.
  budget.keep(2);
  const created = new CreatedResources((by) => budget.keep(by));
  const effects = new Effects(contract);
  const { cleanupSignal } = options;
  const rates = options.rates ?? (target.metered ? {} : undefined);
  const scheduler = rates && new RateScheduler({ rateLimit: contract.rateLimit, clock, ...rates });
  const creationLog = journal && new CreationLog(journal, contract, () => clock.now());
  const guarded =
    options.readOnly === true
      ? { guard: new ReadOnlyGuard() }
      : creationLog && { creationLog, guard: new OwnershipGuard(contract, creationLog, options.fixtures) };
  const session = new HttpSession({
    target,
    contract,
    budget,
    coverage,
    clock,
    redactor,
    signal,
    emit,
    requestTimeoutMs: requestTimeout(timeoutMs),
    ...(cleanupSignal === undefined ? {} : { cleanupSignal }),
    ...guarded,
    ...(scheduler && {
      scheduler,
      renewal: { current: (header) => tokens.current(header), refused: (header) => tokens.refused(header) },
    }),
  });
  const sendOpen = (request: PlannedRequest) => session.send(request, { rate: 'wait', purpose: 'token' });
  const issuer = createScopedIssuer({
    contract,
    target,
    effects,
    redactor,
    seed,
    sendOpen,
    send: (request) => granting.send(request, 'token'),
    pool: () => granting.pool,
  });
  const tokens = new TokenSource({ contract, target, clock, redactor, seed, send: sendOpen, issuer });
  const bodies = new BodyWriter(contract, createNames(contract));
  const learning = { settling: new Settling(), preparation: new Preparation() };
  const supplied = {
    ...(options.fixtures === undefined ? {} : { supplied: options.fixtures }),
    ...(target.provision === undefined ? {} : { provision: target.provision }),
  };
  const shared = { contract, effects, bodies, created, session, clock, ...learning, ...supplied, seed, signal, tokens };
  const workerMarked = (letter: string) => new Worker({ ...shared, mark: mark + letter });
  // A worker apart creates what tokens are granted to, so that no check's effect tracker counts it as the check's.
  const granting = workerMarked('t');
  // Each worker has fixtures of its own: a short run at a shared target needs few.
  const count = target.metered && plan.depth === 'smoke' ? 1 : target.workers;
  const others = Array.from({ length: count - 1 }, (_, index) => workerMarked(String(index + 1)));
  const judge = createJudge(contract);
  const workers = [workerMarked('0'), ...others] as const;
  return {
    clock,
    redactor,
    budget,
    coverage,
    created,
    effects,
    session,
    tokens,
    judge,
    workers,
    ...(creationLog && { creationLog }),
    ...(scheduler && { scheduler }),
  };
}

/** @param timeoutMs - of the whole run */
function requestTimeout(timeoutMs: number): number {
  return Math.min(REQUEST_TIMEOUT_MS, Math.max(REQUEST_LEAST_MS, timeoutMs * REQUEST_SHARE));
}

/** Before the first request: an answer to it may repeat them. */
function hideCredentials(redactor: Redactor, { client, token, scoped = [] }: Credentials): void {
  for (const { value } of scoped) redactor.hide(value, '$TOKEN');
  if (client !== undefined) redactor.hide(client.secret, '$CLIENT_SECRET');
  if (token !== undefined) redactor.hide(token, '$TOKEN');
}

/** `rc` and eight characters: enough to recognise what a run created, and which run. */
export function newMark(): string {
  return `rc${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0').slice(-8)}`;
}
