import type { SkipCause } from '../check.js';

/**
 * Why a check ends early. `absent`: the target does not implement an operation that it needs. `rate-limit`: the
 * target refuses for longer than a run waits. `max-requests`, `time`, `cancelled` and `journal` (it cannot be written) end
 * the whole run.
 */
export type StopCause = SkipCause | 'absent' | 'rate-limit' | 'max-requests' | 'time' | 'cancelled' | 'journal';

/** Ends a check that cannot continue. It never leaves the engine, which turns it into a skip with its reason. */
export class Stop extends Error {
  readonly because: StopCause;

  /** @param reason - a sentence for the report */
  constructor(reason: string, because: StopCause, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'Stop';
    this.because = because;
  }
}
