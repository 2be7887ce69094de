import type { SecurityAlternative } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';

/** Requires all scopes of one alternative. Disputed alternatives count too, as in the official document. */
export function checkScopes(
  security: readonly SecurityAlternative[],
  granted: ReadonlySet<string>,
): Refusal | undefined {
  if (security.some(({ scopes }) => scopes.every((scope) => granted.has(scope)))) return undefined;
  return missingScopes([...new Set(security.flatMap(({ scopes }) => scopes))]);
}

export function missingScopes(scopes: readonly string[]): Refusal {
  return new Refusal({ kind: 'scope' }, { scopes: scopes.join() }, `required scopes: ${scopes.join(', ')}`);
}
