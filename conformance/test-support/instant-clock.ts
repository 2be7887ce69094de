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

/** The longest pause between two readings, in milliseconds. */
const LONGEST_PAUSE = 1000;

/** A clock whose pauses take no time, while the run has all the time of its budget: longer sleeps end with the run. */
export function pauselessClock(): Clock {
  const clock = instantClock();
  return {
    now: clock.now,
    sleep: (milliseconds, signal) =>
      milliseconds <= LONGEST_PAUSE
        ? clock.sleep(milliseconds)
        : new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
  };
}
