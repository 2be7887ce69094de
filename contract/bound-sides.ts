import type { Effect } from './vocabulary.js';

/** The sides of an effect that the path or the query of a request names, the path's first. */
export function boundSides({ of, query }: Pick<Effect, 'of' | 'query'>): readonly string[] {
  return [...Object.keys(of), ...Object.keys(query)];
}

/** The query parameters that name sides. */
export function sideParameters({ query }: Pick<Effect, 'query'>): readonly string[] {
  return Object.values(query).flatMap((named) => (typeof named === 'string' ? [named] : Object.values(named)));
}
