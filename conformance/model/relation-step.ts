import fc from 'fast-check';
import type { Effect, Operation, Relation } from '../../contract/contract.js';
import { type Tuple, type TupleSet, withoutTuples, withTuples } from './tuple-set.js';

/** One request of a sequence, as plain data, so that a seed and a path replay it. */
export interface RelationStep {
  readonly act: 'add' | 'remove';
  /** Which of the operations with this effect: an index into `RelationActs`. */
  readonly via: number;
  /** For each side that the path names, in the order of `between`, an index into the cast. */
  readonly fixed: readonly number[];
  /** For the remaining side, indices into the cast; one may stand there twice. */
  readonly many: readonly number[];
}

/** The operations by which a relation is changed, and how many subjects each of its sides has. */
export interface RelationActs {
  readonly relation: Relation;
  readonly add: readonly Operation[];
  readonly remove: readonly Operation[];
  /** For each side, in the order of `between`. */
  readonly cast: readonly number[];
}

/** Random sequences of steps: mostly additions, through every operation that the relation has. */
export function relationSteps(
  acts: RelationActs,
  length: { readonly min: number; readonly max: number },
): fc.Arbitrary<readonly RelationStep[]> {
  const kinds: readonly { readonly weight: number; readonly act: 'add' | 'remove'; readonly via: number }[] = [
    ...acts.add.map((_operation, via) => ({ weight: 3, act: 'add' as const, via })),
    ...acts.remove.map((_operation, via) => ({ weight: 2, act: 'remove' as const, via })),
  ];
  const step = fc.oneof(
    ...kinds.map(({ weight, act, via }) => {
      const operation = acts[act][via];
      const bound = boundSides(acts.relation, operation?.effect);
      const rest = remainingSide(acts.relation, operation?.effect);
      return {
        weight,
        arbitrary: fc.record({
          act: fc.constant(act),
          via: fc.constant(via),
          fixed: fc.tuple(...bound.map((side) => fc.nat({ max: (acts.cast[side] ?? 1) - 1 }))),
          many: fc.uniqueArray(fc.nat({ max: (acts.cast[rest] ?? 1) - 1 }), {
            minLength: 1,
            maxLength: acts.cast[rest] ?? 1,
          }),
        }),
      };
    }),
  );
  return fc.array(step, { minLength: length.min, maxLength: length.max });
}

/** The sides that an operation's path names, as indices into `between`. */
export function boundSides({ between }: Relation, effect: Effect | undefined): readonly number[] {
  return between.flatMap((name, side) => (effect !== undefined && name in effect.of ? [side] : []));
}

/** The side that the body (or the listing) names, as an index into `between`. */
export function remainingSide({ between }: Relation, effect: Effect | undefined): number {
  const rest = between.findIndex((name) => effect === undefined || !(name in effect.of));
  return rest === -1 ? 0 : rest;
}

/** The tuples that a step names. */
export function tuplesOf({ relation, add, remove }: RelationActs, step: RelationStep): readonly Tuple[] {
  const operation = (step.act === 'add' ? add : remove)[step.via];
  const bound = boundSides(relation, operation?.effect);
  const rest = remainingSide(relation, operation?.effect);
  return step.many.map((index) =>
    relation.between.map((_name, side) => (side === rest ? index : (step.fixed[bound.indexOf(side)] ?? 0))),
  );
}

/** What the relation holds after a step. */
export function afterStep(acts: RelationActs, before: TupleSet, step: RelationStep): TupleSet {
  const tuples = tuplesOf(acts, step);
  return step.act === 'add' ? withTuples(before, tuples) : withoutTuples(before, tuples);
}

/** Everything that a relation may hold when these steps are taken in some order. */
export function outcomesInSomeOrder(
  acts: RelationActs,
  before: TupleSet,
  steps: readonly RelationStep[],
): readonly TupleSet[] {
  return permutations(steps).map((order) => order.reduce((set, step) => afterStep(acts, set, step), before));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
