import type { Relation } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import type { Origin, ViewItem } from '../view/view-item.js';
import type { World } from './world.js';

/** Side of a relation → the entity on it. */
type BoundEntities = ReadonlyMap<string, Entity>;

/**
 * The items of a relation and those that its chains of other relations lead to, each item once with all its origins.
 * Items of the relation itself come first.
 */
export function itemsThroughChains(
  world: World,
  relation: Relation,
  side: string,
  bound: BoundEntities,
): readonly ViewItem[] {
  const found = new Map<Entity, Origin[]>();
  const add = (entity: Entity | undefined, origin: Origin): void => {
    if (entity === undefined) return;
    const origins = found.get(entity);
    if (origins === undefined) found.set(entity, [origin]);
    else origins.push(origin);
  };
  for (const row of joinTuples(world, relation, [bound])) add(row.get(side), { kind: 'direct' });
  for (const chain of relation.shows) {
    let rows: readonly BoundEntities[] = [bound];
    for (const link of chain) {
      const next = world.contract.relations.get(link);
      if (next !== undefined) rows = joinTuples(world, next, rows);
    }
    for (const row of rows) add(row.get(side), { kind: 'through', members: row });
  }
  return [...found].map(([entity, origins]) => ({ entity, bound, origins }));
}

/** Joins each row with the tuples of a relation that agree with it. */
function joinTuples(world: World, relation: Relation, rows: readonly BoundEntities[]): readonly BoundEntities[] {
  return rows.flatMap((row) => {
    const known = new Map([...row].filter(([side]) => relation.between.includes(side)));
    return [...world.store.tuples(relation.name).where(known)].map(({ members }) => {
      const joined = new Map(row);
      relation.between.forEach((side, position) => {
        const member = members[position];
        if (member !== undefined) joined.set(side, member);
      });
      return joined;
    });
  });
}
