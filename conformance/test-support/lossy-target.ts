import type { Clock } from '../target/clock.js';
import { type HttpRequest, type Target, TargetFailure } from '../target/target.js';

/** When an answer is lost: before the target processed the request, or after. */
export type Loss = 'before' | 'after';

/** A target whose connections break. @param loses - for each request, in order; nothing: it is answered */
export function lossyTarget(target: Target, loses: (request: HttpRequest, count: number) => Loss | undefined): Target {
  let count = 0;
  return {
    ...target,
    async send(request, limits) {
      count += 1;
      const loss = loses(request, count);
      if (loss !== 'before') {
        const response = await target.send(request, limits);
        if (loss === undefined) return response;
      }
      throw new TargetFailure('reset', `${request.method} ${request.path}: socket hang up`);
    },
  };
}

/** A clock that only sleeping moves: no real time passes. */
export function sleepingClock(): Clock & { readonly slept: () => number } {
  const startedAt = Date.now();
  let slept = 0;
  return {
    now: () => startedAt + slept,
    slept: () => slept,
    sleep: async (milliseconds, signal) => {
      // The end of a run's time is no moment to jump to.
      if (milliseconds >= 60_000) return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
      slept += milliseconds;
    },
  };
}
