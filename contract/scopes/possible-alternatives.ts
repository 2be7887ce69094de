import type { SecurityAlternative } from '../contract.js';
import type { Alternatives } from './least-alternatives.js';

/** The alternatives of an operation; those that sources contradict only if there are no others. */
export function certainAlternatives(security: readonly SecurityAlternative[]): Alternatives {
  const certain = security.filter(({ disputed }) => !disputed);
  return (certain.length > 0 ? certain : security).map(({ scopes }) => scopes);
}

/**
 * The alternatives by which a request may have got access. Those that sources contradict count only for a token that
 * satisfies no other.
 *
 * @param token - the scopes of its token; absent: unknown
 */
export function possibleAlternatives(
  security: readonly SecurityAlternative[],
  token: ReadonlySet<string> | undefined,
): Alternatives {
  const certain = certainAlternatives(security);
  if (token === undefined) return certain;
  const satisfied = (alternatives: Alternatives) =>
    alternatives.filter((scopes) => scopes.every((scope) => token.has(scope)));
  const all = security.map(({ scopes }) => scopes);
  return [satisfied(certain), satisfied(all)].find(({ length }) => length > 0) ?? certain;
}
