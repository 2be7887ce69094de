import type { FailureKind } from '../target/target.js';

/** A target is gone after at least so many failures in a row; one that others use too, where requests also stall, … */
const FAILURES_IN_A_ROW = { own: 3, shared: 8 } as const;
/**
 * … over at least so long, in milliseconds: a restart or a broken proxy takes seconds. A target that only takes its time
 * may be busy: a few slow requests keep all workers of a small server, and abandoned requests still occupy them.
 */
const GONE_AFTER_MS = { broken: 3000, late: 60_000 } as const;

/** Tells a target that is gone from one that loses single requests. */
export class Availability {
  readonly #failuresInARow: number;
  #answers = 0;
  #failures = 0;
  #firstFailureAt = 0;
  #lastFailureAt = 0;
  #onlyLate = true;

  /** @param isShared - others use the target too */
  constructor(isShared = false) {
    this.#failuresInARow = FAILURES_IN_A_ROW[isShared ? 'shared' : 'own'];
  }

  /** Whether the target ever answered. */
  get everAnswered(): boolean {
    return this.#answers > 0;
  }

  /** Whether the last failures, without an answer in between, are enough to give up. */
  get isGone(): boolean {
    const lasted = this.#lastFailureAt - this.#firstFailureAt;
    return this.#failures >= this.#failuresInARow && lasted >= GONE_AFTER_MS[this.#onlyLate ? 'late' : 'broken'];
  }

  /** Whether it may only be busy: since its last answer nothing failed but requests whose answers came too late. */
  get isLate(): boolean {
    return this.#failures > 0 && this.#onlyLate && !this.isGone;
  }

  answered(): void {
    this.#answers += 1;
    this.#failures = 0;
  }

  /** @param now - milliseconds */
  failed(now: number, kind: FailureKind): void {
    if (this.#failures === 0) {
      this.#firstFailureAt = now;
      this.#onlyLate = true;
    }
    this.#onlyLate &&= kind === 'timeout';
    this.#failures += 1;
    this.#lastFailureAt = now;
  }
}
