import { describe, expect, it } from 'vitest';
import { indicesOf, noTuples, withoutTuples, withTuples } from './tuple-set.js';

describe('a set of tuples', () => {
  const some = withTuples(noTuples, [
    [0, 1],
    [0, 2],
    [1, 2],
  ]);

  it('contains each tuple once', () => {
    expect(
      withTuples(some, [
        [0, 1],
        [0, 1],
        [1, 1],
      ]).tuples,
    ).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 1],
    ]);
  });

  it('does not change when an absent tuple is removed', () => {
    expect(withoutTuples(some, [[1, 1]]).tuples).toEqual(some.tuples);
  });

  it('gives one side for fixed others', () => {
    expect(indicesOf(withoutTuples(some, [[0, 1]]), 1, new Map([[0, 0]]))).toEqual([2]);
    expect(indicesOf(some, 0, new Map([[1, 2]]))).toEqual([0, 1]);
  });
});
