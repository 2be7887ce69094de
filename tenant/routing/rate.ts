import type { Operation, Rate, RatePlan } from '../../contract/contract.js';

/** The state of a bucket after a request. */
export interface BucketState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the bucket will be full, in Unix seconds, rounded up. */
  readonly reset: number;
}

/** A token bucket with a capacity of `burst` requests that refills at `perSecond`. */
export class Bucket {
  readonly #rate: Rate;
  readonly #clock: () => number;
  #level: number;
  #at: number;

  /** @param clock milliseconds since 1970 */
  constructor(rate: Rate, clock: () => number) {
    this.#rate = rate;
    this.#clock = clock;
    this.#level = rate.burst;
    this.#at = clock();
  }

  /** Takes one request, if any is left. */
  take(): BucketState {
    const { burst, perSecond } = this.#rate;
    const now = this.#clock();
    this.#level = Math.min(burst, this.#level + (Math.max(0, now - this.#at) / 1000) * perSecond);
    this.#at = now;
    const allowed = this.#level >= 1;
    if (allowed) this.#level -= 1;
    const full = now / 1000 + (burst - this.#level) / perSecond;
    return { allowed, limit: burst, remaining: Math.floor(this.#level), reset: Math.ceil(full) };
  }
}

/** The buckets of a plan: one for each group of operations, and one that all other operations share. */
export class Buckets {
  readonly #shared: Bucket;
  readonly #groups: ReadonlyMap<string, Bucket>;

  /** @param clock milliseconds since 1970 */
  constructor(plan: RatePlan, clock: () => number) {
    this.#shared = new Bucket(plan, clock);
    this.#groups = new Map([...plan.groups].map(([name, rate]) => [name, new Bucket(rate, clock)]));
  }

  /** Takes one request of the bucket that the operation draws from, if any is left. */
  take({ rateGroup }: Operation): BucketState {
    return (this.#groups.get(rateGroup ?? '') ?? this.#shared).take();
  }
}
