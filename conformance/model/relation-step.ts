import fc from 'fast-check';
import { boundSides } from '../../contract/bound-sides.js';
import type { Effect, Operation, Relation } from '../../contract/contract.js';
import { containsAny, type IndexTuple, type TupleSet, withoutTuples, withTuples } from './tuple-set.js';

/** One request of a sequence, as plain data, so that a seed and a path replay it. */
export interface RelationStep {
  readonly kind: 'add' | 'remove';
  /** Which of the operations of this kind: an index into `RelationOperations`. */
  readonly via: number;
  /** The subject of each other side that the path names, in the order of `between`: an index. */
  readonly fixed: readonly number[];
  /** The subjects of the remaining side: indices; one may occur twice. One where the path names every side. */
  readonly many: readonly number[];
}

/** A relation, the operations that change and list it, and how many subjects each side has. */
export interface RelationOperations {
  readonly relation: Relation;
  readonly add: readonly Operation[];
  readonly remove: readonly Operation[];
  readonly list: readonly Operation[];
  /** For each side, in the order of `between`. */
  readonly counts: readonly number[];
}

/** Random sequences of steps: mostly additions, through every operation of the relation. */
export function relationSteps(
  operations: RelationOperations,
  length: { readonly min: number; readonly max: number },
): fc.Arbitrary<readonly RelationStep[]> {
  const { add, remove } = operations;
  const choices = [
    ...add.map((operation, via) => ({ weight: 3, arbitrary: stepOf(operations, operation, { kind: 'add', via }) })),
    ...remove.map((operation, via) => ({
      weight: 2,
      arbitrary: stepOf(operations, operation, { kind: 'remove', via }),
    })),
  ];
  return fc.array(fc.oneof(...choices), { minLength: length.min, maxLength: length.max });
}

function stepOf(
  { relation, counts }: RelationOperations,
  { effect }: Operation,
  { kind, via }: Pick<RelationStep, 'kind' | 'via'>,
): fc.Arbitrary<RelationStep> {
  const subjectsOf = (side: number): number => counts[side] ?? 1;
  const rest = remainingSideIndex(relation, effect);
  const most = namesEverySide(relation, effect) ? 1 : subjectsOf(rest);
  return fc.record({
    kind: fc.constant(kind),
    via: fc.constant(via),
    fixed: fc.tuple(...fixedSideIndices(relation, effect).map((side) => fc.nat({ max: subjectsOf(side) - 1 }))),
    many: fc.uniqueArray(fc.nat({ max: subjectsOf(rest) - 1 }), { minLength: 1, maxLength: most }),
  });
}

/** The sides that an operation's path and query name, as indices into `between`. */
export function boundSideIndices({ between }: Relation, effect: Effect | undefined): readonly number[] {
  const bound = effect === undefined ? [] : boundSides(effect);
  return between.flatMap((name, side) => (bound.includes(name) ? [side] : []));
}

/** The side that the body or the listing names, else the last one, as an index into `between`. */
export function remainingSideIndex(relation: Relation, effect: Effect | undefined): number {
  const bound = boundSideIndices(relation, effect);
  const rest = relation.between.findIndex((_name, side) => !bound.includes(side));
  return rest === -1 ? relation.between.length - 1 : rest;
}

/** The sides that an operation's path and query name besides the remaining one, as indices into `between`. */
export function fixedSideIndices(relation: Relation, effect: Effect | undefined): readonly number[] {
  const rest = remainingSideIndex(relation, effect);
  return boundSideIndices(relation, effect).filter((side) => side !== rest);
}

/** Whether a path names one whole tuple. */
export function namesEverySide(relation: Relation, effect: Effect | undefined): boolean {
  return boundSideIndices(relation, effect).length === relation.between.length;
}

/** The side that the body or the listing names, else the last one. */
export function remainingSideOf(relation: Relation, effect: Effect | undefined): string {
  return relation.between[remainingSideIndex(relation, effect)] ?? '';
}

/** The tuples that a step adds or removes. */
export function tuplesOfStep({ relation, add, remove }: RelationOperations, step: RelationStep): readonly IndexTuple[] {
  const operation = (step.kind === 'add' ? add : remove)[step.via];
  const fixed = fixedSideIndices(relation, operation?.effect);
  const rest = remainingSideIndex(relation, operation?.effect);
  return step.many.map((index) =>
    relation.between.map((_name, side) => (side === rest ? index : (step.fixed[fixed.indexOf(side)] ?? 0))),
  );
}

/** The tuples of the relation after a step. */
export function afterStep(operations: RelationOperations, before: TupleSet, step: RelationStep): TupleSet {
  const tuples = tuplesOfStep(operations, step);
  return step.kind === 'add' ? withTuples(before, tuples) : withoutTuples(before, tuples);
}

/** Whether a step adds something that is there already, or removes something that is not. */
export function isVain(operations: RelationOperations, before: TupleSet, step: RelationStep): boolean {
  const tuples = tuplesOfStep(operations, step);
  return tuples.length === 0 || tuples.some((tuple) => containsAny(before, [tuple]) === (step.kind === 'add'));
}

/** The possible results of these steps, one for each order in which they may take effect. */
export function resultsInAnyOrder(
  operations: RelationOperations,
  before: TupleSet,
  steps: readonly RelationStep[],
): readonly TupleSet[] {
  return permutations(steps).map((order) => order.reduce((set, step) => afterStep(operations, set, step), before));
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
