import type { Clock } from '../target/clock.js';
import { Stop } from './stop.js';

export interface BudgetOptions {
  /** The most requests of a run: fixtures, tokens and cleanup included. Infinity: no limit. */
  readonly maxRequests: number;
  /** The longest time of the run, in milliseconds. Infinity: no limit. */
  readonly timeoutMs: number;
}

/** The share of a run's time that is reserved for cleanup: the least, and the most. */
const CLEANUP_SHARE = 0.2;
const CLEANUP_MOST = 0.6;
/** Removing may take longer than the requests before. */
const CLEANUP_MARGIN = 1.5;

/** The requests and the time of a run. A part of both is reserved for cleanup. */
export class Budget {
  readonly #maxRequests: number;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly startedAt: number;
  /** When the whole run ends, in milliseconds since 1970. */
  readonly endsAt: number;
  #spent = 0;
  /** Requests reserved for cleanup. */
  #kept = 0;

  constructor(options: BudgetOptions, clock: Clock) {
    this.#maxRequests = options.maxRequests;
    this.#timeoutMs = options.timeoutMs;
    this.#clock = clock;
    this.startedAt = clock.now();
    this.endsAt = this.startedAt + options.timeoutMs;
  }

  /** When checks end, so that cleanup has time: earlier with each created resource. */
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

  /** Reserves requests for cleanup; releases them if negative. */
  keep(requests: number): void {
    this.#kept += requests;
  }

  /** Counts a request. @throws Stop where none is left */
  spend(): void {
    if (this.left === 0) {
      throw new Stop(usedUp(this.#maxRequests, '--max-requests'), 'max-requests');
    }
    this.#spent += 1;
  }

  /** Counts a request of the cleanup, which uses what is reserved. */
  spendKept(): void {
    this.#spent += 1;
  }
}

/** Why no more requests are sent. */
export function usedUp(requests: number, of: string): string {
  return requests === 1 ? `The one request of ${of} is used up.` : `The ${requests} requests of ${of} are used up.`;
}
