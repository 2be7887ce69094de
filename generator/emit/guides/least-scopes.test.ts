import { expect, test } from 'vitest';
import type { Operation } from '../../../contract/contract.js';
import { leastScopes } from './least-scopes.js';

/** An operation that a token with any of these sets of scopes may call; a set with `?` is disputed. */
function operation(...alternatives: string[]): Operation {
  const security = alternatives.map((alternative) => ({
    scopes: alternative.replace('?', '').split(' '),
    disputed: alternative.endsWith('?'),
  }));
  return { security } as unknown as Operation;
}

test.each<{ name: string; operations: readonly Operation[]; want: readonly string[] }>([
  { name: 'no operation', operations: [], want: [] },
  { name: 'an operation that needs no token', operations: [operation()], want: [] },
  {
    name: 'the union of what is needed',
    operations: [operation('b'), operation('a'), operation('a')],
    want: ['a', 'b'],
  },
  { name: 'all scopes of an alternative', operations: [operation('a b')], want: ['a', 'b'] },
  { name: 'the alternative with fewer scopes', operations: [operation('a b', 'c')], want: ['c'] },
  { name: 'an alternative that is there already', operations: [operation('c', 'a'), operation('a')], want: ['a'] },
  { name: 'no disputed alternative beside another', operations: [operation('a?', 'b c')], want: ['b', 'c'] },
  { name: 'disputed alternatives alone', operations: [operation('a b?', 'c?')], want: ['c'] },
])('$name', ({ operations, want }) => {
  expect(leastScopes(operations)).toEqual(want);
});
