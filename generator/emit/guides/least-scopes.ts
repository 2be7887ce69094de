import type { Operation } from '../../../contract/contract.js';

/** The sets of scopes each of which gives access to an operation. */
export type ScopeAlternatives = readonly (readonly string[])[];

/**
 * A small set of scopes that is sufficient for all operations. Disputed alternatives count only if there are no others.
 */
export function leastScopes(operations: readonly Operation[]): readonly string[] {
  return fewestScopes(operations.map(alternativesOf));
}

export function alternativesOf({ security }: Operation): ScopeAlternatives {
  const sure = security.filter(({ disputed }) => !disputed);
  return (sure.length > 0 ? sure : security).map(({ scopes }) => scopes);
}

/**
 * A small set of scopes that has one alternative of each operation. Operations with one alternative decide first; of
 * several alternatives, the one that adds the fewest scopes is taken. Runs in the browser as its own text, so it uses
 * nothing but its arguments.
 */
export function fewestScopes(operations: readonly ScopeAlternatives[]): readonly string[] {
  const chosen = new Set<string>();
  const ordered = operations.filter((sets) => sets.length > 0).sort((a, b) => a.length - b.length);
  for (const sets of ordered) {
    const missing = sets.map((set) => set.filter((scope) => !chosen.has(scope)));
    const [fewest = []] = missing.sort((a, b) => a.length - b.length);
    for (const scope of fewest) chosen.add(scope);
  }
  return [...chosen].sort();
}
