import type { Json } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import { pageOf } from '../routing/page.js';
import { missingScopes } from '../routing/scope.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { Store } from '../store/store.js';
import type { ViewContext } from '../view/view.js';
import type { Origin, ViewItem } from '../view/view-item.js';
import { itemsThroughChains } from './chains.js';
import type { EffectResult } from './effect-result.js';
import { matches } from './filter.js';
import { namedEntities } from './named-entities.js';
import type { OperationCall } from './operation-call.js';
import type { Source } from './source.js';
import { fromList, fromSequence } from './source.js';

const DIRECT: readonly Origin[] = [{ kind: 'direct' }];

/** A page of a resource, or of one side of a relation. */
export function list(call: OperationCall): EffectResult | Refusal {
  const { world, endpoint, effect, query, caller } = call;
  const selection = endpoint.selection(query);
  const scopes = endpoint.view?.scopesFor(selection) ?? [];
  const lacking = scopes.filter((scope) => caller?.scopes.has(scope) === false);
  if (lacking.length > 0) return missingScopes(lacking);
  const named = namedEntities(call);
  if (named instanceof Refusal) return named;
  const store = effect.consistency === 'eventual' ? (world.lagging?.current ?? world.store) : world.store;
  const bound = named === 'empty' ? undefined : inStore(store, world.store, named);
  const source = bound === undefined ? fromList([]) : sourceOf(call, store, bound);
  const found = searched(call, filtered(call, source));
  if (found instanceof Refusal) return found;
  const page = pageOf(endpoint.paging, query, sorted(call, found), world.habits);
  if (page instanceof Refusal) return page;
  const missingText = world.habits.missingText === 'empty' ? '' : undefined;
  const context: ViewContext = { store, caller, missingText };
  const show = (item: ViewItem): Json => endpoint.view?.show(item, context, selection) ?? {};
  const body = page.wrap(page.items.map(show));
  const { numbers } = page;
  return { body, ...(numbers === undefined ? {} : { numbers }), ...(scopes.length === 0 ? {} : { scopes }) };
}

/** The same entities in another store; undefined if it lacks one. */
function inStore(
  store: Store,
  own: Store,
  named: ReadonlyMap<string, Entity>,
): ReadonlyMap<string, Entity> | undefined {
  if (store === own) return named;
  const found = new Map<string, Entity>();
  for (const [side, { order, parent, resource }] of named) {
    const entity =
      parent === undefined
        ? store.table(resource).entities.at(order)
        : store
            .children(resource)
            ?.of(store.table(parent.resource).entities.at(parent.order))
            .find((each) => each.order === order);
    if (entity === undefined) return undefined;
    found.set(side, entity);
  }
  return found;
}

function sourceOf(call: OperationCall, store: Store, bound: ReadonlyMap<string, Entity>): Source {
  const { world, effect } = call;
  if (effect.on === 'resource') {
    if (bound.size > 0) return fromList(itemsReferringTo(call, store, bound));
    return fromSequence(store.table(effect.target).entities, (entity) => ({ entity, bound, origins: DIRECT }));
  }
  const relation = world.contract.relations.get(effect.target);
  const position = relation?.between.findIndex((side) => !bound.has(side)) ?? -1;
  const side = relation?.between[position];
  if (relation === undefined || side === undefined) return fromList([]);
  const tuples = store.tuples(relation.name).where(bound);
  if (relation.shows.length > 0)
    return fromList(itemsThroughChains(store === world.store ? world : { ...world, store }, relation, side, bound));
  // Every tuple has a member at each position of its relation.
  return fromSequence(tuples, ({ members, properties }) => ({
    entity: members[position] as Entity,
    bound,
    origins: DIRECT,
    carried: properties,
  }));
}

/** The items of a resource that refer to everything that the path names, in the order of their creation. */
function itemsReferringTo(
  { effect }: OperationCall,
  store: Store,
  bound: ReadonlyMap<string, Entity>,
): readonly ViewItem[] {
  const table = store.table(effect.target);
  const [first, ...others] = table.resource.refers.flatMap(({ property, resource, by }) => {
    const name = nameOf(bound.get(resource)?.properties[by]);
    return name === undefined ? [] : [{ property, name }];
  });
  if (first === undefined) return [];
  return table
    .referring(first.property, first.name)
    .filter((entity) => others.every(({ property, name }) => nameOf(entity.properties[property]) === name))
    .sort((one, other) => one.order - other.order)
    .map((entity) => ({ entity, bound, origins: DIRECT }));
}

function filtered({ endpoint, query }: OperationCall, source: Source): Source {
  const filters = endpoint.filters.filter(({ parameter }) => query[parameter] !== undefined);
  if (filters.length === 0) return source;
  return source.filter((item) => filters.every((filter) => matches(filter, query[filter.parameter], item)));
}

/** The items that match the search query, in the provider's language. */
function searched({ endpoint, query, world }: OperationCall, source: Source): Source | Refusal {
  const { search } = endpoint;
  const text = search === undefined ? undefined : query[search.parameter];
  if (search === undefined || typeof text !== 'string' || text === '') return source;
  const matches = world.provider.searches[search.hook]?.(text, world.store);
  return matches === undefined || matches instanceof Refusal ? (matches ?? source) : source.filter(matches);
}

/** `name:1` sorts by the name, `name:-1` the other way round. Items without the property come last. */
function sorted({ endpoint, query }: OperationCall, source: Source): Source {
  const { sort } = endpoint.paging.parameters;
  const text = sort === undefined ? undefined : query[sort];
  const [, property = '', order] = /^(.+):(-?1)$/.exec(typeof text === 'string' ? text : '') ?? [];
  if (property === '') return source;
  const direction = Number(order);
  return source.sort((one, other) => {
    const [left, right] = [one, other].map(({ entity }) => entity.properties[property]);
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return direction * compareValues(left, right);
  });
}

function compareValues(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [String(left), String(right)];
  return one < other ? -1 : Number(one > other);
}
