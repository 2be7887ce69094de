import { describe, expect, it } from 'vitest';
import { containsAny, indicesOf, noTuples, withoutTuples, withTuples } from './tuple-set.js';

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

  it('contains a tuple once that is added twice', () => {
    const twice = withTuples(some, [
      [3, 3],
      [4, 4],
      [3, 3],
    ]);
    expect(twice.tuples.slice(some.tuples.length)).toEqual([
      [3, 3],
      [4, 4],
    ]);
  });

  it('does not change when an absent tuple is removed', () => {
    expect(withoutTuples(some, [[1, 1]]).tuples).toEqual(some.tuples);
  });

  it('gives one side for fixed others', () => {
    expect(indicesOf(withoutTuples(some, [[0, 1]]), 1, new Map([[0, 0]]))).toEqual([2]);
    expect(indicesOf(some, 0, new Map([[1, 2]]))).toEqual([0, 1]);
  });

  it('contains tuples of the same length and the same indices only', () => {
    expect(containsAny(some, [[0, 1]])).toBe(true);
    expect(
      containsAny(some, [
        [5, 5],
        [1, 2],
      ]),
    ).toBe(true);
    expect(containsAny(some, [[0, 1, 2], [0], [1, 0], [2, 1]])).toBe(false);
    expect(containsAny(some, [])).toBe(false);
    expect(containsAny(noTuples, [[0, 1]])).toBe(false);
  });

  it('takes only tuples that have all fixed indices, sorts what is left, and shows each index once', () => {
    const seats = withTuples(noTuples, [
      [0, 1, 12],
      [0, 1, 9],
      [0, 2, 7],
      [1, 1, 9],
      [0, 0, 12],
    ]);
    expect(
      indicesOf(
        seats,
        2,
        new Map([
          [0, 0],
          [1, 1],
        ]),
      ),
    ).toEqual([9, 12]);
    expect(indicesOf(seats, 2, new Map([[0, 0]]))).toEqual([7, 9, 12]);
    expect(indicesOf(seats, 2, new Map())).toEqual([7, 9, 12]);
    expect(indicesOf(seats, 2, new Map([[1, 5]]))).toEqual([]);
  });
});
