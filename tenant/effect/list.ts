import type { Json } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { pageOf } from '../routing/page.js';
import { missingScopes } from '../routing/scope.js';
import type { Entity } from '../store/entity.js';
import type { Shown, Way } from '../view/shown.js';
import type { Act, Outcome } from './act.js';
import { matches } from './filter.js';
import { namedInPath } from './named.js';
import type { Source } from './source.js';
import { fromList, fromSequence } from './source.js';
import { shownThrough } from './through.js';

const DIRECT: readonly Way[] = [{ kind: 'direct' }];

/** A page of a resource's items, or of one side of a relation. */
export function list(act: Act): Outcome | Refusal {
  const { world, endpoint, query, caller } = act;
  const selection = endpoint.selection(query);
  const needed = endpoint.view?.scopesFor(selection).filter((scope) => caller?.scopes.has(scope) === false) ?? [];
  if (needed.length > 0) return missingScopes(needed);
  const named = namedInPath(act);
  if (named instanceof Refusal) return named;
  const bound = named === 'nothing' ? new Map<string, Entity>() : named;
  const source = named === 'nothing' ? fromList([]) : sourceOf(act, bound);
  const page = pageOf(endpoint.paging, query, filtered(act, source));
  if (page instanceof Refusal) return page;
  const show = (shown: Shown): Json => endpoint.view?.show(shown, { store: world.store, caller }, selection) ?? {};
  return { body: page.wrap(page.items.map(show)) };
}

function sourceOf(act: Act, bound: ReadonlyMap<string, Entity>): Source {
  const { world, effect } = act;
  if (effect.on === 'resource') {
    return fromSequence(world.store.table(effect.target).entities, (entity) => ({ entity, bound, ways: DIRECT }));
  }
  const relation = world.contract.relations.get(effect.target);
  const position = relation?.between.findIndex((side) => !bound.has(side)) ?? -1;
  const side = relation?.between[position];
  if (relation === undefined || side === undefined) return fromList([]);
  const tuples = world.store.tuples(relation.name).where(bound);
  if (relation.shows.length > 0) return fromList(shownThrough(world, relation, side, bound));
  // Position is the side that the listing shows, so every tuple has a member there.
  return fromSequence(tuples, ({ members }) => ({ entity: members[position] as Entity, bound, ways: DIRECT }));
}

function filtered({ endpoint, query }: Act, source: Source): Source {
  const filters = endpoint.filters.filter(({ parameter }) => query[parameter] !== undefined);
  if (filters.length === 0) return source;
  return source.filter((shown) => filters.every((filter) => matches(filter, query[filter.parameter], shown)));
}
