import { expect, test } from 'vitest';
import { RefusalPauses } from './refusal-pauses.js';

/** A 429 to a login at 100, which asks to wait until 1100. */
function withRefusedLogin(isOfTarget = false): RefusalPauses {
  const pauses = new RefusalPauses(isOfTarget);
  pauses.refused('/login', 100, 1100);
  return pauses;
}

test('a path that was refused waits alone', () => {
  const pauses = withRefusedLogin();
  expect([pauses.notBefore('/login'), pauses.notBefore('/users')]).toEqual([1100, 0]);
});

test('all wait where another path is refused before any other got an answer', () => {
  const pauses = withRefusedLogin();
  pauses.refused('/users', 150, 1050);
  expect([pauses.notBefore('/users'), pauses.notBefore('/roles')]).toEqual([1100, 1100]);
});

test('two paths have limits of their own where another one got an answer in between', () => {
  const pauses = withRefusedLogin();
  pauses.answered('/users', 150);
  pauses.refused('/reset', 200, 60_200);
  pauses.answered('/users', 250);
  pauses.refused('/login', 1200, 2200);
  expect(['/login', '/reset', '/users'].map((path) => pauses.notBefore(path))).toEqual([2200, 60_200, 0]);
});

test('an answer to a request that was sent before the refusal says nothing', () => {
  const pauses = withRefusedLogin();
  pauses.answered('/users', 90);
  pauses.refused('/users', 150, 1050);
  expect(pauses.notBefore('/roles')).toBe(1100);
});

test('all wait where every limit is that of the target', () => {
  expect(withRefusedLogin(true).notBefore('/users')).toBe(1100);
});

test('the time that a path with a limit of its own waits is counted once for all of its requests', () => {
  const pauses = withRefusedLogin();
  expect(pauses.waitedUntil('/login', 150, 1150)).toBe(0);
  pauses.answered('/users', 150);
  for (const [now, until] of [
    [1200, 2200],
    [1300, 2200],
    [1700, 2700],
  ] as const)
    pauses.refused('/login', now, until);
  expect([pauses.waitedUntil('/login', 3000, 3500), pauses.waitedUntil('/users', 3000, 3500)]).toEqual([2000, 0]);
});
