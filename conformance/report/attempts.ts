import type { ScopeAttempt } from '../engine/coverage.js';

/** Scope attempts in an order that does not depend on the order of the run: by operation, then by scopes and outcome. */
export function inOrder(attempts: readonly ScopeAttempt[], operations: readonly string[]): readonly ScopeAttempt[] {
  const place = new Map(operations.map((operation, index) => [operation, index]));
  const keyed = attempts.map((attempt) => ({
    attempt,
    at: place.get(attempt.operation) ?? place.size,
    key: [...attempt.scopes, attempt.access, attempt.allowed].join(' '),
  }));
  return keyed
    .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ attempt }) => attempt);
}
