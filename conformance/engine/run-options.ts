import type { SuppliedFixtures } from '../fixtures/supplied.js';
import type { Journal } from '../journal/journal.js';
import type { Redactor } from '../redaction/redact.js';
import type { Clock } from '../target/clock.js';

export interface RunOptions {
  readonly seed: number;
  readonly budget: {
    /** The most requests of the whole run. Default: no limit. */
    readonly maxRequests?: number;
    /** The longest time of the whole run, cleanup included, in milliseconds. Default: no limit. */
    readonly timeoutMs?: number;
  };
  /** Stops the checks; what was created is still removed. */
  readonly signal?: AbortSignal;
  /** Stops the cleanup too. */
  readonly cleanupSignal?: AbortSignal;
  /** Replays one counterexample; the plan should have one check. */
  readonly path?: string;
  readonly clock?: Clock;
  /** Learns the secrets of the run. */
  readonly redactor?: Redactor;
  /** Begins the name of everything that the run creates. Default: that of the journal, or random. */
  readonly mark?: string;
  /** What the run creates is written here before it is sent; then nothing else is ever changed or deleted. */
  readonly journal?: Journal;
  /** The journal stays although everything it lists was removed. */
  readonly keepJournal?: boolean;
  /** Globs of `operationId/checkId`: an operation that is left out makes nothing for others either. */
  readonly skip?: readonly string[];
  /** A target without most of the contract's operations is no other API. */
  readonly allowMissing?: boolean;
  /** Existing resources to use as fixtures. */
  readonly fixtures?: SuppliedFixtures;
  /** Paces requests. Default: where the target is shared with others. */
  readonly rates?: RateOptions;
  /** Sends no request that may change something. */
  readonly readOnly?: boolean;
  /** Whether checks may exceed the rate limit. Default: where the target is not shared with others. */
  readonly provokeRateLimit?: boolean;
}

/** How a run keeps the rate limits. */
export interface RateOptions {
  /** The plan of the contract; absent: it is found out. */
  readonly plan?: string;
  /** The most requests per second. */
  readonly perSecond?: number;
}
