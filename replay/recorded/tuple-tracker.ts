import type { Relation } from '../../contract/contract.js';
import { type RecordedTuple, tuplesOf } from './references.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, isSuccess, type RoutedStep } from './step.js';

/** The tuples that a recording has added and not removed. */
export class TupleTracker {
  readonly #known: ReplayContract;
  readonly #tuples = new Map<string, Map<string, RecordedTuple>>();

  constructor(known: ReplayContract) {
    this.#known = known;
  }

  add(tuple: RecordedTuple): void {
    const tuples = this.#tuples.get(tuple.relation) ?? new Map<string, RecordedTuple>();
    this.#tuples.set(tuple.relation, tuples);
    tuples.set(tupleText(tuple), tuple);
  }

  has(tuple: RecordedTuple): boolean {
    return this.#tuples.get(tuple.relation)?.has(tupleText(tuple)) ?? false;
  }

  /** How many tuples of a relation have these sides. */
  count(relation: string, sides: Readonly<Record<string, string>>): number {
    const tuples = [...(this.#tuples.get(relation)?.values() ?? [])];
    return tuples.filter((tuple) => Object.entries(sides).every(([side, id]) => tuple.sides[side] === id)).length;
  }

  /** Applies the effect of a successful request. */
  apply(step: RoutedStep): void {
    const effect = effectOf(step);
    if (effect === undefined || !isSuccess(step)) return;
    if (effect.kind === 'add' || effect.kind === 'remove') {
      for (const tuple of tuplesOf(this.#known, step, 'add')) this.add(tuple);
      for (const tuple of tuplesOf(this.#known, step, 'remove'))
        this.#tuples.get(tuple.relation)?.delete(tupleText(tuple));
    }
    if (effect.kind === 'delete') {
      const id = Object.values(effect.of).map((parameter) => step.match.path[parameter])[0];
      if (id !== undefined) this.#forget(effect.target, id);
    }
  }

  /** Whether other relations imply a tuple, such as a permission that a user has through a role. */
  isImplied({ relation, sides }: RecordedTuple): boolean {
    const { relations } = this.#known.contract;
    return (relations.get(relation)?.shows ?? []).some((chain) => {
      const links = chain.flatMap((name) => relations.get(name) ?? []);
      return this.#reaches(links, sides);
    });
  }

  /** Whether there is one tuple of each relation so that all agree with each other and with these sides. */
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

/** A canonical text of a tuple, for comparison. */
export function tupleText({ relation, sides }: RecordedTuple): string {
  return JSON.stringify([relation, ...Object.entries(sides).sort(([left], [right]) => (left < right ? -1 : 1))]);
}
