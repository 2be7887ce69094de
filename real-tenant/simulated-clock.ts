import { type Clock, systemClock } from '../conformance/target/clock.js';

/** A clock of the harness: simulated or real. */
export interface HarnessClock extends Clock {
  /** Milliseconds since it was started. */
  readonly elapsed: number;
  /** Does work for which a simulated clock stops. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** The system's clock. */
export function realClock(): HarnessClock {
  const startedAt = Date.now();
  return {
    ...systemClock,
    get elapsed() {
      return Date.now() - startedAt;
    },
    during: (work) => work(),
  };
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** How many turns of the event loop nothing must happen before time moves on. */
const QUIET_TURNS = 2;

/**
 * Time that passes only while everyone sleeps. Work that waits for something else, such as a signature made in another
 * thread, goes through `during`, and stops the clock.
 */
export class SimulatedClock implements HarnessClock {
  readonly #startedAt: number;
  #now: number;
  #sleepers: Sleeper[] = [];
  #busy = 0;
  #isTurning = false;

  /** @param startedAt - milliseconds since 1970 */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
    this.#now = startedAt;
  }

  readonly now = (): number => this.#now;

  /** Milliseconds that have passed. */
  get elapsed(): number {
    return this.#now - this.#startedAt;
  }

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, milliseconds), wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
      this.#turn();
    });

  /** Stops the clock while something else works. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#turn();
    }
  }

  #turn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#wait(QUIET_TURNS);
  }

  #wait(turns: number): void {
    setImmediate(() => {
      if (this.#busy > 0 || this.#sleepers.length === 0) {
        this.#isTurning = false;
        return;
      }
      if (turns > 0) return this.#wait(turns - 1);
      const next = this.#sleepers.reduce((first, one) => (one.at < first.at ? one : first));
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      this.#wait(QUIET_TURNS);
    });
  }
}
