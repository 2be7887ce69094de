import fc from 'fast-check';
import type { SecurityAlternative } from '../../contract/contract.js';

/** How a set of scopes relates to an operation's alternatives, for reports. */
export type ScopeSetKind = 'exact' | 'one missing' | 'union' | 'unrelated' | 'empty' | 'random' | 'all but';

export interface ScopeSet {
  readonly kind: ScopeSetKind;
  /** Sorted, each once. */
  readonly scopes: readonly string[];
}

/** The sets at the boundary of an operation's alternatives: each exactly, each with one scope missing, all others. */
export function boundaryScopeSets(
  security: readonly SecurityAlternative[],
  universe: readonly string[],
): readonly ScopeSet[] {
  const named = security.flatMap((alternative) => alternative.scopes);
  const others = universe.filter((scope) => !named.includes(scope));
  const sets: readonly ScopeSet[] = [
    ...security.map((alternative) => set('exact', alternative.scopes)),
    ...security.flatMap((alternative) =>
      alternative.scopes.map((missing) =>
        set(
          'one missing',
          alternative.scopes.filter((scope) => scope !== missing),
        ),
      ),
    ),
    set('union', named),
    ...named.map((missing) =>
      set(
        'all but',
        universe.filter((scope) => scope !== missing),
      ),
    ),
    set('unrelated', others),
    set('empty', []),
  ];
  return distinct(sets);
}

/**
 * A random one of these sets: the boundary sets, where tokens cost nothing, and random halves of all scopes, which a whole
 * run shares because tokens are metered at real tenants.
 */
export function scopeSets(
  telling: readonly ScopeSet[],
  halves: readonly (readonly string[])[],
): fc.Arbitrary<ScopeSet> {
  return fc.constantFrom(...telling, ...halves.map((scopes) => set('random', scopes)));
}

function set(kind: ScopeSetKind, scopes: readonly string[]): ScopeSet {
  return { kind, scopes: [...new Set(scopes)].sort() };
}

/** The first of each set. */
function distinct(sets: readonly ScopeSet[]): readonly ScopeSet[] {
  const names = sets.map(({ scopes }) => scopes.join(' '));
  return sets.filter((_set, index) => names.indexOf(names[index] ?? '') === index);
}
