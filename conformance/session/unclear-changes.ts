import { endsSession } from '../lookup/resource-operations.js';
import type { PlannedRequest } from '../target/request.js';
import { hasNoEffect } from './resend.js';
import type { Suspect } from './unanswered-requests.js';

/** So many are named: one of them may have ended what was lost. */
const MOST = 3;

/** A request that may have changed anything. */
interface UnclearChange extends Suspect {
  /** Its name says that it ends the session of the caller. */
  readonly endsSession: boolean;
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
    const change = { line, operation: operation.id, at, endsSession: endsSession(operation) };
    this.#changes = [change, ...others].slice(0, MOST);
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
    return sentencesOf(
      this.#changes.filter(({ at }) => at >= from),
      unanswered,
    );
  }

  /** The same where a token is lost: if a request ended a session by its name, no other is suspected. */
  tokenSuspicion(): string | undefined {
    const ending = this.#changes.filter(({ endsSession: ends }) => ends);
    return sentencesOf(ending.length > 0 ? ending : this.#changes, []);
  }
}

function sentencesOf(changes: readonly Suspect[], unanswered: readonly Suspect[]): string | undefined {
  const others = unanswered.filter(({ line }) => !changes.some((change) => change.line === line));
  if (changes.length + others.length === 0) return undefined;
  const skips = new Set([...changes, ...others].map(({ operation }) => `--skip '${operation}/*'`));
  return [
    ...(changes.length === 0 ? [] : [`The last changes before, the newest first: ${linesOf(changes)}.`]),
    ...(others.length === 0 ? [] : [`Under way when it stopped: ${linesOf(others)}.`]),
    `Leave out what ends it: ${[...skips].join(' or ')}.`,
  ].join(' ');
}

function linesOf(suspects: readonly Suspect[]): string {
  return suspects.map(({ line }) => line).join(', ');
}
