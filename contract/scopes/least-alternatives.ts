/** Alternatives of scopes: a token with all scopes of one of them gets access. */
export type Alternatives = readonly (readonly string[])[];

/**
 * One alternative for each operation, so that few scopes suffice for all: what has no choice comes first, then each
 * takes the alternative that adds the fewest scopes. Runs in the browser as its own text, too, so it uses nothing but its
 * arguments.
 *
 * @param given - scopes that are needed anyway
 * @returns in the order of the operations; empty for one without alternatives
 */
export function leastAlternatives(
  operations: readonly Alternatives[],
  given: Iterable<string> = [],
): readonly (readonly string[])[] {
  const needed = new Set(given);
  const missing = (scopes: readonly string[]) => scopes.filter((scope) => !needed.has(scope)).length;
  const chosen = new Map<Alternatives, readonly string[]>();
  for (const alternatives of [...operations].sort((one, other) => one.length - other.length)) {
    const [least = []] = [...alternatives].sort((one, other) => missing(one) - missing(other));
    chosen.set(alternatives, least);
    for (const scope of least) needed.add(scope);
  }
  return operations.map((alternatives) => chosen.get(alternatives) ?? []);
}
