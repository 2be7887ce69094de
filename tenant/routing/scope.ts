import type { SecurityAlternative } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';

/** Lets in whoever has all scopes of one alternative; disputed ones let in too, as the official document says. */
export function checkScopes(
  security: readonly SecurityAlternative[],
  granted: ReadonlySet<string>,
): Refusal | undefined {
  if (security.some(({ scopes }) => scopes.every((scope) => granted.has(scope)))) return undefined;
  return missingScopes([...new Set(security.flatMap(({ scopes }) => scopes))]);
}

export function missingScopes(scopes: readonly string[]): Refusal {
  return new Refusal({ kind: 'scope' }, { scopes: scopes.join() }, `the token has none of: ${scopes.join(', ')}`);
}
