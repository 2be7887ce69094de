import type { Contract, JsonObject } from '../../contract/contract.js';
import type { Change, MemberOrder } from './change.js';
import type { Entity } from './entity.js';
import { orderOf, Store } from './store.js';

/** The order of an item, and those of the items inside it, by their resource. */
type DumpedEntity = readonly [
  order: number,
  properties: JsonObject,
  inside?: Readonly<Record<string, readonly number[]>>,
];

type DumpedTuple = readonly [order: number, members: readonly MemberOrder[], properties?: JsonObject];

/**
 * The whole content of a store as JSON. Items keep their order, so that cursors stay valid. Properties are shared with
 * the store, which never mutates them.
 */
export interface StoreDump {
  /** The order of the newest item or tuple. */
  readonly order: number;
  /** By resource, in order. */
  readonly entities: Readonly<Record<string, readonly DumpedEntity[]>>;
  /** By relation, in order. */
  readonly tuples: Readonly<Record<string, readonly DumpedTuple[]>>;
}

export function dumpOf(contract: Contract, store: Store): StoreDump {
  const { resources, relations } = contract;
  const inside = [...resources.values()].filter((resource) => resource.inside !== undefined);
  const entities: Record<string, DumpedEntity[]> = {};
  for (const { name, inside: place } of resources.values()) {
    if (place !== undefined) continue;
    const children = inside.filter((resource) => resource.inside?.parent === name);
    entities[name] = [...store.table(name).entities].map((entity) => {
      const orders = children.map((child) => [
        child.name,
        (store.children(child.name)?.of(entity) ?? []).map(({ order }) => order),
      ]);
      return children.length === 0
        ? [entity.order, entity.properties]
        : [entity.order, entity.properties, Object.fromEntries(orders)];
    });
  }
  const tuples: Record<string, DumpedTuple[]> = {};
  for (const name of relations.keys()) {
    tuples[name] = store
      .tuples(name)
      .all()
      .map(({ order, members, properties }) => {
        const sides = members.map(orderOf);
        return Object.keys(properties).length === 0 ? [order, sides] : [order, sides, properties];
      });
  }
  return { order: store.order, entities, tuples };
}

/** The steps that make the content of a store in an empty one. */
export function* changesOf(contract: Contract, store: Store): Iterable<Change> {
  const inside = [...contract.resources.values()].filter((resource) => resource.inside !== undefined);
  for (const { name, inside: place } of contract.resources.values()) {
    if (place !== undefined) continue;
    const children = inside.filter((resource) => resource.inside?.parent === name);
    for (const entity of store.table(name).entities) {
      const orders = children.map((child): [string, readonly number[]] => [
        child.name,
        (store.children(child.name)?.of(entity) ?? []).map(({ order }) => order),
      ]);
      yield children.length === 0
        ? ['put', name, entity.order, entity.properties]
        : ['put', name, entity.order, entity.properties, Object.fromEntries(orders)];
    }
  }
  for (const name of contract.relations.keys()) {
    for (const { order, members, properties } of store.tuples(name).all())
      yield ['add', name, order, members.map(orderOf), properties];
  }
}

/** A new store with the content of a dump. @throws Error on a dump of another contract; check it before */
export function storeOf(contract: Contract, { order, entities, tuples }: StoreDump): Store {
  const store = new Store(contract);
  const known = new Map<string, Map<number, Entity>>();
  const remember = (entity: Entity): void => {
    const ofResource = known.get(entity.resource) ?? new Map<number, Entity>();
    known.set(entity.resource, ofResource.set(entity.order, entity));
  };
  for (const [resource, dumped] of Object.entries(entities)) {
    for (const [at, properties, inside = {}] of dumped) {
      const entity: Entity = { order: at, resource, properties };
      remember(entity);
      store.table(resource).add(entity);
      for (const child of store.placeInside(entity, inside)) remember(child);
    }
  }
  for (const [relation, dumped] of Object.entries(tuples)) {
    const { between = [] } = contract.relations.get(relation) ?? {};
    for (const [at, sides, properties = {}] of dumped) {
      const members = sides.flatMap((side, position) => {
        const member = known.get(between[position] ?? '')?.get(typeof side === 'number' ? side : side[1]);
        return member === undefined ? [] : [member];
      });
      if (members.length === between.length) store.tuples(relation).add({ order: at, members, properties });
    }
  }
  store.order = order;
  return store;
}
