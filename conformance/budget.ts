import type { Clock } from './clock.js';
import { Stop } from './stop.js';

export interface BudgetOptions {
  /** The most requests of a run, fixtures, tokens and cleaning up included. Infinity for any number. */
  readonly maxRequests: number;
  /** How long the run may take, in milliseconds. Infinity for any time. */
  readonly timeoutMs: number;
}

/** What a run may spend, and what it has spent. A part of both is kept back for cleaning up. */
export class Budget {
  readonly #maxRequests: number;
  readonly #clock: Clock;
  readonly startedAt: number;
  /** The moment at which everything is over, in milliseconds since 1970. */
  readonly endsAt: number;
  /** The moment at which checks stop, so that there is time to clean up. */
  readonly checksEndAt: number;
  #spent = 0;
  /** Requests that cleaning up will take. */
  #kept = 0;

  constructor(options: BudgetOptions, clock: Clock) {
    this.#maxRequests = options.maxRequests;
    this.#clock = clock;
    this.startedAt = clock.now();
    this.endsAt = this.startedAt + options.timeoutMs;
    this.checksEndAt = this.startedAt + options.timeoutMs * 0.8;
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
