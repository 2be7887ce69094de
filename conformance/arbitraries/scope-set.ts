import fc from 'fast-check';
import type { SecurityAlternative } from '../../spec/contract/contract.js';

/** How a set of scopes stands to an operation's alternatives, for a reader. */
export type ScopeSetKind = 'exact' | 'one missing' | 'union' | 'unrelated' | 'empty' | 'random' | 'all but';

export interface ScopeSet {
  readonly kind: ScopeSetKind;
  /** Sorted, each once. */
  readonly scopes: readonly string[];
}

/** What a contract says of a token with certain scopes. */
export type Access = 'granted' | 'refused' | 'disputed';

/**
 * Whether an operation lets in a token with these scopes: an undisputed alternative must open; where none of them is
 * covered, a disputed one that asks for something may; otherwise the token must be refused. A disputed alternative that
 * asks for no scope says nothing.
 */
export function accessOf(security: readonly SecurityAlternative[], scopes: readonly string[]): Access {
  const held = new Set(scopes);
  const covered = security.filter((alternative) => alternative.scopes.every((scope) => held.has(scope)));
  if (covered.some((alternative) => !alternative.disputed)) return 'granted';
  return covered.length > 0 ? 'disputed' : 'refused';
}

/** The telling sets around an operation's alternatives: each exactly, each with one missing, and all of the others. */
export function tellingScopeSets(
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
 * Random sets around an operation's alternatives. `universe` is every scope of the contract; `halves` random sets of it
 * that all operations of a run share, since tokens are metered at real tenants.
 */
export function scopeSets(
  security: readonly SecurityAlternative[],
  universe: readonly string[],
  halves: readonly (readonly string[])[],
): fc.Arbitrary<ScopeSet> {
  const telling = tellingScopeSets(security, universe);
  const random = halves.map((scopes) => set('random', scopes));
  return fc.constantFrom(...telling, ...random);
}

/** Random halves of a universe of scopes: each scope is in about one of two. */
export function scopeHalves(universe: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc
    .array(fc.boolean(), {
      minLength: universe.length,
      maxLength: universe.length,
    })
    .map((taken) => universe.filter((_scope, index) => taken[index]));
}

function set(kind: ScopeSetKind, scopes: readonly string[]): ScopeSet {
  return { kind, scopes: [...new Set(scopes)].sort() };
}

/** The first of each set. */
function distinct(sets: readonly ScopeSet[]): readonly ScopeSet[] {
  const names = sets.map(({ scopes }) => scopes.join(' '));
  return sets.filter((_set, index) => names.indexOf(names[index] ?? '') === index);
}
