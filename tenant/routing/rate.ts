import type { RatePlan } from '../../contract/contract.js';

/** What a bucket says of itself after a request. */
export interface BucketState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When it is full again, in Unix seconds, rounded up. */
  readonly reset: number;
}

/** A token bucket: it holds `burst` requests and gains `perSecond` a second. */
export class Bucket {
  readonly #plan: RatePlan;
  readonly #clock: () => number;
  #level: number;
  #at: number;

  /** @param clock milliseconds since 1970 */
  constructor(plan: RatePlan, clock: () => number) {
    this.#plan = plan;
    this.#clock = clock;
    this.#level = plan.burst;
    this.#at = clock();
  }

  /** Takes one request out, if one is left. */
  take(): BucketState {
    const { burst, perSecond } = this.#plan;
    const now = this.#clock();
    this.#level = Math.min(burst, this.#level + (Math.max(0, now - this.#at) / 1000) * perSecond);
    this.#at = now;
    const allowed = this.#level >= 1;
    if (allowed) this.#level -= 1;
    const full = now / 1000 + (burst - this.#level) / perSecond;
    return { allowed, limit: burst, remaining: Math.floor(this.#level), reset: Math.ceil(full) };
  }
}
