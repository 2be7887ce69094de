import type { NoAnswer } from '../session/no-answer.js';
import type { Recovery } from '../session/reachability.js';
import { hasNoEffect, isTransientFailure } from '../session/resend.js';

/**
 * How many losses at the same place of a check are a finding and not an accident, and how many attempts each check has at
 * least.
 */
const PATIENCE = { own: { samePlace: 4, attempts: 8 }, shared: { samePlace: 8, attempts: 30 } } as const;
/** A check with many requests loses many: it gives up only where more than this share of them got no answer. */
const LOST_SHARE = 0.1;

/** What to do with a check after a request without an answer. */
export type AfterLoss = 'repeat' | 'report' | 'give up';

/** The requests of one check without an answer, over its attempts: distinguishes a target's fault from a broken connection. */
export class Losses {
  readonly #places = new Map<string, number>();
  readonly #isShared: boolean;
  #count = 0;
  #sent = 0;
  #last: NoAnswer | undefined;

  /** @param isShared - others use the target too */
  constructor(isShared = false) {
    this.#isShared = isShared;
  }

  /**
   * @param ordinal - how many requests the attempt had sent: an attempt repeats the same requests in order
   * @param recovery - whether the target answered at all after that: an answer may be late because of other requests
   */
  add(loss: NoAnswer, ordinal: number, recovery: Recovery = 'at once'): AfterLoss {
    this.#count += 1;
    this.#sent += ordinal;
    this.#last = loss;
    const { request } = loss.exchange;
    const wasBusy = recovery === 'late' && loss.failure.kind === 'timeout';
    // The session has sent it again already, or the failure does not depend on chance.
    const isAccident = !hasNoEffect(request) && isTransientFailure(loss.failure.kind, this.#isShared);
    if (!wasBusy && !isAccident) return 'report';
    const { samePlace, attempts } = PATIENCE[this.#isShared ? 'shared' : 'own'];
    if (!loss.answersAgain && this.#countAt(`${ordinal} ${request.method} ${request.operation?.id ?? ''}`) >= samePlace)
      return 'report';
    return this.#count < Math.max(attempts, this.#sent * LOST_SHARE) ? 'repeat' : 'give up';
  }

  #countAt(place: string): number {
    const times = (this.#places.get(place) ?? 0) + 1;
    this.#places.set(place, times);
    return times;
  }

  /**
   * Whether writes without an answer are sent again. One loss is best met by running the check again with new subjects.
   * A check with many writes would lose another each time.
   */
  get resendsWrites(): boolean {
    return this.#isShared || this.#count > 0;
  }

  /** A sentence; absent where nothing was lost. */
  get text(): string | undefined {
    if (this.#last === undefined) return undefined;
    const { exchange, failure } = this.#last;
    const { method, path } = exchange.request;
    const count = this.#count === 1 ? '1 request' : `${this.#count} requests`;
    return `${count} got no answer, the last ${method} ${path} (${failure.kind}).`;
  }
}
