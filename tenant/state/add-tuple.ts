import type { Json, Relation } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import type { World } from '../effect/world.js';
import type { StateProblem } from '../errors.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import { type Place, pointerTo, problem } from './place.js';
import type { RejectedNames } from './rejected-names.js';

/** An entry in a list of tuples of a state. */
export interface GivenTuple {
  readonly relation: Relation;
  readonly place: Place;
  readonly tuple: Json;
  readonly rejected: RejectedNames;
}

/** Adds a tuple of a state to the store, or returns its problems. */
export function addTuple({ relation, place, tuple, rejected }: GivenTuple, world: World): readonly StateProblem[] {
  const sides = relation.between.join(', ');
  if (!isObject(tuple)) return [problem(pointerTo(place), `Expected an object with ${sides}.`)];
  const carried = Object.entries(tuple).filter(([name]) => relation.carries.includes(name));
  const surplus = Object.keys(tuple).find((name) => ![...relation.between, ...relation.carries].includes(name));
  if (surplus !== undefined)
    return [problem(joinPointer(pointerTo(place), surplus), `Unknown side; expected ${sides}.`)];
  const members: Entity[] = [];
  for (const side of relation.between) {
    const name = tuple[side];
    if (name === undefined) return [problem(pointerTo(place), `Missing ${side}; expected ${sides}.`)];
    const entity = entityNamed(world, side, name);
    if (entity === undefined && rejected.has(side, nameOf(name))) return [];
    if (entity === undefined) {
      const message = `No ${side} has the key or unique name ${JSON.stringify(name)}.`;
      return [problem(joinPointer(pointerTo(place), side), message)];
    }
    members.push(entity);
  }
  world.store.add(relation.name, members, Object.fromEntries(carried));
  return [];
}

/** The entity with this key, alias or unique property, such as a role's name. */
function entityNamed({ store }: World, side: string, value: Json | undefined): Entity | undefined {
  const children = store.children(side);
  if (children !== undefined) {
    if (!isObject(value)) return undefined;
    const place = Object.entries(children.inside.key).find(([, { of }]) => of === 'parent');
    const parentName = place === undefined ? undefined : nameOf(value[place[0]]);
    const parent =
      parentName !== undefined && place !== undefined
        ? store.table(children.inside.parent).findBy(place[1].property, parentName)
        : undefined;
    return parent === undefined ? undefined : children.find(parent, value);
  }
  const name = nameOf(value);
  if (name === undefined) return undefined;
  const table = store.table(side);
  const { unique, optionalInUnique } = table.resource;
  const uniqueProperties = unique
    .map((group) => group.filter((property) => !optionalInUnique.has(property)))
    .flatMap((group) => (group.length === 1 ? group : []));
  return (
    table.find(name) ??
    uniqueProperties.map((property) => table.findBy(property, name)).find((entity) => entity !== undefined)
  );
}
