import type { Operation } from '../../../contract/contract.js';

/**
 * A small set of scopes that is sufficient for all operations. Operations with one alternative decide first; of several
 * alternatives, the one that adds the fewest scopes is taken. Disputed alternatives count only if there are no others.
 */
export function leastScopes(operations: readonly Operation[]): readonly string[] {
  const chosen = new Set<string>();
  const alternatives = operations
    .map(scopesOf)
    .filter((sets) => sets.length > 0)
    .sort((a, b) => a.length - b.length);
  for (const sets of alternatives) {
    const missing = sets.map((set) => set.filter((scope) => !chosen.has(scope)));
    const [fewest = []] = missing.sort((a, b) => a.length - b.length);
    for (const scope of fewest) chosen.add(scope);
  }
  return [...chosen].sort();
}

function scopesOf({ security }: Operation): readonly (readonly string[])[] {
  const sure = security.filter(({ disputed }) => !disputed);
  return (sure.length > 0 ? sure : security).map(({ scopes }) => scopes);
}
