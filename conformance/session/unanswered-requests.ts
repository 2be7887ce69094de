import type { Exchange } from '../target/exchange.js';
import type { FailureKind } from '../target/target.js';

/** Failures of requests that the target may have read. */
const REACHED: ReadonlySet<FailureKind> = new Set(['reset', 'timeout', 'gateway', 'garbled']);

/** A request that may have ended the target. */
export interface Suspect {
  /** Method and path. */
  readonly line: string;
  readonly operation: string;
}

/**
 * The requests that were under way when the target stopped answering: one of them may have ended it. Requests that were
 * sent later only notice.
 */
export class UnansweredRequests {
  readonly #suspects = new Map<string, Suspect>();
  #firstFailureAt: number | undefined;

  /**
   * @param operation - the one that the check is about, for requests that belong to none
   * @param now - milliseconds
   */
  record({ request, durationMs }: Exchange, kind: FailureKind, operation: string | undefined, now: number): void {
    this.#firstFailureAt ??= now;
    const id = request.operation?.id ?? operation;
    if (!REACHED.has(kind) || id === undefined || now - durationMs > this.#firstFailureAt) return;
    const line = `${request.method} ${request.path.split('?')[0]}`;
    this.#suspects.set(line, { line, operation: id });
  }

  /** The target answers: none of them ended it. */
  answered(): void {
    this.#suspects.clear();
    this.#firstFailureAt = undefined;
  }

  get suspects(): readonly Suspect[] {
    return [...this.#suspects.values()];
  }
}
