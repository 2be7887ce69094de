import { setImmediate } from 'node:timers';

/** The most answers that wait for each other, so that the first of many slow ones does not wait for the last. */
const MOST_WAITING = 16;

/**
 * Writes the answers of one turn of the event loop together, once all requests that have arrived are answered. A write
 * that wakes a waiting client takes longer than everything else about a request in the tenant: of answers that are written
 * one after another, only the first does.
 */
export class AnswerQueue {
  #waiting: (() => void)[] = [];

  /** @param write - must not throw */
  add(write: () => void): void {
    const count = this.#waiting.push(write);
    if (count === 1) setImmediate(() => this.#writeAll());
    else if (count === MOST_WAITING) this.#writeAll();
  }

  #writeAll(): void {
    const ready = this.#waiting;
    this.#waiting = [];
    for (const write of ready) write();
  }
}
