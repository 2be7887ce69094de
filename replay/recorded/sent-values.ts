import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject, ownProperty } from '../../contract/pointer.js';
import type { SchemaView } from '../judge/schema-view.js';

/** The recorded answer to a write, with its schema view. */
export interface WriteAnswer {
  readonly recorded: JsonObject;
  readonly view: SchemaView;
}

/** Everything that requests in the contract sent for each entity, by the name that `entityName` returns. */
export class SentValues {
  readonly #values = new Map<string, Json>();

  of(name: string): Json | undefined {
    return this.#values.get(name);
  }

  /**
   * Adds a body: later values replace earlier ones, property by property.
   *
   * @param answer - inside an object that the contract leaves free, only values that the answer repeats are expected in
   * later answers: the contract does not say what the service does with the others
   */
  record(name: string, body: Json, answer?: WriteAnswer): void {
    const earlier = this.#values.get(name);
    const sent = earlier === undefined ? body : merged(earlier, body);
    this.#values.set(name, answer === undefined ? sent : repeated(sent, body, answer.recorded, placeOf(answer)));
  }

  /** Forgets an entity: a key that a request gives may belong to a new one after the old one is deleted. */
  clear(name: string): void {
    this.#values.delete(name);
  }

  /**
   * Removes the values that a request outside the contract replaced. A target receives only the declared part of such a
   * request, so its values are not expected in answers.
   */
  forget(name: string, body: Json): void {
    const values = this.#values.get(name);
    if (isObject(values) && isObject(body)) this.#values.set(name, without(values, body));
  }
}

/**
 * A text for an entity. The key of a resource under a parent identifies it only together with the parent.
 *
 * @param sides - resource → recorded id, as the path of a request names it
 */
export function entityName(resource: Resource, key: string, sides: Readonly<Record<string, string>>): string {
  const parent = resource.under === undefined ? undefined : sides[resource.under.parent];
  return JSON.stringify(parent === undefined ? [resource.name, key] : [resource.name, key, parent]);
}

function merged(earlier: Json, later: Json): Json {
  if (!isObject(earlier) || !isObject(later)) return later;
  const replaced = Object.entries(later).map(([name, value]): [string, Json] => {
    const old = Object.hasOwn(earlier, name) ? earlier[name] : undefined;
    return [name, old === undefined ? value : merged(old, value)];
  });
  return { ...earlier, ...Object.fromEntries(replaced) };
}

function without(values: JsonObject, body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, Json][] => {
      const replacement = Object.hasOwn(body, name) ? body[name] : undefined;
      if (replacement === undefined) return [[name, value]];
      return isObject(value) && isObject(replacement) ? [[name, without(value, replacement)]] : [];
    }),
  );
}

/** What the contract says about a value. */
interface Place {
  /** Undefined inside a free object. */
  readonly view: SchemaView | undefined;
  /** Whether the value is inside an object that an update names, and so replaces or merges. */
  readonly nested: boolean;
  /** Whether updates merge this object, so that entries stay. */
  readonly merges: boolean;
}

function placeOf({ view }: WriteAnswer): Place {
  return { view, nested: false, merges: false };
}

/** The values sent so far without those that the answer to the last body contradicts where the contract leaves it open. */
function repeated(sent: Json, body: Json, answer: Json, place: Place): Json {
  if (Array.isArray(sent) && Array.isArray(body) && Array.isArray(answer) && place.view !== undefined) {
    const entries: readonly Json[] = body;
    const answered: readonly Json[] = answer;
    if (sent.length !== answered.length || entries.length !== answered.length) return sent;
    const inside = { view: place.view.items(), nested: true, merges: false };
    return sent.map((entry: Json, at) => repeated(entry, entries[at] ?? null, answered[at] ?? null, inside));
  }
  if (!isObject(sent) || !isObject(body) || !isObject(answer)) return sent;
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]): [string, Json][] => {
      const view = place.view?.property(name);
      const [asked, answered] = [ownProperty(body, name), ownProperty(answer, name)];
      // Whether an update that names an object keeps the entries that it omits is stated only for maps and merged objects.
      if (asked === undefined) {
        const isOpen = view !== undefined || place.view?.free !== false;
        return place.nested && isOpen && !place.merges && answered !== undefined ? [] : [[name, value]];
      }
      const isFree = view === undefined && place.view?.free !== false;
      const inside = { view, nested: true, merges: view?.merges === true };
      if (answered !== undefined && (!isFree || (isObject(value) && isObject(asked) && isObject(answered))))
        return [[name, repeated(value, asked, answered, inside)]];
      return isFree && !isDeepStrictEqual(asked, answered) ? [] : [[name, value]];
    }),
  );
}
