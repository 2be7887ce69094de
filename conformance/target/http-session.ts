import { setMaxListeners } from 'node:events';
import type { Contract } from '../../contract/contract.js';
import type { Budget } from '../engine/budget.js';
import type { Coverage } from '../engine/coverage.js';
import type { Purpose, RunEvent } from '../engine/event.js';
import type { PlannedCheck } from '../engine/plan.js';
import { Stop } from '../engine/stop.js';
import type { Clock } from './clock.js';
import type { Exchange } from './exchange.js';
import { pauseAfter } from './rate.js';
import type { Redactor } from './redact.js';
import type { PlannedRequest } from './request.js';
import { type Target, TargetFailure } from './target.js';

/** A request that got no answer, where the target was not known to be gone. */
export class NoAnswer extends Error {
  readonly exchange: Exchange;
  readonly failure: TargetFailure;
  /** It was us who gave up: the run is over. */
  readonly stop: Stop | undefined;

  constructor(exchange: Exchange, failure: TargetFailure, stop: Stop | undefined) {
    super(failure.message, { cause: failure });
    this.stop = stop;
    this.name = 'NoAnswer';
    this.exchange = exchange;
    this.failure = failure;
  }
}

export interface HttpSessionOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly budget: Budget;
  readonly coverage: Coverage;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly requestTimeoutMs: number;
  /** Ends checks. */
  readonly signal: AbortSignal;
  /** Ends cleaning up too. */
  readonly cleanupSignal?: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

export interface SendRequest {
  /** The Authorization header, if any. */
  readonly authorization?: string;
  /** The scopes of the token in it. */
  readonly scopes?: readonly string[];
  /** It is not the token that may everything. */
  readonly chosen?: boolean;
  readonly rate: 'wait' | 'answer';
  readonly purpose: Purpose;
  readonly planned?: PlannedCheck;
}

/** After so many requests in a row without an answer the target is taken for gone. */
const GONE_AFTER = 3;
/** A target that asks to wait longer is not waited for. */
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_PAUSES = 12;
/** The effects whose answers may hold a secret of their own: that of a new client, a token. */
const GIVES_SECRETS: ReadonlySet<string> = new Set(['create', 'update', 'hook']);

/** The way to the target that everything takes: it counts, records, waits out 429s, and knows when the target is gone. */
export class HttpSession {
  readonly #options: HttpSessionOptions;
  readonly #patient: AbortSignal | undefined;
  readonly #patientCleanup: AbortSignal | undefined;
  #failures = 0;
  #gone: string | undefined;
  /** No request goes out before this moment: a 429 tells all lanes to wait. */
  #notBefore = 0;

  constructor(options: HttpSessionOptions) {
    this.#options = options;
    this.#patient = patientSignal(options.signal);
    this.#patientCleanup = patientSignal(options.cleanupSignal);
  }

  get target(): Target {
    return this.#options.target;
  }

  /** Why the target is taken for gone, a sentence. */
  get gone(): string | undefined {
    return this.#gone;
  }

  /** @throws Stop, NoAnswer */
  async send(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    for (let pauses = 0; ; pauses += 1) {
      const exchange = await this.#once(request, options);
      if (exchange.response.status !== 429 || options.rate === 'answer') return exchange;
      await this.#pause(exchange, pauses, options.purpose);
    }
  }

  /** Whether the target answers anything at all. */
  async answers(): Promise<boolean> {
    const { target, budget, requestTimeoutMs } = this.#options;
    budget.spendKept();
    try {
      await target.send({ method: 'GET', path: '/', headers: {} }, { timeoutMs: Math.min(requestTimeoutMs, 3000) });
      this.#failures = 0;
      return true;
    } catch (error) {
      if (!(error instanceof TargetFailure)) throw error;
      this.#giveUp(error);
      return false;
    }
  }

