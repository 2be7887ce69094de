import type { Json } from '../../spec/contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { pageOf } from '../page.js';
import { missingScopes } from '../scope.js';
import type { Entity } from '../store/entity.js';
import type { Sequence } from '../store/sequence.js';
import type { Shown, Way } from '../view/shown.js';
import type { Act, Outcome } from './act.js';
import { matches } from './filter.js';
import { namedInPath } from './named.js';
import { shownThrough } from './through.js';

const DIRECT: readonly Way[] = [{ kind: 'direct' }];

/** A page of a resource's items, or of one side of a relation. */
export function list(act: Act): Outcome | Refusal {
  const { world, endpoint, query, caller } = act;
  const named = namedInPath(act);
  if (named instanceof Refusal) return named;
  const selection = endpoint.selection(query);
  const needed = (endpoint.view?.scopesFor(selection) ?? []).filter(
    (scope) => caller !== undefined && !caller.scopes.has(scope),
  );
  if (needed.length > 0) return missingScopes(needed);
  const bound = named === 'nothing' ? new Map<string, Entity>() : named;
  const source = named === 'nothing' ? listed([]) : sourceOf(act, bound);
  const page = pageOf(endpoint.paging, query, filtered(act, source));
  if (page instanceof Refusal) return page;
  const show = (shown: Shown): Json => endpoint.view?.show(shown, { store: world.store, caller }, selection) ?? {};
  return { body: page.wrap(page.items.map(show)) };
}

/** What a listing takes its pages from. */
export interface Source {
  readonly size: number;
  slice(start: number, count: number): readonly Shown[];
  /** @param place what `placeOf` gave for the last item of the page before */
  after(place: number, count: number): { readonly items: readonly Shown[]; readonly last: number };
}

function sourceOf(act: Act, bound: ReadonlyMap<string, Entity>): Source {
  const { world, effect } = act;
  if (effect.on === 'resource') {
    return fromSequence(world.store.table(effect.target).entities, (entity) => ({ entity, bound, ways: DIRECT }));
  }
  const relation = world.contract.relations.get(effect.target);
  const position = relation?.between.findIndex((side) => !bound.has(side)) ?? -1;
  const side = relation?.between[position];
  if (relation === undefined || side === undefined) return listed([]);
  const tuples = world.store.tuples(relation.name).where(bound);
  if (relation.shows.length > 0) return listed(shownThrough(world, relation, side, bound));
  // Position is the side that the listing shows, so every tuple has a member there.
  return fromSequence(tuples, ({ members }) => ({ entity: members[position] as Entity, bound, ways: DIRECT }));
}

function fromSequence<Item extends { readonly order: number }>(
  sequence: Sequence<Item>,
  shown: (item: Item) => Shown,
): Source {
  return {
    size: sequence.size,
    slice: (start, count) => sequence.slice(start, count).map(shown),
    after: (place, count) => {
      const items = sequence.after(place, count);
      return { items: items.map(shown), last: items.at(-1)?.order ?? place };
    },
  };
}

function listed(items: readonly Shown[]): Source {
  return {
    size: items.length,
    slice: (start, count) => items.slice(start, start + count),
    after: (place, count) => ({
      items: items.slice(place, place + count),
      last: Math.min(items.length, place + count),
    }),
  };
}

function filtered({ endpoint, query }: Act, source: Source): Source {
  const filters = endpoint.filters.filter(({ parameter }) => query[parameter] !== undefined);
  if (filters.length === 0) return source;
  const all = source.slice(0, source.size);
  return listed(all.filter((shown) => filters.every((filter) => matches(filter, query[filter.parameter], shown))));
}
