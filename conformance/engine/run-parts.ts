import { randomBytes } from 'node:crypto';
import { BodyWriter } from '../fixtures/bodies.js';
import { CreatedResources } from '../fixtures/created-resources.js';
import { createNames } from '../fixtures/names.js';
import { createJudge, type Judge } from '../judge/judge.js';
import { Effects } from '../lookup/effects.js';
import { type Clock, systemClock } from '../target/clock.js';
import { HttpSession } from '../target/http-session.js';
import { Redactor } from '../target/redact.js';
import type { PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';
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

/** What a run works with. */
export interface RunParts {
  readonly clock: Clock;
  readonly budget: Budget;
  readonly coverage: Coverage;
  readonly created: CreatedResources;
  readonly effects: Effects;
  readonly session: HttpSession;
  readonly tokens: TokenSource;
  readonly judge: Judge;
  readonly workers: readonly [Worker, ...Worker[]];
}

/** No single request takes longer. */
const REQUEST_TIMEOUT_MS = 10_000;
/** The share of a short run that one request may take, so that one that hangs does not eat it all. */
const REQUEST_SHARE = 0.2;
/** Every request may take so long, if the run does: what answers in that time is slow, and no more. */
const REQUEST_LEAST_MS = 2000;

/** Resolves the options and puts the parts of a run together. @param signal - ends the checks */
export function assembleRun(
  { contract }: Plan,
  target: Target,
  options: RunOptions,
  signal: AbortSignal,
  emit: (event: RunEvent) => void,
): RunParts {
  const { seed, clock = systemClock, redactor = new Redactor(), mark = newMark(), cleanupSignal } = options;
  const { maxRequests = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = options.budget;
  const budget = new Budget({ maxRequests, timeoutMs }, clock);
  const coverage = new Coverage(contract);
  const created = new CreatedResources((by) => budget.keep(by));
  const effects = new Effects(contract);
  const session = new HttpSession({
    target,
    contract,
    budget,
    coverage,
    clock,
    redactor,
    requestTimeoutMs: Math.min(REQUEST_TIMEOUT_MS, Math.max(REQUEST_LEAST_MS, timeoutMs * REQUEST_SHARE)),
    signal,
    ...(cleanupSignal === undefined ? {} : { cleanupSignal }),
    emit,
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
  const workerMarked = (letter: string) =>
    new Worker({ contract, effects, bodies, created, session, clock, seed, signal, tokens, mark: mark + letter });
  // What tokens are granted to is made by a lane of its own, so that no check's follower takes it for the check's.
  const granting = workerMarked('t');
  const others = Array.from({ length: target.workers - 1 }, (_, index) => workerMarked(String(index + 1)));
  return {
    clock,
    budget,
    coverage,
    created,
    effects,
    session,
    tokens,
    judge: createJudge(contract),
    workers: [workerMarked('0'), ...others],
  };
}

/** `rc` and eight characters: enough to tell what is ours, and this run from another. */
function newMark(): string {
  return `rc${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0').slice(-8)}`;
}
