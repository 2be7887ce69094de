/** A tuple of a relation: for each side, in the order of `between`, the index of its subject in a cast. */
export type Tuple = readonly number[];

/**
 * The plain model of a relation: a set of tuples. Adding what is there and removing what is not changes nothing. A
 * value: every change makes another one.
 */
export interface TupleSet {
  readonly tuples: readonly Tuple[];
}

export const noTuples: TupleSet = { tuples: [] };

export function withTuples({ tuples }: TupleSet, added: readonly Tuple[]): TupleSet {
  const fresh = distinct(added).filter((tuple) => !tuples.some((other) => isSame(other, tuple)));
  return { tuples: [...tuples, ...fresh] };
}

export function withoutTuples({ tuples }: TupleSet, removed: readonly Tuple[]): TupleSet {
  return { tuples: tuples.filter((tuple) => !removed.some((other) => isSame(other, tuple))) };
}

/** Whether any of these tuples is in the set. */
export function holdsAny({ tuples }: TupleSet, some: readonly Tuple[]): boolean {
  return some.some((tuple) => tuples.some((other) => isSame(other, tuple)));
}

/** The indices on one side, of all tuples that have these indices on other sides; sorted, each once. */
export function indicesOf({ tuples }: TupleSet, side: number, fixed: ReadonlyMap<number, number>): readonly number[] {
  const matching = tuples.filter((tuple) => [...fixed].every(([other, index]) => tuple[other] === index));
  return [...new Set(matching.map((tuple) => tuple[side] ?? 0))].sort((one, other) => one - other);
}

function isSame(one: Tuple, other: Tuple): boolean {
  return one.length === other.length && one.every((index, side) => index === other[side]);
}

function distinct(tuples: readonly Tuple[]): readonly Tuple[] {
  return tuples.filter((tuple, index) => tuples.findIndex((other) => isSame(tuple, other)) === index);
}
