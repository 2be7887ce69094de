import type { Relation } from '../../contract/contract.js';
import { type Tuple, tuplesOf } from './naming.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, isSuccess, type KnownStep } from './step.js';

/** Which tuples a recording itself has put into relations, and not taken out again. */
export class TupleLedger {
  readonly #known: ReplayContract;
  readonly #tuples = new Map<string, Map<string, Tuple>>();

  constructor(known: ReplayContract) {
    this.#known = known;
  }

  add(tuple: Tuple): void {
    const tuples = this.#tuples.get(tuple.relation) ?? new Map<string, Tuple>();
    this.#tuples.set(tuple.relation, tuples);
    tuples.set(tupleText(tuple), tuple);
  }

  has(tuple: Tuple): boolean {
    return this.#tuples.get(tuple.relation)?.has(tupleText(tuple)) ?? false;
  }

  /** How many tuples of a relation have these sides. */
  count(relation: string, sides: Readonly<Record<string, string>>): number {
    const tuples = [...(this.#tuples.get(relation)?.values() ?? [])];
    return tuples.filter((tuple) => Object.entries(sides).every(([side, id]) => tuple.sides[side] === id)).length;
  }

  /** Follows what a successful request did. */
  apply(step: KnownStep): void {
    const effect = effectOf(step);
    if (effect === undefined || !isSuccess(step)) return;
    if (effect.kind === 'add') for (const tuple of tuplesOf(this.#known, step)) this.add(tuple);
    if (effect.kind === 'remove') {
      for (const tuple of tuplesOf(this.#known, step)) this.#tuples.get(tuple.relation)?.delete(tupleText(tuple));
    }
    if (effect.kind === 'delete') {
      const id = Object.values(effect.of).map((parameter) => step.match.path[parameter])[0];
      if (id !== undefined) this.#forget(effect.target, id);
    }
  }

  /** Whether a listing may show a tuple because of other relations: what a role may, its users may. */
  follows({ relation, sides }: Tuple): boolean {
    const { relations } = this.#known.contract;
    return (relations.get(relation)?.shows ?? []).some((chain) => {
      const links = chain.flatMap((name) => relations.get(name) ?? []);
      return this.#reaches(links, sides);
    });
  }

  /** Whether tuples of these relations, one of each, agree with each other and with these sides. */
  #reaches(links: readonly Relation[], sides: Readonly<Record<string, string>>): boolean {
    const [link, ...rest] = links;
    if (link === undefined) return true;
    for (const tuple of this.#tuples.get(link.name)?.values() ?? []) {
      const agrees = link.between.every((side) => sides[side] === undefined || sides[side] === tuple.sides[side]);
      if (agrees && this.#reaches(rest, { ...sides, ...tuple.sides })) return true;
    }
    return false;
  }

  #forget(resource: string, id: string): void {
    for (const tuples of this.#tuples.values()) {
      for (const [text, tuple] of tuples) if (tuple.sides[resource] === id) tuples.delete(text);
    }
  }
}

/** A tuple as one text, fit to compare. */
export function tupleText({ relation, sides }: Tuple): string {
  return JSON.stringify([relation, ...Object.entries(sides).sort(([left], [right]) => (left < right ? -1 : 1))]);
}
