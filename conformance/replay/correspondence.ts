import type { Json, JsonObject } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';

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

  learn(recorded: string, actual: string): void {
    if (this.#actual.has(recorded)) return;
    this.#actual.set(recorded, actual);
    if (!this.#recorded.has(actual)) this.#recorded.set(actual, recorded);
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
    return recorded.replace(NAME, (name) => {
      if (name.length < SHORTEST_INSIDE_TEXT) return name;
      return this.#actual.get(name) ?? this.#parts(name);
    });
  }

  /** `auth0|abc` of which only `abc` is known. */
  #parts(name: string): string {
    if (!name.includes('|')) return name;
    return name
      .split('|')
      .map((part) => (part.length < SHORTEST_INSIDE_TEXT ? part : (this.#actual.get(part) ?? part)))
      .join('|');
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
