import type { Relation } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import type { Shown, Way } from '../view/shown.js';
import type { World } from './world.js';

type Bound = ReadonlyMap<string, Entity>;

/**
 * The items of a relation together with what its chains of other relations lead to, each item once, with every way by
 * which it got there. Its own tuples come first.
 */
export function shownThrough(world: World, relation: Relation, side: string, bound: Bound): readonly Shown[] {
  const found = new Map<Entity, Way[]>();
  const note = (entity: Entity | undefined, way: Way): void => {
    if (entity === undefined) return;
    const ways = found.get(entity);
    if (ways === undefined) found.set(entity, [way]);
    else ways.push(way);
  };
  for (const row of extended(world, relation, [bound])) note(row.get(side), { kind: 'direct' });
  for (const chain of relation.shows) {
    let rows: readonly Bound[] = [bound];
    for (const link of chain) {
      const next = world.contract.relations.get(link);
      if (next !== undefined) rows = extended(world, next, rows);
    }
    for (const row of rows) note(row.get(side), { kind: 'through', members: row });
  }
  return [...found].map(([entity, ways]) => ({ entity, bound, ways }));
}

/** Each row joined with the tuples of a relation that agree with it. */
function extended(world: World, relation: Relation, rows: readonly Bound[]): readonly Bound[] {
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
