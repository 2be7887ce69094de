import type { Clock } from './options.js';

/** The longest that a timer can be set to, in milliseconds; a longer one would fire at once. */
export const longest = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) => {
    let timer: ReturnType<typeof setTimeout>;
    const slept = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(milliseconds, longest));
    });
    return unlessAborted(slept, signal).finally(() => clearTimeout(timer));
  },
};

/** What is promised, or a rejection with the signal's reason when that fires first. It leaves no listener behind. */
export function unlessAborted<T>(promised: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    promised.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
