/** A target is gone after at least so many failures in a row; one that others use too, where requests also stall, … */
const FAILURES_IN_A_ROW = { own: 3, shared: 8 } as const;
/** … over at least so long, in milliseconds: a restart or a broken proxy takes seconds. */
const GONE_AFTER_MS = 3000;

/** Tells a target that is gone from one that loses single requests. */
export class Availability {
  readonly #failuresInARow: number;
  #answers = 0;
  #failures = 0;
  #firstFailureAt = 0;
  #lastFailureAt = 0;

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
    return this.#failures >= this.#failuresInARow && this.#lastFailureAt - this.#firstFailureAt >= GONE_AFTER_MS;
  }

  answered(): void {
    this.#answers += 1;
    this.#failures = 0;
  }

  /** @param now - milliseconds */
  failed(now: number): void {
    if (this.#failures === 0) this.#firstFailureAt = now;
    this.#failures += 1;
    this.#lastFailureAt = now;
  }
}
