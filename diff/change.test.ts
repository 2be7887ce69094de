import { describe, expect, test } from 'vitest';
import { type ContractChange, isBreaking, mergeChanges } from './change.js';

const base: ContractChange = {
  kind: 'request-enum-values-removed',
  pointer: '/components/schemas/Thing/properties/kind/enum',
  what: 'enum of "kind" lost "a"',
  from: ['a', 'b'],
  to: ['b'],
  operations: ['things.create'],
};

describe('mergeChanges', () => {
  test('merges the same change and keeps every operation once', () => {
    const other = { ...base, operations: ['things.update', 'things.create'] };
    expect(mergeChanges([base, other])).toEqual([{ ...base, operations: ['things.create', 'things.update'] }]);
  });

  test.each<{ given: string; other: Partial<ContractChange> }>([
    { given: 'two kinds', other: { kind: 'request-enum-values-added' } },
    { given: 'two pointers', other: { pointer: '/components/schemas/Other/enum' } },
    { given: 'two old values', other: { from: ['c', 'b'] } },
    { given: 'two new values', other: { to: ['b', 'c'] } },
  ])('keeps changes at one place apart: $given', ({ other }) => {
    const changes = [base, { ...base, ...other }];
    expect(mergeChanges(changes)).toEqual(changes);
  });

  test('keeps the order of the first appearance', () => {
    const second = { ...base, pointer: '/b' };
    expect(mergeChanges([base, second, base]).map(({ pointer }) => pointer)).toEqual([base.pointer, '/b']);
  });
});

test.each([
  ['operation-removed', true],
  ['operation-added', false],
  ['operation-described', false],
] as const)('%s is breaking: %s', (kind, want) => {
  expect(isBreaking({ kind, pointer: '', what: '' })).toBe(want);
});
