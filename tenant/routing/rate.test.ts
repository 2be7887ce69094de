import { expect, test } from 'vitest';
import type { Operation, RatePlan } from '../../contract/contract.js';
import { Bucket, Buckets } from './rate.js';

test('a bucket empties with requests and refills over time', () => {
  let now = 1_000_000;
  const bucket = new Bucket({ burst: 2, perSecond: 0.5 }, () => now);
  expect(bucket.take()).toEqual({ allowed: true, limit: 2, remaining: 1, reset: 1002 });
  expect(bucket.take()).toEqual({ allowed: true, limit: 2, remaining: 0, reset: 1004 });
  expect(bucket.take()).toEqual({ allowed: false, limit: 2, remaining: 0, reset: 1004 });
  now += 1000;
  expect(bucket.take()).toEqual({ allowed: false, limit: 2, remaining: 0, reset: 1004 });
  now += 1000;
  expect(bucket.take()).toEqual({ allowed: true, limit: 2, remaining: 0, reset: 1006 });
  now += 3_600_000;
  expect(bucket.take().remaining).toBe(1);
});

test('a clock that goes backwards has no effect', () => {
  let now = 5000;
  const bucket = new Bucket({ burst: 2, perSecond: 1 }, () => now);
  bucket.take();
  now = 0;
  expect(bucket.take().allowed).toBe(true);
});

test('each group has a bucket, and all other operations share the one of the plan', () => {
  const plan: RatePlan = {
    name: 'small',
    burst: 1,
    perSecond: 1,
    groups: new Map([['members-read', { burst: 2, perSecond: 1 }]]),
    evidence: { grade: 'unknown', source: '' },
  };
  const buckets = new Buckets(plan, () => 0);
  const take = (rateGroup?: string) => {
    const { allowed, limit } = buckets.take({ ...(rateGroup === undefined ? {} : { rateGroup }) } as Operation); // its other parts do not matter here
    return [allowed, limit];
  };
  expect(take('members-read')).toEqual([true, 2]);
  expect(take('members-read')).toEqual([true, 2]);
  expect(take('members-read')).toEqual([false, 2]);
  expect(take()).toEqual([true, 1]);
  expect(take('a group that this plan does not list')).toEqual([false, 1]);
});
