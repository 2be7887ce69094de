import type { Stop } from '../engine/stop.js';
import type { Exchange } from '../target/exchange.js';
import type { TargetFailure } from '../target/target.js';

/** A request without an answer. */
export class NoAnswer extends Error {
  /** Its response has status 0. */
  readonly exchange: Exchange;
  readonly failure: TargetFailure;
  /** Set where the run gave up, not the target. */
  readonly stop: Stop | undefined;
  /** The same request got an answer when it was sent again, so that the loss was an accident. */
  readonly answersAgain: boolean;
  /** How many other requests of the run had no answer yet. */
  readonly besides: number;

  constructor(
    exchange: Exchange,
    failure: TargetFailure,
    stop: Stop | undefined,
    { answersAgain = false, besides = 0 }: { readonly answersAgain?: boolean; readonly besides?: number } = {},
  ) {
    super(failure.message, { cause: failure });
    this.besides = besides;
    this.name = 'NoAnswer';
    this.exchange = exchange;
    this.failure = failure;
    this.stop = stop;
    this.answersAgain = answersAgain;
  }
}
