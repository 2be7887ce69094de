import { endsSession } from '../lookup/resource-operations.js';
import type { PlannedRequest } from './request.js';
import { hasNoEffect } from './resend.js';
import type { Suspect } from './unanswered-requests.js';

/** So many are named: one of them may have ended what was lost. */
const MOST = 3;

/** A request that may have changed anything. */
interface UnclearChange extends Suspect {
  /** How many requests had been sent. */
  readonly at: number;
}

/**
 * The last requests whose effect the document does not say: it need not say that `POST /shutdown` does what its name
 * says. They are named where the target stops answering, or no longer takes a token.
 */
export class UnclearChanges {
  /** The newest first. */
  #changes: readonly UnclearChange[] = [];

  /** @param at - how many requests were sent so far */
  record(request: PlannedRequest, at: number): void {
    const { operation, method, path } = request;
    if (operation === undefined || operation.effect !== undefined) return;
    if (hasNoEffect(request) && !endsSession(operation)) return;
    const line = `${method} ${path.split('?')[0]}`;
    const others = this.#changes.filter((change) => change.line !== line);
    this.#changes = [{ line, operation: operation.id, at }, ...others].slice(0, MOST);
  }

  /** Whether there were any. */
  get areAny(): boolean {
    return this.#changes.length > 0;
  }

  /**
   * Sentences with the options that leave out what may have ended it; undefined if nothing is known.
   * @param from - only changes from then on
   * @param unanswered - what got no answer
   */
  suspicion(from = 0, unanswered: readonly Suspect[] = []): string | undefined {
    const last = this.#changes.filter(({ at }) => at >= from);
    const others = unanswered.filter(({ line }) => !last.some((change) => change.line === line));
    if (last.length + others.length === 0) return undefined;
    const skips = new Set([...last, ...others].map(({ operation }) => `--skip '${operation}/*'`));
    return [
      ...(last.length === 0 ? [] : [`The last changes before, the newest first: ${linesOf(last)}.`]),
      ...(others.length === 0 ? [] : [`Under way when it stopped: ${linesOf(others)}.`]),
      `Leave out what ends it: ${[...skips].join(' or ')}.`,
    ].join(' ');
  }
}

function linesOf(suspects: readonly Suspect[]): string {
  return suspects.map(({ line }) => line).join(', ');
}
