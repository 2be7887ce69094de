import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Operation, Relation } from '../../contract/contract.js';
import {
  afterStep,
  type RelationOperations,
  type RelationStep,
  relationSteps,
  resultsInAnyOrder,
  tuplesOfStep,
} from './relation-step.js';
import { noTuples, withTuples } from './tuple-set.js';

const relation: Relation = { name: 'seats', between: ['hall', 'row', 'guest'], shows: [], limits: [], pointer: '/r' };

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
});
