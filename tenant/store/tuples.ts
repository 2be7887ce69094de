import type { Entity } from './entity.js';
import type { Ordered } from './sequence.js';
import { Sequence } from './sequence.js';

/** One member of a relation: an entity for each side, in the relation's order of sides. */
export interface Tuple extends Ordered {
  readonly order: number;
  readonly members: readonly Entity[];
}

type IndexKey = string | number;

/**
 * The tuples of one relation, in the order in which they were added, found by any set of sides that was asked for when
 * the table was made. Membership is one look-up.
 */
export class Tuples {
  readonly #sides: readonly string[];
  readonly #all = new Map<IndexKey, Tuple>();
  /** One index a set of sides that somebody binds; the positions of the sides, and what was found by them. */
  readonly #indexes: readonly {
    readonly positions: readonly number[];
    readonly found: Map<IndexKey, Sequence<Tuple>>;
  }[];

  /** @param bindings sets of sides; each single side is indexed in any case, for cascades */
  constructor(sides: readonly string[], bindings: readonly (readonly string[])[]) {
    this.#sides = sides;
    const sets = new Map<string, readonly number[]>();
    for (const binding of [...sides.map((side) => [side]), ...bindings]) {
      const positions = this.#positionsOf(binding);
      if (positions.length < sides.length) sets.set(positions.join(), positions);
    }
    this.#indexes = [...sets.values()].map((positions) => ({ positions, found: new Map() }));
  }

  get size(): number {
    return this.#all.size;
  }

  get(members: readonly Entity[]): Tuple | undefined {
    return this.#all.get(keyOf(members));
  }

  add(tuple: Tuple): void {
    this.#all.set(keyOf(tuple.members), tuple);
    for (const { positions, found } of this.#indexes) {
      const key = keyAt(tuple.members, positions);
      const sequence = found.get(key);
      if (sequence !== undefined) sequence.append(tuple);
      else {
        const first = new Sequence<Tuple>();
        first.append(tuple);
        found.set(key, first);
      }
    }
  }

  remove(tuple: Tuple): boolean {
    if (!this.#all.delete(keyOf(tuple.members))) return false;
    for (const { positions, found } of this.#indexes) {
      const key = keyAt(tuple.members, positions);
      const sequence = found.get(key);
      sequence?.remove(tuple);
      if (sequence?.size === 0) found.delete(key);
    }
    return true;
  }

  /** The tuples that have these entities on their sides, in order. */
  where(bound: ReadonlyMap<string, Entity>): Sequence<Tuple> {
    const sides = this.#sides.filter((side) => bound.has(side));
    const positions = this.#positionsOf(sides);
    const index = this.#indexes.find((each) => each.positions.join() === positions.join());
    const members = this.#sides.map((side) => bound.get(side));
    if (members.every((member) => member !== undefined)) return sequenceOf(this.get(members));
    if (index !== undefined) {
      const found = index.found.get(
        positions.length === 1 ? orderAt(members, positions[0]) : keyAt(members, positions),
      );
      return found ?? new Sequence<Tuple>();
    }
    return this.#scan(positions, members);
  }

  /** For a set of sides that nobody asked for beforehand, or for none. */
  #scan(positions: readonly number[], members: readonly (Entity | undefined)[]): Sequence<Tuple> {
    const matching = new Sequence<Tuple>();
    for (const tuple of this.#all.values()) {
      if (positions.every((position) => tuple.members[position] === members[position])) matching.append(tuple);
    }
    return matching;
  }

  #positionsOf(sides: readonly string[]): readonly number[] {
    return this.#sides.flatMap((side, position) => (sides.includes(side) ? [position] : []));
  }
}

function sequenceOf(tuple: Tuple | undefined): Sequence<Tuple> {
  const sequence = new Sequence<Tuple>();
  if (tuple !== undefined) sequence.append(tuple);
  return sequence;
}

function keyOf(members: readonly Entity[]): string {
  return members.map((member) => member.order).join();
}

function keyAt(members: readonly (Entity | undefined)[], positions: readonly number[]): IndexKey {
  if (positions.length === 1) return orderAt(members, positions[0]);
  return positions.map((position) => orderAt(members, position)).join();
}

/** Entities count from 1, so that -1 is found nowhere. */
function orderAt(members: readonly (Entity | undefined)[], position: number | undefined): number {
  return (position === undefined ? undefined : members[position]?.order) ?? -1;
}
