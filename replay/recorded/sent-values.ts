import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** Everything that requests in the contract sent for each entity, by its resource and recorded key. */
export class SentValues {
  readonly #values = new Map<string, Json>();

  of(resource: string, key: string): Json | undefined {
    return this.#values.get(nameOf(resource, key));
  }

  /** Adds a body: later values replace earlier ones, property by property. */
  record(resource: string, key: string, body: Json): void {
    const name = nameOf(resource, key);
    const earlier = this.#values.get(name);
    this.#values.set(name, earlier === undefined ? body : merged(earlier, body));
  }

  /**
   * Removes the values that a request outside the contract replaced. A target receives only the declared part of such a
   * request, so its values are not expected in answers.
   */
  forget(resource: string, key: string, body: Json): void {
    const name = nameOf(resource, key);
    const values = this.#values.get(name);
    if (isObject(values) && isObject(body)) this.#values.set(name, without(values, body));
  }
}

function nameOf(resource: string, key: string): string {
  return JSON.stringify([resource, key]);
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
