import type { Rate } from '../../../contract/contract.js';

/** The share of every announced budget that is left to others. */
const LEFT_TO_OTHERS = 1 / 3;
/** A third of so small a bucket is no reserve: there, others are noticed by what they take, and get more. */
const SMALL = 3;
/** The share of a small bucket's rate to begin with. */
const FIRST_SHARE = 0.5;
/** How fast that share grows while no other client is noticed, per second. */
const GROWTH = 0.2;
/** The most that is used for a while after others were noticed: they may need half. In milliseconds. */
const SHARE_BESIDE_OTHERS = 0.4;
const BESIDE_OTHERS_FOR_MS = 60_000;
/** After a refusal the share is halved, down to this: otherwise a run would never end. */
const LEAST_SHARE = 0.05;
/** Rounding of times must not cost a token. */
const ROUNDING = 1e-6;

/**
 * Our picture of a token bucket that others use as well. It predicts the level between answers, and corrects itself by
 * each answer.
 */
export class SharedBucket {
  #rate: Rate;
  #level: number;
  /** The sum of all corrections of the level. */
  #corrections = 0;
  #at: number;
  /** The share of the rate that is used. */
  #share = FIRST_SHARE;
  #growsFrom = 0;
  #lastTaken = Number.NEGATIVE_INFINITY;

  /** @param now - milliseconds */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    // Others may have used it: one request finds out.
    this.#level = Math.min(rate.burst, this.reserve + 1);
    this.#at = now;
  }

  /** Corrects size and rate, which the first answers reveal. */
  set rate(rate: Rate) {
    if (rate.burst !== this.#rate.burst) this.#level = Math.min(this.#level, rate.burst);
    this.#rate = rate;
  }

  /** The level that is left to others. */
  get reserve(): number {
    return Math.ceil(this.#rate.burst * LEFT_TO_OTHERS);
  }

  /** One request at a time, so that each answer shows what others took. */
  get isSmall(): boolean {
    return this.#rate.burst <= SMALL;
  }

  /** Milliseconds until a request may be sent; 0: now. */
  waitAt(now: number): number {
    this.#refill(now);
    // A bucket of one could never keep a third.
    const needed = Math.min(this.reserve + 1, this.#rate.burst);
    const missing = needed - this.#level;
    const untilLevel = missing <= ROUNDING ? 0 : (missing / this.#rate.perSecond) * 1000;
    const untilTurn = this.isSmall ? this.#lastTaken + 1000 / (this.#rate.perSecond * this.#share) - now : 0;
    return Math.max(0, Math.ceil(Math.max(untilLevel, untilTurn) - ROUNDING));
  }

  /**
   * Takes a token.
   * @returns what to pass to `answered`: the level that is left, apart from corrections so far. Answers of requests sent
   * side by side show the same difference, which must count once.
   */
  take(now: number): number {
    this.#refill(now);
    this.#level -= 1;
    this.#lastTaken = now;
    return this.#level - this.#corrections;
  }

  /** What a request that was counted to another bucket says about this one. */
  announce(remaining: number, now: number): void {
    this.#refill(now);
    this.#correctTo(remaining);
    this.#lastTaken = now;
  }

  /**
   * @param remaining - the tokens that an answer announces
   * @param taken - what `take` returned for its request
   */
  answered(remaining: number, taken: number, now: number): void {
    this.#refill(now);
    const expected = taken + this.#corrections;
    // Answers report whole tokens.
    const missing = Math.floor(expected + ROUNDING) - remaining;
    if (this.isSmall) {
      if (missing > 0) this.#share = Math.min(this.#share, this.#leaveRoom(now));
      // The token may have been taken as late as just now: sending earlier could find the bucket empty.
      this.#correctTo(remaining);
      this.#lastTaken = now;
      return;
    }
    const gained = Math.max(0, remaining - expected);
    this.#correctTo(this.#level - Math.max(0, missing) + gained);
  }

  /** The target refused for lack of a token. */
  refused(now: number): void {
    this.#refill(now);
    this.#correctTo(Math.min(this.#level, 0));
    this.#lastTaken = now;
    this.#share = Math.max(LEAST_SHARE, Math.min(this.#share / 2, this.#leaveRoom(now)));
  }

  #correctTo(level: number): void {
    const corrected = Math.min(this.#rate.burst, level);
    this.#corrections += corrected - this.#level;
    this.#level = corrected;
  }

  /** @returns the most to use while others are there */
  #leaveRoom(now: number): number {
    this.#growsFrom = now + BESIDE_OTHERS_FOR_MS;
    return SHARE_BESIDE_OTHERS;
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - this.#at) / 1000;
    if (elapsed === 0) return;
    this.#level = Math.min(this.#rate.burst, this.#level + elapsed * this.#rate.perSecond);
    if (now >= this.#growsFrom) this.#share = Math.min(1, this.#share * (1 + GROWTH) ** elapsed);
    this.#at = now;
  }
}
