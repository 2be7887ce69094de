import type { SecurityAlternative } from '../../contract/contract.js';

/** What the contract says about a token with certain scopes. */
export type Access = 'granted' | 'refused' | 'disputed';

/**
 * Whether an operation grants access to a token with these scopes. A covered undisputed alternative must grant it; if only
 * disputed ones are covered, access is disputed; otherwise the token must be refused. A disputed alternative without
 * scopes counts as covered.
 */
export function accessOf(security: readonly SecurityAlternative[], scopes: readonly string[]): Access {
  return accessWith(security, new Set(scopes));
}

/** The same for a set, which many operations share. */
export function accessWith(security: readonly SecurityAlternative[], held: ReadonlySet<string>): Access {
  const covered = security.filter((alternative) => alternative.scopes.every((scope) => held.has(scope)));
  if (covered.some((alternative) => !alternative.disputed)) return 'granted';
  return covered.length > 0 ? 'disputed' : 'refused';
}
