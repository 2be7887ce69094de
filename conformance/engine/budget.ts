import type { Clock } from '../target/clock.js';
import { Stop } from './stop.js';

export interface BudgetOptions {
  /** The most requests of a run, fixtures, tokens and cleaning up included. Infinity for any number. */
  readonly maxRequests: number;
  /** How long the run may take, in milliseconds. Infinity for any time. */
  readonly timeoutMs: number;
}

/** What of a run's time is kept back for cleaning up: at least, and at most. */
const CLEANUP_SHARE = 0.2;
const CLEANUP_MOST = 0.6;
/** Removing may be slower than what came before. */
const CLEANUP_MARGIN = 1.5;

/** What a run may spend, and what it has spent. A part of both is kept back for cleaning up. */
export class Budget {
  readonly #maxRequests: number;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly startedAt: number;
  /** The moment at which everything is over, in milliseconds since 1970. */
  readonly endsAt: number;
  #spent = 0;
  /** Requests that cleaning up will take. */
  #kept = 0;

  constructor(options: BudgetOptions, clock: Clock) {
    this.#maxRequests = options.maxRequests;
    this.#timeoutMs = options.timeoutMs;
    this.#clock = clock;
    this.startedAt = clock.now();
    this.endsAt = this.startedAt + options.timeoutMs;
  }

  /** The moment at which checks stop, so that there is time to remove what is there: it comes nearer with each thing. */
  get checksEndAt(): number {
    if (!Number.isFinite(this.#timeoutMs)) return this.endsAt;
    const perRequest = this.#spent === 0 ? 0 : this.elapsed / this.#spent;
    const cleaning = Math.max(this.#timeoutMs * CLEANUP_SHARE, perRequest * this.#kept * CLEANUP_MARGIN);
    return this.endsAt - Math.min(cleaning, this.#timeoutMs * CLEANUP_MOST);
  }

  get spent(): number {
    return this.#spent;
  }

  /** Milliseconds since the run began. */
  get elapsed(): number {
    return this.#clock.now() - this.startedAt;
  }

  /** Requests that checks may still send. */
  get left(): number {
    return Math.max(0, this.#maxRequests - this.#spent - this.#kept);
  }

  /** Keeps so many more requests back for cleaning up; fewer if negative. */
  keep(requests: number): void {
    this.#kept += requests;
  }

  /** @throws Stop when the requests are used up. */
  spend(): void {
    if (this.left === 0) {
      throw new Stop(`The ${this.#maxRequests} requests of --max-requests are used up.`, 'max-requests');
    }
    this.#spent += 1;
  }

  /** Counts a request of cleaning up, which uses what was kept back. */
  spendKept(): void {
    this.#spent += 1;
  }
}
