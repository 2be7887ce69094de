import type { Clock } from '../target/clock.js';

/** A clock whose sleeps take no time: they only move it on. */
export function instantClock(): Clock {
  let slept = 0;
  return {
    now: () => Date.now() + slept,
    sleep: async (milliseconds) => {
      slept += milliseconds;
    },
  };
}
