import type { Budget } from '../engine/budget.js';
import type { Clock } from '../target/clock.js';
import type { Exchange } from '../target/exchange.js';
import { type FailureKind, TargetFailure } from '../target/target.js';
import { Availability } from './availability.js';
import { UnansweredRequests } from './unanswered-requests.js';
import type { UnclearChanges } from './unclear-changes.js';

/** A target that a request ends breaks no later than so many requests after it. */
const SUSPECTED_FOR = 20;
/** How long to wait between requests that find out whether the target is gone. */
const PROBE_AFTER_MS: readonly number[] = [0, 250, 1000, 2500];
const PROBE_AGAIN_AFTER_MS = 2500;
const PROBE_TIMEOUT_MS = 3000;

/** Whether a target answered again after a request without an answer, and whether it took more than one request. */
export type Recovery = 'at once' | 'late' | 'none';

export interface ReachabilityOptions {
  readonly budget: Budget;
  readonly clock: Clock;
  readonly requestTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Others use the target too. */
  readonly isShared: boolean;
}

/** A request that any server answers. */
export interface Probe {
  /** Whether the run is over for another reason. */
  readonly isOver: () => boolean;
  /** Asks the target for anything. @throws TargetFailure */
  readonly ask: (timeoutMs: number) => Promise<unknown>;
}

/** Whether the target still answers: since when not, and what may have ended it. */
export class Reachability {
  readonly #options: ReachabilityOptions;
  readonly #changes: UnclearChanges;
  readonly #availability: Availability;
  readonly #unanswered = new UnansweredRequests();
  #gone: string | undefined;

  /** @param changes - of the same session: one of them may end the target */
  constructor(changes: UnclearChanges, options: ReachabilityOptions) {
    this.#changes = changes;
    this.#options = options;
    this.#availability = new Availability(options.isShared);
  }

  /** Why the target counts as gone, a sentence. */
  get gone(): string | undefined {
    return this.#gone;
  }

  /** Whether the target ever answered. */
  get everAnswered(): boolean {
    return this.#availability.everAnswered;
  }

  answered(): void {
    this.#availability.answered();
    this.#unanswered.answered();
  }

  /** @param operation - the id of the operation that was checked */
  failed(exchange: Exchange, kind: FailureKind, operation: string | undefined): void {
    const now = this.#options.clock.now();
    this.#availability.failed(now, kind);
    this.#unanswered.record(exchange, kind, operation, now);
  }

  /** Whether the target answers anything at all, if need be after seconds. Otherwise it counts as gone. */
  async recovers({ isOver, ask }: Probe): Promise<Recovery> {
    let recovery: Recovery = 'at once';
    const { budget, clock, requestTimeoutMs, signal } = this.#options;
    for (const { wait, timeoutMs } of this.#probes()) {
      await clock.sleep(wait, signal);
      if (isOver()) return 'none';
      budget.spendKept();
      try {
        await ask(Math.min(requestTimeoutMs, timeoutMs));
        this.answered();
        return recovery;
      } catch (error) {
        if (!(error instanceof TargetFailure)) throw error;
        this.#availability.failed(clock.now(), error.kind);
        recovery = 'late';
        if (!this.#availability.isGone) continue;
        const suspicion = this.#changes.suspicion(budget.spent - SUSPECTED_FOR, this.#unanswered.suspects);
        const reason = `The target stopped answering after ${budget.spent} requests: ${error.message}`;
        this.#gone ??= suspicion === undefined ? reason : `${reason}. ${suspicion}`;
        return 'none';
      }
    }
    return 'none';
  }

  /** When to ask whether the target is there, and how long to wait for its answer; again and again while it may be busy. */
  *#probes(): Generator<{ readonly wait: number; readonly timeoutMs: number }> {
    for (const wait of PROBE_AFTER_MS) yield { wait, timeoutMs: PROBE_TIMEOUT_MS };
    while (this.#availability.isLate) yield { wait: PROBE_AGAIN_AFTER_MS, timeoutMs: this.#options.requestTimeoutMs };
  }
}
