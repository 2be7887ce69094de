import { expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { mergedStates } from './imported-state.js';

const [ADA, BOB] = [{ name: 'ada' }, { name: 'bob' }];

test.each<{ first: unknown; second: Json; want: unknown }>([
  { first: undefined, second: { users: [ADA] }, want: { users: [ADA] } },
  { first: { users: [ADA] }, second: { users: [BOB], roles: [] }, want: { users: [ADA, BOB], roles: [] } },
  { first: { users: [ADA] }, second: {}, want: { users: [ADA] } },
  // Loading says what is wrong with these.
  { first: { users: 7 }, second: { users: [BOB] }, want: { users: 7 } },
  { first: { users: [ADA] }, second: { users: 7 }, want: { users: [ADA] } },
  { first: [ADA], second: { users: [BOB] }, want: [ADA] },
  { first: 'x', second: {}, want: 'x' },
])('$first with $second', ({ first, second, want }) => {
  expect(mergedStates(first, second)).toEqual(want);
});
