import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Operation, Relation } from '../../contract/contract.js';
import {
  afterStep,
  outcomesInSomeOrder,
  type RelationActs,
  type RelationStep,
  relationSteps,
  tuplesOf,
} from './relation-step.js';
import { noTuples, withTuples } from './tuple-set.js';

const relation: Relation = { name: 'seats', between: ['hall', 'row', 'guest'], shows: [], limits: [], pointer: '/r' };

function operation(kind: Effect['kind'], of: Readonly<Record<string, string>>): Operation {
  const effect: Effect = {
    kind,
    target: 'seats',
    on: 'relation',
    of,
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

const acts: RelationActs = {
  relation,
  add: [operation('add', { hall: 'hall', row: 'row' }), operation('add', { hall: 'hall', guest: 'guest' })],
  remove: [operation('remove', { hall: 'hall', row: 'row' })],
  cast: [2, 2, 4],
};

describe('a step', () => {
  it('names the tuples of its path and its list, from either side', () => {
    expect(tuplesOf(acts, { act: 'add', via: 0, fixed: [1, 0], many: [2, 3] })).toEqual([
      [1, 0, 2],
      [1, 0, 3],
    ]);
    expect(tuplesOf(acts, { act: 'add', via: 1, fixed: [0, 3], many: [0, 1] })).toEqual([
      [0, 0, 3],
      [0, 1, 3],
    ]);
  });

  it('adds once and removes what is there', () => {
    const one: RelationStep = { act: 'add', via: 0, fixed: [0, 0], many: [1] };
    const twice = afterStep(acts, afterStep(acts, noTuples, one), one);
    expect(twice.tuples).toEqual([[0, 0, 1]]);
    expect(afterStep(acts, twice, { act: 'remove', via: 0, fixed: [0, 0], many: [1, 2] }).tuples).toEqual([]);
  });

  it('stays within the cast', () => {
    for (const steps of fc.sample(relationSteps(acts, { min: 1, max: 8 }), { numRuns: 50, seed: 1 })) {
      for (const tuple of steps.flatMap((step) => tuplesOf(acts, step))) {
        expect(tuple.every((index, side) => index < (acts.cast[side] ?? 0))).toBe(true);
      }
    }
  });
});

describe('requests at once', () => {
  it('may end as any order of them would', () => {
    const add: RelationStep = { act: 'add', via: 0, fixed: [0, 0], many: [1] };
    const remove: RelationStep = { act: 'remove', via: 0, fixed: [0, 0], many: [1] };
    const outcomes = outcomesInSomeOrder(acts, withTuples(noTuples, [[0, 0, 1]]), [add, remove]);
    expect(outcomes.map(({ tuples }) => tuples)).toEqual([[], [[0, 0, 1]]]);
  });
});
