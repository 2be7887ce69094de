import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation, RateLimit } from '../../../contract/contract.js';
import { instantClock } from '../../test-support/instant-clock.js';
import { RateScheduler } from './rate-scheduler.js';

const evidence = { grade: 'documented', source: 'test' } as const;
const rateLimit: RateLimit = {
  headers: { limit: 'x-limit', remaining: 'x-remaining', reset: 'x-reset' },
  problem: 'rate-limited',
  plans: [
    { name: 'small', burst: 10, perSecond: 2, groups: new Map([['ships', { burst: 5, perSecond: 1 }]]), evidence },
    { name: 'big', burst: 50, perSecond: 16, groups: new Map([['ships', { burst: 10, perSecond: 4 }]]), evidence },
  ],
  evidence,
  pointer: '/x-rate-limit',
};
// Only the group is read.
const ships = { rateGroup: 'ships' } as Operation;
const answer = (limit: number, remaining: number, status = 200) => ({
  status,
  headers: { 'x-limit': String(limit), 'x-remaining': String(remaining) },
  text: '',
});

describe('the rate scheduler', () => {
  let clock: ReturnType<typeof instantClock>;
  let scheduler: RateScheduler;
  beforeEach(() => {
    clock = instantClock();
    scheduler = new RateScheduler({ rateLimit, clock });
  });

  it('lets one request through at a time until an answer announces the bucket', async () => {
    const first = await scheduler.admit(undefined);
    let isAdmitted = false;
    const second = scheduler.admit(undefined).then((ticket) => {
      isAdmitted = true;
      return ticket;
    });
    await new Promise(setImmediate);
    expect(isAdmitted).toBe(false);
    scheduler.answered(first, answer(50, 49));
    await second;
    expect(isAdmitted).toBe(true);
  });

  it('finds out the plan from what answers announce', async () => {
    expect(scheduler.guess.names).toEqual(['small', 'big']);
    expect(scheduler.rateOf(ships).rate).toEqual({ burst: 5, perSecond: 1 });
    scheduler.answered(await scheduler.admit(undefined), answer(50, 49));
    expect(scheduler.guess.names).toEqual(['big']);
    expect(scheduler.rateOf(ships)).toMatchObject({ key: 'ships', rate: { burst: 10, perSecond: 4 } });
  });

  it('counts with the size that answers announce where no plan has it', async () => {
    scheduler.answered(await scheduler.admit(undefined), answer(24, 23));
    expect(scheduler.guess.names).toEqual(['small', 'big']);
    expect(scheduler.rateOf(undefined).rate).toEqual({ burst: 24, perSecond: 2 });
  });

  it('keeps --rate over all buckets', async () => {
    scheduler = new RateScheduler({ rateLimit, clock, plan: 'big', perSecond: 4 });
    const before = clock.now();
    for (let count = 0; count < 9; count += 1) {
      const operation = count % 2 === 0 ? ships : undefined;
      scheduler.answered(await scheduler.admit(operation), answer(count % 2 === 0 ? 10 : 50, 9));
    }
    expect(clock.now() - before).toBeGreaterThanOrEqual(2000);
  });

  it('counts refusals, and waits longer for each in a row', async () => {
    scheduler.answered(await scheduler.admit(undefined), answer(50, 0, 429));
    expect(scheduler.refusals).toBe(1);
    const before = clock.now();
    await scheduler.admit(undefined);
    expect(clock.now() - before).toBeGreaterThanOrEqual(1000);
    expect([0, 1, 2, 3, 9].map((attempt) => scheduler.pauseAfter(attempt))).toEqual([0, 1000, 2000, 4000, 30_000]);
  });

  it('paces nothing where the contract has no rate limit', async () => {
    scheduler = new RateScheduler({ rateLimit: undefined, clock, perSecond: 1000 });
    const tickets = await Promise.all([1, 2, 3].map(() => scheduler.admit(undefined)));
    expect(tickets).toHaveLength(3);
  });
});