  #giveUp(failure: TargetFailure): void {
    this.#gone ??= `The target stopped answering after ${this.#options.budget.spent} requests: ${failure.message}`;
  }

  async #once(request: PlannedRequest, options: SendRequest): Promise<Exchange> {
    const { target, budget, clock, coverage, redactor, emit } = this.#options;
    const cleaning = options.purpose === 'cleanup';
    const signal = cleaning ? this.#options.cleanupSignal : this.#options.signal;
    if (this.#notBefore > clock.now()) await clock.sleep(this.#notBefore - clock.now(), signal);
    this.#stopIfOver(cleaning);
    if (cleaning) budget.spendKept();
    else budget.spend();
    const startedAt = performance.now();
    const headers =
      options.authorization === undefined
        ? request.headers
        : { ...request.headers, authorization: options.authorization };
    const session = {
      method: request.method,
      path: request.path,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const endsAt = cleaning ? budget.endsAt : budget.checksEndAt;
    const timeoutMs = Math.max(1, Math.min(this.#options.requestTimeoutMs, endsAt - clock.now()));
    const exchangeOf = (response: Exchange['response']): Exchange => ({
      request,
      ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
      ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
      ...(options.chosen === true ? { chosen: true } : {}),
      response,
      durationMs: performance.now() - startedAt,
    });
    if (request.values?.body !== undefined) redactor.hideIn(request.values.body);
    try {
      const patient = cleaning ? this.#patientCleanup : this.#patient;
      const response = await target.send(session, { timeoutMs, ...(patient === undefined ? {} : { signal: patient }) });
      this.#failures = 0;
      if (GIVES_SECRETS.has(request.operation?.effect?.kind ?? '')) redactor.hideIn(response.json);
      const exchange = exchangeOf(response);
      coverage.record(exchange);
      emit({
        kind: 'requested',
        exchange,
        purpose: options.purpose,
        ...(options.planned === undefined ? {} : { planned: options.planned }),
      });
      return exchange;
    } catch (error) {
      if (!(error instanceof TargetFailure)) throw error;
      const stop = this.#reasonToStop(cleaning);
      if (stop === undefined) this.#failures += 1;
      if (this.#failures >= GONE_AFTER) this.#giveUp(error);
      throw new NoAnswer(exchangeOf({ status: 0, headers: {}, text: '' }), error, stop);
    }
  }

  /** @throws Stop where there is no point in sending any more. */
  #stopIfOver(cleaning: boolean): void {
    const stop = this.#reasonToStop(cleaning);
    if (stop !== undefined) throw stop;
  }

  #reasonToStop(cleaning: boolean): Stop | undefined {
    const { budget, clock, signal, cleanupSignal } = this.#options;
    if (clock.now() >= (cleaning ? budget.endsAt : budget.checksEndAt)) {
      return new Stop(`The ${budget.endsAt - budget.startedAt} ms of --timeout are used up.`, 'time');
    }
    if ((cleaning ? cleanupSignal : signal)?.aborted === true) return new Stop('The run was cancelled.', 'cancelled');
    return !cleaning && this.#gone !== undefined ? new Stop(this.#gone, 'target') : undefined;
  }

  async #pause({ response, request }: Exchange, pauses: number, purpose: Purpose): Promise<void> {
    const { clock, contract, budget, emit, signal } = this.#options;
    const milliseconds = pauseAfter(response, contract.rateLimit, clock.now(), pauses);
    const endsAt = purpose === 'cleanup' ? budget.endsAt : budget.checksEndAt;
    if (pauses >= MOST_PAUSES || milliseconds > LONGEST_PAUSE_MS) {
      const asked = `429 on ${request.method} ${request.path}`;
      throw new Stop(
        `The target keeps refusing by its rate limit: ${asked}, ${pauses + 1} times, the next in ${Math.round(milliseconds)} ms.`,
        'target',
      );
    }
    if (clock.now() + milliseconds >= endsAt) {
      throw new Stop(
        `The target's rate limit asks to wait ${Math.round(milliseconds)} ms, longer than --timeout leaves.`,
        'time',
      );
    }
    this.#notBefore = Math.max(this.#notBefore, clock.now() + milliseconds);
    emit({ kind: 'waiting', milliseconds });
    if (this.#notBefore > clock.now())
      await clock.sleep(this.#notBefore - clock.now(), purpose === 'cleanup' ? this.#options.cleanupSignal : signal);
  }
}

/** How long an answer is still waited for once the run is cancelled: what a request has done must be known to be undone. */
const GRACE_MS = 2000;

/** A signal that fires a while after another. */
function patientSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const patient = new AbortController();
  // One a request that is under way: as many as there are lanes, times what a check sends at once.
  setMaxListeners(1000, signal, patient.signal);
  const later = () => setTimeout(() => patient.abort(), GRACE_MS).unref();
  signal.addEventListener('abort', later, { once: true });
  return patient.signal;
}
