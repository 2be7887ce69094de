import type { Operation } from '../../contract/contract.js';
import { accessWith } from '../lookup/access.js';

/** The scopes that a token lacks for an operation, of the alternative that it lacks fewest of; empty: none. */
export function lackingScopes({ security }: Operation, held: readonly string[]): readonly string[] {
  const own = new Set(held);
  if (security.length === 0 || accessWith(security, own) !== 'refused') return [];
  const lacking = security.map(({ scopes }) => scopes.filter((scope) => !own.has(scope)));
  return lacking.sort((one, other) => one.length - other.length)[0] ?? [];
}
