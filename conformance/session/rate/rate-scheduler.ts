import type { Operation, Rate, RateLimit } from '../../../contract/contract.js';
import type { Clock } from '../../target/clock.js';
import type { TargetResponse } from '../../target/exchange.js';
import { PlanGuess } from './plan-guess.js';
import { SharedBucket } from './shared-bucket.js';

export interface RateSchedulerOptions {
  readonly rateLimit: RateLimit | undefined;
  readonly clock: Clock;
  /** The plan that the user named; absent: it is found out. */
  readonly plan?: string;
  /** The most requests per second in all; absent: as many as the plan allows. */
  readonly perSecond?: number;
}

/** A request that was let through; pass it back with its answer. */
export interface Ticket {
  readonly group: string | undefined;
  /** The bucket that the request was counted to. */
  readonly key: string;
  /** The level of the bucket that its answer should announce. */
  readonly expected: number;
}

/** A promise, and the function that resolves it. */
interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** A bucket, and who waits for it. */
interface Queue {
  readonly bucket: SharedBucket;
  /** Resolves when the one before has been let through. */
  last: Promise<void>;
  /** An answer has announced the bucket. */
  isKnown: boolean;
  /** The request whose answer must come before the next one is sent. */
  open: Deferred | undefined;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The first pause after a 429, doubled for each further one in a row, up to the longest. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Lets requests through as the target's rate limits allow, and leaves a third of every budget to others. Of a bucket that
 * no answer has announced yet, it lets one request through at a time. It waits for the next token, not for the reset,
 * which is when the bucket is full again.
 */
export class RateScheduler {
  readonly #clock: Clock;
  readonly #rateLimit: RateLimit | undefined;
  readonly #guess: PlanGuess;
  readonly #queues = new Map<string, Queue>();
  /** Keeps --rate. */
  readonly #pace: { readonly intervalMs: number; next: number } | undefined;
  #refusals = 0;

  constructor({ rateLimit, clock, plan, perSecond }: RateSchedulerOptions) {
    this.#rateLimit = rateLimit;
    this.#clock = clock;
    this.#guess = new PlanGuess(rateLimit, plan);
    this.#pace = perSecond === undefined ? undefined : { intervalMs: 1000 / perSecond, next: 0 };
  }

  /** How many answers were 429. */
  get refusals(): number {
    return this.#refusals;
  }

  get guess(): PlanGuess {
    return this.#guess;
  }

  /** Waits until a request may be sent. Ends early when the signal fires. */
  async admit(operation: Operation | undefined, signal?: AbortSignal): Promise<Ticket> {
    const key = this.#guess.keyOf(operation?.rateGroup);
    const queue = this.#queueOf(key);
    const before = queue.last;
    const { promise, resolve } = deferred();
    queue.last = promise;
    try {
      await before;
      await this.#awaitAnswer(queue);
      await this.#awaitToken(queue, signal);
      await this.#keepPace(signal);
      const expected = queue.bucket.take(this.#clock.now());
      if (this.#rateLimit !== undefined && (!queue.isKnown || queue.bucket.isSmall)) queue.open = deferred();
      return { group: operation?.rateGroup, key, expected };
    } finally {
      resolve();
    }
  }

  /** Learns from an answer. */
  answered({ group, key, expected }: Ticket, response: TargetResponse): void {
    const queue = this.#queueOf(key);
    const now = this.#clock.now();
    const limit = this.#headerOf(response, 'limit');
    const remaining = this.#headerOf(response, 'remaining');
    if (limit !== undefined) {
      this.#guess.announced(key, limit);
      queue.isKnown = true;
      for (const [other, { bucket }] of this.#queues) bucket.rate = this.#guess.rateOf(other);
    }
    if (response.status === 429) {
      this.#refusals += 1;
      queue.bucket.refused(now);
    } else if (limit !== undefined && remaining !== undefined) {
      queue.bucket.answered(remaining, expected, now);
      // The answer may reveal that the plan has no such group.
      const actual = this.#guess.keyOf(group);
      if (actual !== key) this.#queueOf(actual).bucket.announce(remaining, now);
    }
    this.#close(queue);
  }

  /** No answer came. */
  unanswered({ key }: Ticket): void {
    this.#close(this.#queueOf(key));
  }

  /**
   * How long to wait after a 429 before the request is sent again, besides waiting for a token.
   * @param attempt - how often this request was refused before, from 0
   */
  pauseAfter(attempt: number): number {
    return attempt === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  }

  /** The rates that the run counts with, by bucket: those of the slowest plan that fits. */
  rateOf(operation: Operation | undefined): { readonly key: string; readonly rate: Rate; readonly reserve: number } {
    const key = this.#guess.keyOf(operation?.rateGroup);
    return { key, rate: this.#guess.rateOf(key), reserve: this.#queueOf(key).bucket.reserve };
  }

  async #awaitAnswer(queue: Queue): Promise<void> {
    while ((!queue.isKnown || queue.bucket.isSmall) && queue.open !== undefined) await queue.open.promise;
  }

  async #awaitToken({ bucket }: Queue, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const wait = bucket.waitAt(this.#clock.now());
      if (wait === 0 || signal?.aborted === true) return;
      await this.#clock.sleep(wait, signal);
    }
  }

  async #keepPace(signal: AbortSignal | undefined): Promise<void> {
    if (this.#pace === undefined) return;
    const now = this.#clock.now();
    const at = Math.max(now, this.#pace.next);
    this.#pace.next = at + this.#pace.intervalMs;
    if (at > now) await this.#clock.sleep(at - now, signal);
  }

  #close(queue: Queue): void {
    queue.open?.resolve();
    queue.open = undefined;
  }

  #queueOf(key: string): Queue {
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    const bucket = new SharedBucket(this.#guess.rateOf(key), this.#clock.now());
    const queue = { bucket, last: Promise.resolve(), isKnown: this.#rateLimit === undefined, open: undefined };
    this.#queues.set(key, queue);
    return queue;
  }

  #headerOf({ headers }: TargetResponse, part: keyof RateLimit['headers']): number | undefined {
    const text = this.#rateLimit === undefined ? undefined : headers[this.#rateLimit.headers[part]];
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  }
}
