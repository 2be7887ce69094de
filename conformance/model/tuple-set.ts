/** A tuple of the model: for each side, in the order of `between`, the index of its subject. */
export type IndexTuple = readonly number[];

/**
 * The model of a relation: a set of tuples. Adding a present tuple and removing an absent one change nothing. Immutable:
 * every change returns a new set.
 */
export interface TupleSet {
  readonly tuples: readonly IndexTuple[];
}

export const noTuples: TupleSet = { tuples: [] };

export function withTuples({ tuples }: TupleSet, added: readonly IndexTuple[]): TupleSet {
  const fresh = distinct(added).filter((tuple) => !tuples.some((other) => isSame(other, tuple)));
  return { tuples: [...tuples, ...fresh] };
}

export function withoutTuples({ tuples }: TupleSet, removed: readonly IndexTuple[]): TupleSet {
  return { tuples: tuples.filter((tuple) => !removed.some((other) => isSame(other, tuple))) };
}

/** Whether the set contains any of these tuples. */
export function containsAny({ tuples }: TupleSet, some: readonly IndexTuple[]): boolean {
  return some.some((tuple) => tuples.some((other) => isSame(other, tuple)));
}

/** The indices on one side of all tuples that have these indices on other sides; sorted, without repeats. */
export function indicesOf({ tuples }: TupleSet, side: number, fixed: ReadonlyMap<number, number>): readonly number[] {
  const matching = tuples.filter((tuple) => [...fixed].every(([other, index]) => tuple[other] === index));
  return [...new Set(matching.map((tuple) => tuple[side] ?? 0))].sort((one, other) => one - other);
}

function isSame(one: IndexTuple, other: IndexTuple): boolean {
  return one.length === other.length && one.every((index, side) => index === other[side]);
}

function distinct(tuples: readonly IndexTuple[]): readonly IndexTuple[] {
  return tuples.filter((tuple, index) => tuples.findIndex((other) => isSame(tuple, other)) === index);
}
