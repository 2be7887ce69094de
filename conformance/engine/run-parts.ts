import { randomBytes } from 'node:crypto';
import type { Contract } from '../../contract/contract.js';
import { CreatedResources } from '../fixtures/created-resources.js';
import { CreationLog } from '../journal/creation-log.js';
import { OwnershipGuard } from '../journal/ownership-guard.js';
import { ReadOnlyGuard } from '../journal/read-only-guard.js';
import { Effects } from '../lookup/effects.js';
import { hideCredentials } from '../redaction/hide-credentials.js';
import { Redactor } from '../redaction/redact.js';
import { HttpSession, type TokenRenewal } from '../session/http-session.js';
import { RateScheduler } from '../session/rate/rate-scheduler.js';
import { type Clock, systemClock } from '../target/clock.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';
import { createScopedIssuer } from '../target/tokens/scoped-issuer.js';
import { TokenSource } from '../target/tokens/token-source.js';
import { Budget } from './budget.js';
import type { SendHeaders } from './check-run.js';
import { Coverage } from './coverage.js';
import type { RunEvent } from './event.js';
import { fullHeaders } from './full-headers.js';
import type { Assignment } from './plan/plan.js';
import type { RateOptions, RunOptions } from './run-options.js';
import type { Crew, Remains } from './workers.js';

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
  /** Sends with the full-access token, apart from all checks. @throws Stop, NoAnswer */
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** The same without a token. */
  readonly sendOpenly: (request: PlannedRequest) => Promise<Exchange>;
  /** Who runs the checks. Loading them takes longer than the first answers, so that those are waited for first. */
  readonly crew: () => Promise<Crew>;
  /** Removes what they created, and sets back what they changed. */
  readonly cleanUp: () => Promise<Remains>;
}

export interface AssemblyOptions extends Pick<Assignment, 'contract' | 'depth'> {
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
export function assembleRun({ contract, depth, target, options, signal, emit }: AssemblyOptions): RunParts {
  const { seed, clock = systemClock, redactor = new Redactor(), journal } = options;
  const { mark = journal?.header.mark ?? newMark() } = options;
  hideCredentials(redactor, target);
  const { maxRequests = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = options.budget;
  const budget = new Budget({ maxRequests, timeoutMs }, clock);
  const coverage = new Coverage(contract);
  // Cleanup reads a listing first and last.
  budget.keep(2);
  const created = new CreatedResources((by) => budget.keep(by));
  const effects = new Effects(contract);
  const scheduler = schedulerOf(contract, target, options.rates, clock);
  const creationLog = journal && new CreationLog(journal, contract, () => clock.now());
  const renewal: TokenRenewal = {
    current: (header) => tokens.current(header),
    refused: (header) => tokens.refused(header),
  };
  const session = new HttpSession({
    ...{ target, contract, budget, coverage, clock, redactor, signal, emit },
    requestTimeoutMs: requestTimeout(timeoutMs),
    ...(options.cleanupSignal && { cleanupSignal: options.cleanupSignal }),
    ...guardOf(contract, options, created, creationLog),
    ...(scheduler && { scheduler, renewal }),
  });
  // A token may expire during the cleanup, which goes on after the checks were stopped.
  let isCleaning = false;
  const sendOpen = (request: PlannedRequest) =>
    session.send(request, { rate: 'wait', purpose: isCleaning ? 'cleanup' : 'token' });
  const granting = async () => (await crew()).granting;
  const issuer = createScopedIssuer({ contract, target, effects, redactor, seed, sendOpen, granting });
  const tokens = new TokenSource({ contract, target, clock, redactor, seed, send: sendOpen, issuer });
  const sendApart = async (request: PlannedRequest, headers: SendHeaders) =>
    session.send(request, { ...headers, purpose: 'token' });
  let loaded: Promise<Crew> | undefined;
  const crew = (): Promise<Crew> => {
    loaded ??= import('./workers.js').then(({ createCrew }) =>
      createCrew({
        ...{ depth, target, options, contract, effects, created, session, clock, tokens, signal, mark, redactor },
        keep: (by) => budget.keep(by),
        onOwn: (resource, id) => creationLog?.confirm(resource, id),
        onThere: (resource, id) => creationLog?.dismiss(resource, id),
      }),
    );
    return loaded;
  };
  return {
    clock,
    redactor,
    budget,
    coverage,
    created,
    effects,
    session,
    tokens,
    send: async (request) => sendApart(request, await fullHeaders(tokens, request)),
    sendOpenly: (request) => sendApart(request, { rate: 'wait' }),
    crew,
    cleanUp: async () => {
      isCleaning = true;
      return loaded === undefined ? { leftovers: [], changed: [] } : (await loaded).cleanUp();
    },
    ...(creationLog && { creationLog }),
    ...(scheduler && { scheduler }),
  };
}

/** A target that is metered has one; at others, options ask for it. */
function schedulerOf(contract: Contract, target: Target, given: RateOptions | undefined, clock: Clock) {
  const rates = given ?? (target.metered ? {} : undefined);
  return rates && new RateScheduler({ rateLimit: contract.rateLimit, clock, ...rates });
}

/** What keeps requests from changing what is not the run's. */
function guardOf(
  contract: Contract,
  { readOnly, fixtures }: RunOptions,
  created: CreatedResources,
  creationLog: CreationLog | undefined,
) {
  if (readOnly === true) return { guard: new ReadOnlyGuard() };
  if (creationLog === undefined) return undefined;
  // What a search found after its creation got no answer is ours, though no answer says so.
  const has = (resource: string, id: string) => creationLog.has(resource, id) || created.has(resource, id);
  const own = { has, hasCountedKeys: (resource: string) => creationLog.hasCountedKeys(resource) };
  return { creationLog, guard: new OwnershipGuard(contract, own, fixtures) };
}

/** @param timeoutMs - of the whole run */
function requestTimeout(timeoutMs: number): number {
  return Math.min(REQUEST_TIMEOUT_MS, Math.max(REQUEST_LEAST_MS, timeoutMs * REQUEST_SHARE));
}

/** `rc` and eight characters: enough to recognise what a run created, and which run. */
export function newMark(): string {
  return `rc${randomBytes(5).readUIntBE(0, 5).toString(36).padStart(8, '0').slice(-8)}`;
}
