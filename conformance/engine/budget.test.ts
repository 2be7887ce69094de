import { expect, it } from 'vitest';
import { Budget } from './budget.js';
import { Stop } from './stop.js';

function budget(options: Partial<ConstructorParameters<typeof Budget>[0]>): {
  budget: Budget;
  pass: (ms: number) => void;
} {
  let time = 1000;
  const clock = { now: () => time, sleep: async () => undefined };
  const made = new Budget(
    { maxRequests: Number.POSITIVE_INFINITY, timeoutMs: Number.POSITIVE_INFINITY, ...options },
    clock,
  );
  return {
    budget: made,
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

it('stops checks at the number of requests, less those reserved for cleanup', () => {
  const { budget: made } = budget({ maxRequests: 5 });
  made.keep(2);
  for (const left of [3, 2, 1]) {
    expect(made.left).toBe(left);
    made.spend();
  }
  expect(() => made.spend()).toThrow(Stop);
  made.spendKept();
  made.keep(-2);
  expect([made.spent, made.left]).toEqual([4, 1]);
});

it('has no limits where none are given', () => {
  const { budget: made, pass } = budget({});
  pass(1e9);
  made.spend();
  expect([made.left, made.endsAt, made.checksEndAt]).toEqual(Array.from({ length: 3 }, () => Number.POSITIVE_INFINITY));
});

it('reserves a fifth of the time for cleanup, and more where there is more to remove', () => {
  const { budget: made, pass } = budget({ timeoutMs: 10_000 });
  expect(made.checksEndAt).toBe(1000 + 8000);
  pass(1000);
  for (let sent = 0; sent < 10; sent += 1) made.spend();
  // 100 ms a request, with a margin of one half.
  made.keep(20);
  expect(made.checksEndAt).toBe(1000 + 10_000 - 3000);
  made.keep(1000);
  expect(made.checksEndAt).toBe(1000 + 10_000 - 6000);
  expect([made.elapsed, made.endsAt]).toEqual([1000, 11_000]);
});
