import type { PlannedRequest } from './request.js';
import { hasNoEffect } from './resend.js';

/** So many are named: one of them may have ended what was lost. */
const MOST = 3;

/** A request that may have changed anything. */
interface UnclearChange {
  readonly line: string;
  readonly operation: string;
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
    if (operation === undefined || operation.effect !== undefined || hasNoEffect(request)) return;
    const line = `${method} ${path.split('?')[0]}`;
    const others = this.#changes.filter((change) => change.line !== line);
    this.#changes = [{ line, operation: operation.id, at }, ...others].slice(0, MOST);
  }

  /** A sentence with the options that leave them out; undefined if there are none. @param from - only those from then on */
  suspicion(from = 0): string | undefined {
    const last = this.#changes.filter(({ at }) => at >= from);
    if (last.length === 0) return undefined;
    const skips = [...new Set(last.map(({ operation }) => operation))].map((id) => `--skip '${id}/*'`);
    return `The last changes before, the newest first: ${last.map(({ line }) => line).join(', ')}. Leave out what ends it: ${skips.join(' or ')}.`;
  }
}
