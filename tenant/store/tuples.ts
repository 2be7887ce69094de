import type { JsonObject } from '../../contract/contract.js';
import type { Entity } from './entity.js';
import type { Ordered } from './sequence.js';
import { Sequence } from './sequence.js';

/** A tuple of a relation: an entity for each side, in the order of the relation's sides. */
export interface Tuple extends Ordered {
  readonly order: number;
  readonly members: readonly Entity[];
  /** The properties that the relation carries. A change replaces the object and never mutates it. */
  properties: JsonObject;
}

type IndexKey = string | number;

/** The tuples by the entities on certain sides. */
interface Index {
  readonly positions: readonly number[];
  readonly found: Map<IndexKey, Sequence<Tuple>>;
}

/** The tuples of one relation in the order in which they were added, indexed by sets of sides. */
export class Tuples {
  readonly #sides: readonly string[];
  readonly #all = new Map<IndexKey, Tuple>();
  /** A set of sides as a bit mask of positions → the index. */
  readonly #indexes = new Map<number, Index>();

  /** @param bindings the sets of sides to index; every single side is indexed too, for cascades */
  constructor(sides: readonly string[], bindings: readonly (readonly string[])[]) {
    this.#sides = sides;
    for (const binding of [...sides.map((side) => [side]), ...bindings]) {
      const positions = sides.flatMap((side, position) => (binding.includes(side) ? [position] : []));
      const bits = positions.reduce((all, position) => all | (1 << position), 0);
      if (positions.length < sides.length) this.#indexes.set(bits, { positions, found: new Map() });
    }
  }

  get size(): number {
    return this.#all.size;
  }

  /** All tuples, in their order. */
  all(): readonly Tuple[] {
    // Removed ones that were put back are at the end.
    return [...this.#all.values()].sort((one, other) => one.order - other.order);
  }

  get(members: readonly Entity[]): Tuple | undefined {
    return this.#all.get(keyOf(members));
  }

  /** The tuple with this key. */
  at(key: string): Tuple | undefined {
    return this.#all.get(key);
  }

  /** Adds a tuple, at the place of its order. */
  add(tuple: Tuple): void {
    this.#all.set(keyOf(tuple.members), tuple);
    for (const { positions, found } of this.#indexes.values()) {
      const key = keyAt(tuple.members, positions);
      const sequence = found.get(key);
      if (sequence !== undefined) sequence.insert(tuple);
      else found.set(key, sequenceOf(tuple));
    }
  }

  remove(tuple: Tuple): boolean {
    if (!this.#all.delete(keyOf(tuple.members))) return false;
    for (const { positions, found } of this.#indexes.values()) {
      const key = keyAt(tuple.members, positions);
      const sequence = found.get(key);
      sequence?.remove(tuple);
      if (sequence?.size === 0) found.delete(key);
    }
    return true;
  }

  /** The tuples with these entities on their sides, in order. */
  where(bound: ReadonlyMap<string, Entity>): Sequence<Tuple> {
    const members = this.#sides.map((side) => bound.get(side));
    const bits = members.reduce((all, member, position) => (member === undefined ? all : all | (1 << position)), 0);
    const index = this.#indexes.get(bits);
    if (index !== undefined) return index.found.get(keyAt(members, index.positions)) ?? sequenceOf(undefined);
    const whole = members.filter((member) => member !== undefined);
    return whole.length === members.length ? sequenceOf(this.get(whole)) : this.#scan(members);
  }

  /** For a set of sides without an index. */
  #scan(members: readonly (Entity | undefined)[]): Sequence<Tuple> {
    const matching = new Sequence<Tuple>();
    for (const tuple of this.#all.values()) {
      const fits = members.every((member, position) => member === undefined || tuple.members[position] === member);
      if (fits) matching.append(tuple);
    }
    return matching;
  }
}

function sequenceOf(tuple: Tuple | undefined): Sequence<Tuple> {
  const sequence = new Sequence<Tuple>();
  if (tuple !== undefined) sequence.append(tuple);
  return sequence;
}

/** Identifies a tuple in its relation: the orders of its members. */
export function keyOf(members: readonly Entity[]): string {
  return members.map((member) => member.order).join();
}

function keyAt(members: readonly (Entity | undefined)[], positions: readonly number[]): IndexKey {
  if (positions.length === 1) return orderAt(members, positions[0]);
  return positions.map((position) => orderAt(members, position)).join();
}

/** -1 matches no entity: their order starts at 1. */
function orderAt(members: readonly (Entity | undefined)[], position: number | undefined): number {
  return (position === undefined ? undefined : members[position]?.order) ?? -1;
}
