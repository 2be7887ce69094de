import type { Operation } from '../../../contract/contract.js';
import { leastAlternatives } from '../../../contract/scopes/least-alternatives.js';
import { certainAlternatives } from '../../../contract/scopes/possible-alternatives.js';

/**
 * A small set of scopes that is sufficient for all operations. Disputed alternatives count only if there are no others.
 */
export function leastScopes(operations: readonly Operation[]): readonly string[] {
  const alternatives = operations.map(({ security }) => certainAlternatives(security));
  return [...new Set(leastAlternatives(alternatives).flat())].sort();
}
