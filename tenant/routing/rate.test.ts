import { expect, test } from 'vitest';
import { Bucket } from './rate.js';

const UNKNOWN = { grade: 'unknown', source: '' } as const;

test('a bucket empties with requests and refills over time', () => {
  let now = 1_000_000;
  const bucket = new Bucket({ name: 'slow', burst: 2, perSecond: 0.5, evidence: UNKNOWN }, () => now);
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
  const bucket = new Bucket({ name: 'slow', burst: 2, perSecond: 1, evidence: UNKNOWN }, () => now);
  bucket.take();
  now = 0;
  expect(bucket.take().allowed).toBe(true);
});
