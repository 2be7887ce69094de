import type { Contract } from '../../contract/contract.js';
import type { Change, MemberOrder } from './change.js';
import type { Entity } from './entity.js';
import type { Store } from './store.js';

/** Does one step in a store. @throws Error on a step that does not fit: it belongs to another store */
export function applyChange(contract: Contract, store: Store, change: Change): void {
  switch (change[0]) {
    case 'put': {
      const [, resource, order, properties, inside = {}] = change;
      const table = store.table(resource);
      const known = table.entities.at(order);
      const entity: Entity = known ?? { order, resource, properties };
      if (known === undefined) table.add(entity);
      else table.replace(entity, properties);
      store.placeInside(entity, inside);
      break;
    }
    case 'delete': {
      const [, resource, order] = change;
      const entity = store.table(resource).entities.at(order);
      if (entity !== undefined) store.take(entity);
      break;
    }
    case 'add': {
      const [, relation, order, sides, properties] = change;
      const { between = [] } = contract.relations.get(relation) ?? {};
      const members = sides.map((side, position) => memberAt(store, between[position] ?? '', side));
      const known = store.tuples(relation).get(members);
      if (known === undefined) store.tuples(relation).add({ order, members, properties });
      else known.properties = properties;
      break;
    }
    case 'remove': {
      const [, relation, key] = change;
      const tuple = store.tuples(relation).at(key);
      if (tuple !== undefined) store.tuples(relation).remove(tuple);
      break;
    }
  }
  store.order = Math.max(store.order, highestOrder(change));
}

function memberAt(store: Store, resource: string, side: MemberOrder): Entity {
  const children = store.children(resource);
  const [parent, order] = typeof side === 'number' ? [undefined, side] : side;
  const entity =
    children === undefined || parent === undefined
      ? store.table(resource).entities.at(order)
      : children.of(store.table(children.inside.parent).entities.at(parent)).find((each) => each.order === order);
  if (entity === undefined) throw new Error(`no ${resource} has the order ${order}`);
  return entity;
}

function highestOrder(change: Change): number {
  switch (change[0]) {
    case 'put':
      return Math.max(change[2], ...Object.values(change[4] ?? {}).flat());
    case 'add':
      return change[2];
    default:
      return 0;
  }
}
