import type { Json, JsonObject } from '../../contract/contract.js';
import type { Entity } from './entity.js';
import { nameOf } from './name-of.js';

/**
 * Finds an entity by a group of properties that are unique together. The values of an entity are its keys here: no text
 * is made for each entity, which would cost as much memory as its properties.
 */
export class UniqueIndex {
  readonly #first: string;
  readonly #others: readonly string[];
  readonly #optional: ReadonlySet<string>;
  /** The values of the other properties → the value of the first one → entity. */
  readonly #found = new Map<string, Map<string, Entity>>();

  /** @param optional - the properties that an entity of the group may lack */
  constructor([first = '', ...others]: readonly string[], optional: ReadonlySet<string>) {
    this.#first = first;
    this.#others = others;
    this.#optional = optional;
  }

  /** Whether the group is this property alone. */
  isOf(property: string): boolean {
    return this.#others.length === 0 && this.#first === property;
  }

  /** The entity whose only property of the group has this value. */
  at(value: string): Entity | undefined {
    return this.#found.get(NO_OTHERS)?.get(keyOf(value));
  }

  /** The entity with the same values in the group. Incomplete groups do not conflict, unless the property is optional. */
  get(properties: JsonObject): Entity | undefined {
    const others = this.#othersIn(properties);
    const first = this.#keyIn(properties, this.#first);
    return others === undefined || first === undefined ? undefined : this.#found.get(others)?.get(first);
  }

  set(entity: Entity): void {
    const others = this.#othersIn(entity.properties);
    const first = this.#keyIn(entity.properties, this.#first);
    if (others === undefined || first === undefined) return;
    const found = this.#found.get(others);
    if (found === undefined) this.#found.set(others, new Map([[first, entity]]));
    else found.set(first, entity);
  }

  delete(entity: Entity): void {
    const others = this.#othersIn(entity.properties);
    const first = this.#keyIn(entity.properties, this.#first);
    const found = others === undefined ? undefined : this.#found.get(others);
    if (others === undefined || first === undefined || found?.get(first) !== entity) return;
    found.delete(first);
    if (found.size === 0) this.#found.delete(others);
  }

  #othersIn(properties: JsonObject): string | undefined {
    const [second, ...more] = this.#others;
    if (second === undefined) return NO_OTHERS;
    if (more.length === 0) return this.#keyIn(properties, second);
    const keys = this.#others.map((property) => this.#keyIn(properties, property));
    return keys.includes(undefined) ? undefined : JSON.stringify(keys);
  }

  #keyIn(properties: JsonObject, property: string): string | undefined {
    const value = properties[property] ?? null;
    return value === null && !this.#optional.has(property) ? undefined : keyOf(value);
  }
}

const NO_OTHERS = '';

/** In front of every key that is not simply a name. */
const NOT_A_NAME = '\u0000';

/** A name as it is; every other value as JSON, so that `true` differs from `"true"`. */
function keyOf(value: Json): string {
  const name = nameOf(value);
  return name === undefined || name.startsWith(NOT_A_NAME) ? NOT_A_NAME + JSON.stringify(value) : name;
}
