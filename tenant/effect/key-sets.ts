import type { Json, JsonObject } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { ItemBuilder } from './item-builder.js';
import type { World } from './world.js';

/**
 * Sets the tuples of an item from the lists of keys that a body gives. Keys that name nothing stay in the item: the
 * service may know them.
 */
export function setKeys({ store, contract }: World, builder: ItemBuilder, entity: Entity, body: JsonObject): void {
  for (const { name, relation } of builder.keySets) {
    const { between = [] } = contract.relations.get(relation) ?? {};
    const side = between.find((each) => each !== entity.resource);
    if (!Object.hasOwn(body, name) || side === undefined) continue;
    const given: Json | undefined = body[name];
    const keys: readonly Json[] = Array.isArray(given) ? given : [];
    const named = new Map(keys.map((key) => [key, store.table(side).find(nameOf(key) ?? '')]));
    const members = (other: Entity): readonly Entity[] => between.map((each) => (each === side ? other : entity));
    for (const tuple of [...store.tuples(relation).where(new Map([[entity.resource, entity]]))]) {
      store.remove(relation, tuple.members);
    }
    for (const other of named.values()) if (other !== undefined) store.add(relation, members(other));
    const unknown = [...named].flatMap(([key, other]) => (other === undefined ? [key] : []));
    store.update(entity, { ...entity.properties, [name]: unknown });
  }
}
