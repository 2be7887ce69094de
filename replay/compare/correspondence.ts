import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** Shorter values stand for too many things to be taken for a name inside a text. */
const SHORTEST_INSIDE_TEXT = 8;

/** What a text is searched for names by: an id as services make them, with a provider before it or not. */
const NAME = /[A-Za-z0-9_=-]+(?:\|[A-Za-z0-9_=.-]+)*/g;

/**
 * Which value of the target stands for which recorded one: ids, cursors, times. Recorded values that nothing stands for
 * stand for themselves.
 */
export class Correspondence {
  readonly #actual = new Map<string, string>();
  readonly #recorded = new Map<string, string>();
  readonly #parts = new Map<string, string>();
  readonly #actualParts = new Set<string>();

  learn(recorded: string, actual: string): void {
    if (this.#actual.has(recorded)) return;
    this.#actual.set(recorded, actual);
    if (!this.#recorded.has(actual)) this.#recorded.set(actual, recorded);
  }

  /**
   * Learns what follows the prefix of an id. It shows up alone too, and so may the same word by chance: it is never sent
   * in place of the recorded one, and where it shows, either will do.
   */
  learnPart(recorded: string, actual: string): void {
    if (this.#parts.has(recorded)) return;
    this.#parts.set(recorded, actual);
    this.#actualParts.add(actual);
  }

  actualOf(recorded: string): string | undefined {
    return this.#actual.get(recorded);
  }

  recordedOf(actual: string): string | undefined {
    return this.#recorded.get(actual);
  }

  /** A recorded text as the target is to be told it: names replaced where it is one, or holds some. */
  text(recorded: string): string {
    const whole = this.#actual.get(recorded);
    if (whole !== undefined || this.#actual.size === 0) return whole ?? recorded;
    if (recorded.length < SHORTEST_INSIDE_TEXT) return recorded;
    return recorded.replace(NAME, (name) =>
      name.length < SHORTEST_INSIDE_TEXT ? name : (this.#actual.get(name) ?? name),
    );
  }

  /** Whether a value of the target is what a recorded one has to be there. */
  isSame(recorded: Json, actual: Json): boolean {
    if (typeof recorded === 'string') {
      return actual === this.text(recorded) || (actual === this.#parts.get(recorded) && actual !== undefined);
    }
    if (Array.isArray(recorded) && Array.isArray(actual)) {
      const entries: readonly Json[] = actual;
      return (
        recorded.length === entries.length &&
        recorded.every((entry: Json, index) => this.isSame(entry, entries[index] ?? null))
      );
    }
    if (!isObject(recorded) || !isObject(actual)) return recorded === actual;
    const names = Object.keys(recorded);
    return (
      names.length === Object.keys(actual).length &&
      names.every((name) => Object.hasOwn(actual, name) && this.isSame(recorded[name] ?? null, actual[name] ?? null))
    );
  }

  /** Whether one of two texts, as recorded and as the target has it, is a name or the part of one. */
  isName(recorded: string, actual: string): boolean {
    const isRecorded = this.#actual.has(recorded) || this.#parts.has(recorded);
    return isRecorded || this.#recorded.has(actual) || this.#actualParts.has(actual);
  }

  json(recorded: Json): Json {
    if (typeof recorded === 'string') return this.text(recorded);
    if (Array.isArray(recorded)) return recorded.map((entry: Json) => this.json(entry));
    return isObject(recorded) ? this.object(recorded) : recorded;
  }

  object(recorded: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(recorded).map(([name, value]) => [name, this.json(value)]));
  }
}
