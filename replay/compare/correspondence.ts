import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { withoutParents } from '../recorded/numbered-text.js';

/** Shorter values inside a text may match by chance. */
const SHORTEST_INSIDE_TEXT = 8;

/** Candidates for ids inside a text: with a provider prefix or without. */
const NAME = /[A-Za-z0-9_=-]+(?:\|[A-Za-z0-9_=.-]+)*/g;

/**
 * Maps recorded values to values of the target: ids, cursors, times. Unknown recorded values map to themselves.
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
    const [outside, other] = [withoutParents(recorded), withoutParents(actual)];
    if (outside !== undefined && other !== undefined) this.learn(outside, other);
  }

  /** Forgets an id, because the service gave it to a new item after the old one was deleted. */
  forget(recorded: string): void {
    const actual = this.#actual.get(recorded);
    this.#actual.delete(recorded);
    if (actual !== undefined && this.#recorded.get(actual) === recorded) this.#recorded.delete(actual);
    const outside = withoutParents(recorded);
    if (outside !== undefined) this.forget(outside);
  }

  /**
   * Learns the part of an id after its prefix, which can also appear alone. Because the same word can appear by chance,
   * it is never replaced in requests, and in answers both values are accepted.
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

  /** A recorded text with its ids replaced by the target's: the whole text or ids inside it. */
  text(recorded: string): string {
    const whole = this.#actual.get(recorded);
    if (whole !== undefined || this.#actual.size === 0) return whole ?? recorded;
    if (recorded.length < SHORTEST_INSIDE_TEXT) return recorded;
    return recorded.replace(NAME, (name) =>
      name.length < SHORTEST_INSIDE_TEXT ? name : (this.#actual.get(name) ?? name),
    );
  }

  /** Whether a value of the target equals a recorded one after mapping. */
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

  /** Whether the recorded or the actual text is an id or a part of one. */
  isId(recorded: string, actual: string): boolean {
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
