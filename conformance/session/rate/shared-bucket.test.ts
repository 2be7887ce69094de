import { describe, expect, it } from 'vitest';
import type { Rate } from '../../../contract/contract.js';
import { SharedBucket } from './shared-bucket.js';

/** A target's bucket, which we share with others. */
class Actual {
  readonly #rate: Rate;
  #level: number;
  #at = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
    this.#level = rate.burst;
  }

  /** @returns the remaining tokens; absent: refused */
  take(now: number): number | undefined {
    this.#level = Math.min(this.#rate.burst, this.#level + ((now - this.#at) / 1000) * this.#rate.perSecond);
    this.#at = now;
    if (this.#level < 1) return undefined;
    this.#level -= 1;
    return Math.floor(this.#level);
  }
}

interface Used {
  readonly sent: number;
  readonly refused: number;
  /** The fewest tokens that were left after one of our requests. */
  readonly leastLeft: number;
}

/** Sends as fast as the picture of the bucket allows, for a minute. @param others - how often others send, in milliseconds */
function use(rate: Rate, others?: number): Used {
  const actual = new Actual(rate);
  const bucket = new SharedBucket(rate, 0);
  let [sent, refused, leastLeft] = [0, 0, rate.burst];
  for (let now = 0; now < 60_000; now += 10) {
    if (others !== undefined && now % others === 0) actual.take(now);
    if (bucket.waitAt(now) > 0) continue;
    const taken = bucket.take(now);
    const remaining = actual.take(now);
    sent += 1;
    if (remaining === undefined) {
      refused += 1;
      bucket.refused(now);
      continue;
    }
    leastLeft = Math.min(leastLeft, remaining);
    bucket.answered(remaining, taken, now);
  }
  return { sent, refused, leastLeft };
}

describe('a bucket that is shared with others', () => {
  it.each([
    { rate: { burst: 2, perSecond: 2 }, reserve: 1 },
    { rate: { burst: 5, perSecond: 25 / 60 }, reserve: 2 },
    { rate: { burst: 10, perSecond: 2.5 }, reserve: 4 },
    { rate: { burst: 50, perSecond: 16 }, reserve: 17 },
  ])(
    'of $rate.burst is used at its full rate where nobody else is there, and $reserve tokens stay',
    ({ rate, reserve }) => {
      const { sent, refused, leastLeft } = use(rate);
      expect(refused).toBe(0);
      expect(leastLeft).toBeGreaterThanOrEqual(reserve);
      expect(sent).toBeGreaterThan(60 * rate.perSecond * 0.95 - 3);
    },
  );

  it.each([
    { rate: { burst: 2, perSecond: 2 }, others: 1000 },
    { rate: { burst: 10, perSecond: 2.5 }, others: 800 },
    { rate: { burst: 50, perSecond: 16 }, others: 120 },
  ])('of $rate.burst is never emptied where others use half of it', ({ rate, others }) => {
    const { sent, refused } = use(rate, others);
    expect(refused).toBe(0);
    expect(sent).toBeGreaterThan(60 * rate.perSecond * 0.25);
  });

  it('counts once what answers of requests sent side by side show alike', () => {
    const bucket = new SharedBucket({ burst: 50, perSecond: 1 }, 0);
    bucket.answered(49, bucket.take(0), 0);
    const side = [1, 2, 3, 4].map(() => bucket.take(0));
    // Others took ten before them.
    side.forEach((taken, index) => {
      bucket.answered(38 - index, taken, 0);
    });
    expect(bucket.waitAt(0)).toBe(0);
    for (let level = 35; level > 17; level -= 1) {
      expect(bucket.waitAt(0)).toBe(0);
      bucket.take(0);
    }
    expect(bucket.waitAt(0)).toBe(1000);
  });

  it('waits for the next token, not for all of them', () => {
    const bucket = new SharedBucket({ burst: 40, perSecond: 500 / 60 }, 0);
    bucket.refused(0);
    // Fifteen tokens: the third that is left to others, and one.
    expect(bucket.waitAt(0)).toBe(1800);
    expect((40 / 500) * 60_000).toBe(4800);
  });
});
