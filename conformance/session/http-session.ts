import type { Contract, Operation } from '../../contract/contract.js';
import { durationText } from '../../contract/text/duration-text.js';
import type { Budget } from '../engine/budget.js';
import type { Coverage } from '../engine/coverage.js';
import type { Purpose, RunEvent } from '../engine/event.js';
import type { PlannedCheck } from '../engine/plan/plan.js';
import { Stop } from '../engine/stop.js';
import { RunError } from '../errors.js';
import type { CreationLog } from '../journal/creation-log.js';
import type { OwnershipGuard } from '../journal/ownership-guard.js';
import { refusesInBody } from '../judge/body-refusal.js';
import { hideAnswer } from '../redaction/hide-answer.js';
import type { Redactor } from '../redaction/redact.js';
import type { Clock } from '../target/clock.js';
import { withCredential, withScheme } from '../target/credential.js';
import { type Exchange, succeeded, type TargetResponse } from '../target/exchange.js';
import { gatewayWithoutAnswer } from '../target/gateway-page.js';
import { withHeaders } from '../target/given-headers.js';
import type { PlannedRequest } from '../target/request.js';
import { type HttpRequest, type SendLimits, type Target, TargetFailure } from '../target/target.js';
import { NoAnswer } from './no-answer.js';
import { patientSignal } from './patient-signal.js';
import type { RateScheduler } from './rate/rate-scheduler.js';
import { RefusalWaits, type WaitingPhase } from './rate/refusal-waits.js';
import { Reachability, type Recovery } from './reachability.js';
import { hasNoEffect, isTransientFailure } from './resend.js';
import { TokenWatch } from './token-watch.js';
import { UnclearChanges } from './unclear-changes.js';

export interface HttpSessionOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly budget: Budget;
  readonly coverage: Coverage;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly requestTimeoutMs: number;
  /** Stops checks. */
  readonly signal: AbortSignal;
  /** Stops the cleanup too. */
  readonly cleanupSignal?: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** Writes creations to the journal before they are sent. */
  readonly creationLog?: CreationLog;
  /** Paces requests; absent: they are sent at once, and a 429 is waited out until its reset. */
  readonly scheduler?: RateScheduler;
  /** Replaces tokens that expire. */
  readonly renewal?: TokenRenewal;
  /** Refuses requests that could change what is not ours. */
  readonly guard?: Pick<OwnershipGuard, 'assertHarmless' | 'learn'>;
}

/** Replaces tokens of a run that expire. */
export interface TokenRenewal {
  /** The header to send instead: the same one, as long as its token is valid. */
  current(authorization: string): Promise<string>;
  /** Call where a token was refused. @returns another header to try; absent where it was refused for another reason */
  refused(authorization: string): Promise<string | undefined>;
}

export interface SendRequest {
  /** The Authorization header, if any. */
  readonly authorization?: string;
  /** The scopes of its token. */
  readonly scopes?: readonly string[];
  /** It is not the full-access token. */
  readonly chosen?: boolean;
  readonly rate: 'wait' | 'answer';
  readonly purpose: Purpose;
  readonly planned?: PlannedCheck;
}

