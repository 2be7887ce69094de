import { Stop } from '../engine/stop.js';
import { NoAnswer } from '../session/no-answer.js';

/** The end of a run gives up after so many requests in a row without an answer. */
export const GIVE_UP_AFTER = 4;

/** Performs actions until the target no longer answers. */
export class Attempt {
  #failures = 0;
  #over = false;

  /** @returns the action's result; absent where it failed or was not tried */
  async try<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.#over) return undefined;
    try {
      const result = await action();
      this.#failures = 0;
      return result;
    } catch (error) {
      // A request that must not be sent is no reason to leave the rest.
      if (error instanceof Stop) this.#over = error.because !== 'contract';
      else if (error instanceof NoAnswer) {
        this.#failures += 1;
        if (this.#failures >= GIVE_UP_AFTER || error.stop !== undefined) this.#over = true;
      } else throw error;
      return undefined;
    }
  }
}

/** For requests besides the main one, which shows itself whether the target answers. @throws other errors */
export function withoutAnswer(error: unknown): undefined {
  if (error instanceof NoAnswer || error instanceof Stop) return undefined;
  throw error;
}
