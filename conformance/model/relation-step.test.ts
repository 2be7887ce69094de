import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Operation, Relation } from '../../contract/contract.js';
import {
  afterStep,
  boundSideIndices,
  isVain,
  type RelationOperations,
  type RelationStep,
  relationSteps,
  remainingSideIndex,
  remainingSideOf,
  resultsInAnyOrder,
  tuplesOfStep,
} from './relation-step.js';
import { noTuples, withTuples } from './tuple-set.js';

const relation: Relation = {
  name: 'seats',
  between: ['hall', 'row', 'guest'],
  shows: [],
  carries: [],
  limits: [],
  pointer: '/r',
};

function operation(kind: Effect['kind'], of: Readonly<Record<string, string>>): Operation {
  const effect: Effect = {
    kind,
    target: 'seats',
    on: 'relation',
    of,
    query: {},
    each: {},
    unknownSucceeds: [],
    consistency: 'immediate',
    pointer: '/e',
  };
  return {
    id: kind,
    method: 'POST',
    path: '/',
    route: '/',
    summary: '',
    description: '',
    tags: [],
    deprecated: false,
    parameters: [],
    responses: [],
    security: [],
    effect,
    pointer: '/o',
  };
}

const operations: RelationOperations = {
  relation,
  add: [operation('add', { hall: 'hall', row: 'row' }), operation('add', { hall: 'hall', guest: 'guest' })],
  remove: [operation('remove', { hall: 'hall', row: 'row' })],
  list: [],
  counts: [2, 2, 4],
};

describe('a step', () => {
  it('names the tuples of its path and its list, from either side', () => {
    expect(tuplesOfStep(operations, { kind: 'add', via: 0, fixed: [1, 0], many: [2, 3] })).toEqual([
      [1, 0, 2],
      [1, 0, 3],
    ]);
    expect(tuplesOfStep(operations, { kind: 'add', via: 1, fixed: [0, 3], many: [0, 1] })).toEqual([
      [0, 0, 3],
      [0, 1, 3],
    ]);
  });

  it('adds a tuple once and removes present ones', () => {
    const one: RelationStep = { kind: 'add', via: 0, fixed: [0, 0], many: [1] };
    const twice = afterStep(operations, afterStep(operations, noTuples, one), one);
    expect(twice.tuples).toEqual([[0, 0, 1]]);
    expect(afterStep(operations, twice, { kind: 'remove', via: 0, fixed: [0, 0], many: [1, 2] }).tuples).toEqual([]);
  });

  it('removes through an operation of its own kind', () => {
    const removing = { ...operations, remove: [operation('remove', { hall: 'hall', guest: 'guest' })] };
    expect(tuplesOfStep(removing, { kind: 'remove', via: 0, fixed: [1, 3], many: [0] })).toEqual([[1, 0, 3]]);
  });

  it('through an operation that is none binds nothing', () => {
    expect(tuplesOfStep(operations, { kind: 'add', via: 9, fixed: [], many: [1] })).toEqual([[1, 0, 0]]);
    expect(remainingSideOf(relation, undefined)).toBe('hall');
    expect(boundSideIndices(relation, undefined)).toEqual([]);
  });

  it('through a path that names every side varies the last one, one at a time', () => {
    const whole = operation('add', { hall: 'h', row: 'r', guest: 'g' });
    expect(remainingSideIndex(relation, whole.effect)).toBe(2);
    const paths = { ...operations, add: [whole], remove: [] };
    const steps = fc.sample(relationSteps(paths, { min: 2, max: 4 }), { numRuns: 30, seed: 1 }).flat();
    expect(steps.every(({ fixed, many }) => fixed.length === 2 && many.length === 1)).toBe(true);
    expect(new Set(steps.flatMap(({ many }) => many)).size).toBe(operations.counts[2]);
    expect(tuplesOfStep(paths, { kind: 'add', via: 0, fixed: [1, 0], many: [3] })).toEqual([[1, 0, 3]]);
  });

  it('is vain where it changes nothing', () => {
    const one: RelationStep = { kind: 'add', via: 0, fixed: [0, 0], many: [1] };
    const after = afterStep(operations, noTuples, one);
    const removal: RelationStep = { ...one, kind: 'remove' };
    expect([isVain(operations, noTuples, one), isVain(operations, after, one)]).toEqual([false, true]);
    expect([isVain(operations, noTuples, removal), isVain(operations, after, removal)]).toEqual([true, false]);
  });

  it('uses every operation, and adds more often than it removes', () => {
    const steps = fc.sample(relationSteps(operations, { min: 3, max: 8 }), { numRuns: 60, seed: 1 });
    expect(steps.every((sequence) => sequence.length >= 3 && sequence.length <= 8)).toBe(true);
    const kinds = steps.flat().map(({ kind, via }) => `${kind} ${via}`);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect(new Set(kinds)).toEqual(new Set(['add 0', 'add 1', 'remove 0']));
    expect(count('add 0') + count('add 1')).toBeGreaterThan(count('remove 0') * 2);
    expect(steps.flat().every(({ many }) => many.length >= 1 && new Set(many).size === many.length)).toBe(true);
    expect(new Set(steps.flat().flatMap(({ fixed }) => fixed))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('stays within the subjects of each side', () => {
    for (const steps of fc.sample(relationSteps(operations, { min: 1, max: 8 }), { numRuns: 50, seed: 1 })) {
      for (const tuple of steps.flatMap((step) => tuplesOfStep(operations, step))) {
        expect(tuple.every((index, side) => index < (operations.counts[side] ?? 0))).toBe(true);
      }
    }
  });
});

describe('parallel requests', () => {
  it('may take effect in any order', () => {
    const add: RelationStep = { kind: 'add', via: 0, fixed: [0, 0], many: [1] };
    const remove: RelationStep = { kind: 'remove', via: 0, fixed: [0, 0], many: [1] };
    const results = resultsInAnyOrder(operations, withTuples(noTuples, [[0, 0, 1]]), [add, remove]);
    expect(results.map(({ tuples }) => tuples)).toEqual([[], [[0, 0, 1]]]);
  });

  it('has one result for each order of them, in which each takes effect once', () => {
    const step = (many: readonly number[], kind: RelationStep['kind'] = 'add'): RelationStep => ({
      kind,
      via: 0,
      fixed: [0, 0],
      many,
    });
    const results = resultsInAnyOrder(operations, noTuples, [step([1]), step([2]), step([1, 2], 'remove')]);
    expect(results.map(({ tuples }) => tuples.map(([, , guest]) => guest).join())).toEqual([
      '',
      '2',
      '',
      '1',
      '1,2',
      '2,1',
    ]);
    expect(resultsInAnyOrder(operations, noTuples, [])).toEqual([noTuples]);
  });
});