/** How long to wait before a request without effect is sent again after a lost connection: three times at most. */
const RESEND_AFTER_MS: readonly number[] = [50, 200, 500];
/** At a shared target: six times. */
const RESEND_LONGER_MS: readonly number[] = [50, 200, 500, 1000, 2000, 4000];
/** How often, there, the first request is sent again. */
const RESENT_TO_UNKNOWN = 2;
/**
 * Every request to the target takes this way. It counts and records requests, waits out 429s, sends requests without
 * effect again after a lost connection, and knows when the target is gone.
 */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  readonly #patient: AbortSignal | undefined;
  readonly #patientCleanup: AbortSignal | undefined;
  readonly #changes = new UnclearChanges();
  readonly #reachability: Reachability;
  readonly #watch = new TokenWatch(this.#changes);
  readonly #waits: RefusalWaits;
  #underWay = 0;

  constructor(options: HttpSessionOptions) {
    this.#options = options;
    this.#waits = new RefusalWaits(options);
    this.#reachability = new Reachability(this.#changes, { ...options, isShared: options.scheduler !== undefined });
    this.#patient = patientSignal(options.signal);
    this.#patientCleanup = patientSignal(options.cleanupSignal);
  }

  get target(): Target {
    return this.#options.target;
  }

  /** Why the target counts as gone, a sentence. */
  get gone(): string | undefined {
    return this.#reachability.gone;
  }

  /** Why the target no longer takes the token of the run, a sentence. */
  get tokenLost(): string | undefined {
    return this.#watch.lost;
  }

  /** Whether requests of an operation have to wait after a 429. */
  isHeldBack({ route }: Operation): boolean {
    return this.#waits.isHeldBack(route);
  }

  /** @throws Stop, NoAnswer */
  async send(planned: PlannedRequest, options: SendRequest): Promise<Exchange> {
    const request = withHeaders(planned, this.#options.target.headers);
    const isWatched = options.purpose === 'check' || options.purpose === 'fixture';
    if (isWatched) this.#watch.assertNotLost(options.authorization);
    const exchange = await this.#sendPatiently(request, options);
    this.#watch.record(exchange);
    const resend = (read: PlannedRequest, authorization: string) =>
      this.#sendPatiently(read, { authorization, rate: 'wait', purpose: 'token' });
    if (isWatched) await this.#watch.assertTaken(exchange, resend);
    return exchange;
  }

  async #sendPatiently(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    for (let pauses = 0; ; pauses += 1) {
      const exchange = await this.#sendOrResend(request, options);
      if (exchange.response.status !== 429 || options.rate === 'answer') return exchange;
      await this.#waits.after(exchange, pauses, this.#phase(options.purpose));
    }
  }

  /** Whether the target answers anything at all, if need be after seconds. Otherwise it counts as gone. */
  recovers(): Promise<Recovery> {
    const { headers = {} } = this.#options.target;
    return this.#reachability.recovers({
      isOver: () => this.#reasonToStop(false) !== undefined,
      ask: (timeoutMs) => this.#send({ method: 'GET', path: '/', headers }, { timeoutMs }),
    });
  }

  /** Sends again with a new token where the old one was refused: a request that was refused had no effect. */
  async #sendRenewed(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    const exchange = await this.#once(request, options);
    const { renewal } = this.#options;
    if (exchange.response.status !== 401 || exchange.authorization === undefined) return exchange;
    const authorization = await renewal?.refused(exchange.authorization);
    return authorization === undefined ? exchange : this.#once(request, { ...options, authorization });
  }

  async #sendOrResend(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    for (const [resent, wait] of (this.isShared ? RESEND_LONGER_MS : RESEND_AFTER_MS).entries()) {
      try {
        return await this.#sendRenewed(request, options);
      } catch (error) {
        if (!(error instanceof NoAnswer) || !this.#mayResend(error, resent)) throw error;
        await this.#options.clock.sleep(wait, this.#signalFor(options.purpose));
      }
    }
    return this.#sendRenewed(request, options);
  }

  /** Others use the target too: connections break and stall without a fault of its own. */
  get isShared(): boolean {
    return this.#options.scheduler !== undefined;
  }

  /** A write may have had its effect, and would have it twice: only requests without effect are sent again. */
  #mayResend({ exchange, failure, stop }: NoAnswer, resent: number): boolean {
    // Where nothing was ever answered, the address may be wrong.
    const isKnown = this.#reachability.everAnswered || (this.isShared && resent < RESENT_TO_UNKNOWN);
    const isTransient = isTransientFailure(failure.kind, this.isShared) && isKnown && this.gone === undefined;
    return isTransient && stop === undefined && hasNoEffect(exchange.request);
  }

  /** Sends once, when its turn has come, with a token that is still valid. */
  async #once(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    const { clock, scheduler, guard, renewal } = this.#options;
    const { purpose } = options;
    const cleaning = purpose === 'cleanup';
    this.#stopIfOver(cleaning);
    guard?.assertHarmless(request, options.authorization !== undefined);
    // Before the turn: a new token takes requests too.
    const authorization =
      options.authorization && (await (renewal?.current(options.authorization) ?? options.authorization));
    // A request that provokes a 429 must not wait for its turn.
    const isPaced = options.rate === 'wait';
    const ticket = isPaced ? await scheduler?.admit(request.operation, this.#signalFor(purpose)) : undefined;
    try {
      await this.#waits.before(request, this.#signalFor(purpose));
      this.#stopIfOver(cleaning);
      const sent = { ...options, ...(authorization === undefined ? {} : { authorization }) };
      const sentAt = clock.now();
      const exchange = await this.#exchange(request, sent);
      this.#waits.answered(exchange, sentAt);
      if (ticket !== undefined) scheduler?.answered(ticket, exchange.response);
      return exchange;
    } catch (error) {
      if (ticket !== undefined) scheduler?.unanswered(ticket);
      throw error;
    }
  }

  async #exchange(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    const { budget, redactor, target } = this.#options;
    const { scheme } = target.credentials;
    const authorization = options.authorization && withScheme(options.authorization, scheme);
    const cleaning = options.purpose === 'cleanup';
    const creation = this.#journaled(request);
    if (cleaning) budget.spendKept();
    else budget.spend();
    if (request.values?.body !== undefined) redactor.hideIn(request.values.body, { origin: 'sent' });
    const startedAt = performance.now();
    const exchangeOf = (response: TargetResponse): Exchange => ({
      request,
      ...(authorization === undefined ? {} : { authorization }),
      ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
      ...(options.chosen === true ? { chosen: true } : {}),
      response,
      durationMs: performance.now() - startedAt,
      ...(refusesInBody(this.#options.contract, request.operation, response) ? { refusedInBody: true } : {}),
      ...(this.#underWay === 0 ? {} : { besides: this.#underWay }),
    });
    try {
      const { method, body } = request;
      const { path, headers } = withCredential(request, authorization);
      const sent = { method, path, headers, ...(body === undefined ? {} : { body }) };
      const exchange = exchangeOf(await this.#send(sent, this.#limits(cleaning)));
      this.#options.creationLog?.answered(exchange, creation);
      return this.#record(exchange, options);
    } catch (error) {
      if (!(error instanceof TargetFailure)) throw error;
      throw this.#recordFailure(exchangeOf({ status: 0, headers: {}, text: '' }), error, options);
    }
  }

  /** A gateway that lost the service answers for it: whether the service had the request is unknown. @throws TargetFailure */
  async #send(request: HttpRequest, limits: SendLimits): Promise<TargetResponse> {
    this.#underWay += 1;
    const response = await this.#options.target.send(request, limits).finally(() => {
      this.#underWay -= 1;
    });
    const gateway = gatewayWithoutAnswer(response);
    if (gateway === undefined) return response;
    const { method, path } = request;
    throw new TargetFailure(
      'gateway',
      `${method} ${path}: ${gateway} answered ${response.status} in place of the service`,
    );
  }

  /** @returns the number of a creation in the journal. @throws Stop where its entry cannot be written */
  #journaled(request: PlannedRequest): number | undefined {
    try {
      return this.#options.creationLog?.sending(request);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      throw new Stop(error.message, 'journal', { cause: error });
    }
  }

  #limits(cleaning: boolean): { readonly timeoutMs: number; readonly signal?: AbortSignal } {
    const { budget, clock, requestTimeoutMs } = this.#options;
    const endsAt = cleaning ? budget.endsAt : budget.checksEndAt;
    const signal = cleaning ? this.#patientCleanup : this.#patient;
    const timeoutMs = Math.max(1, Math.min(requestTimeoutMs, endsAt - clock.now()));
    return { timeoutMs, ...(signal === undefined ? {} : { signal }) };
  }

  #record(exchange: Exchange, { purpose, planned }: SendRequest): Exchange {
    const { redactor, coverage, emit } = this.#options;
    if (succeeded(exchange)) this.#changes.record(exchange.request, this.#options.budget.spent);
    this.#reachability.answered();
    this.#options.guard?.learn(exchange);
    hideAnswer(redactor, this.#options.contract, exchange);
    coverage.record(exchange);
    emit({ kind: 'requested', exchange, purpose, ...(planned === undefined ? {} : { planned }) });
    return exchange;
  }

  #recordFailure(exchange: Exchange, failure: TargetFailure, { purpose, planned }: SendRequest): NoAnswer {
    const { emit } = this.#options;
    const stop = this.#reasonToStop(purpose === 'cleanup');
    if (stop === undefined) this.#reachability.failed(exchange, failure.kind, planned?.operation.id);
    const sent = { exchange, purpose, ...(planned === undefined ? {} : { planned }) };
    emit({ kind: 'unanswered', reason: failure.message, ...sent });
    return new NoAnswer(exchange, failure, stop, { besides: this.#underWay });
  }

  #phase(purpose: Purpose): WaitingPhase {
    const { budget } = this.#options;
    const isCleanup = purpose === 'cleanup';
    const signal = this.#signalFor(purpose);
    return { isCleanup, endsAt: isCleanup ? budget.endsAt : budget.checksEndAt, ...(signal && { signal }) };
  }

  #signalFor(purpose: Purpose): AbortSignal | undefined {
    return purpose === 'cleanup' ? this.#options.cleanupSignal : this.#options.signal;
  }

  /** @throws Stop where sending more is pointless */
  #stopIfOver(cleaning: boolean): void {
    const stop = this.#reasonToStop(cleaning);
    if (stop !== undefined) throw stop;
  }

  #reasonToStop(cleaning: boolean): Stop | undefined {
    const { budget, clock, signal, cleanupSignal } = this.#options;
    if (clock.now() >= (cleaning ? budget.endsAt : budget.checksEndAt)) {
      return new Stop(`The ${durationText(budget.endsAt - budget.startedAt)} of --timeout are used up.`, 'time');
    }
    if ((cleaning ? cleanupSignal : signal)?.aborted === true) return new Stop('The run was cancelled.', 'cancelled');
    return !cleaning && this.gone !== undefined ? new Stop(this.gone, 'target') : undefined;
  }
}
