import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import type { Store } from '../store/store.js';
import { stateKeyOf } from './item-schema.js';

export interface ExportOptions {
  readonly contract: Contract;
  readonly store: Store;
  /** What every tenant has from the start, so that a state does not list it. */
  readonly isOwn: (entity: Entity) => boolean;
  /** The properties that a state leaves out of an item, since every tenant has its own. */
  readonly ownProperties: (entity: Entity) => readonly string[];
}

/** The content of a store in the format of a state file. */
export function exportState({ contract, store, isOwn, ownProperties }: ExportOptions): JsonObject {
  const lists: Record<string, Json[]> = {};
  for (const { name, inside } of contract.resources.values()) {
    if (inside !== undefined) continue;
    const items = [...store.table(name).entities].filter((entity) => !isOwn(entity));
    if (items.length > 0) lists[stateKeyOf(contract, name)] = items.map((entity) => itemOf(entity, ownProperties));
  }
  for (const { name, between } of contract.relations.values()) {
    const tuples = store
      .tuples(name)
      .all()
      .map(({ members, properties }) => ({
        ...Object.fromEntries(between.map((side, position) => [side, nameIn(contract, store, members[position])])),
        ...properties,
      }));
    if (tuples.length > 0) lists[name] = tuples;
  }
  return lists;
}

function itemOf(entity: Entity, ownProperties: ExportOptions['ownProperties']): JsonObject {
  const own = ownProperties(entity);
  if (own.length === 0) return entity.properties;
  return Object.fromEntries(Object.entries(entity.properties).filter(([name]) => !own.includes(name)));
}

/** How a tuple names an item: by its key, or, for an item inside another, by several properties. */
function nameIn(contract: Contract, store: Store, entity: Entity | undefined): Json {
  if (entity === undefined) return null;
  const inside = store.children(entity.resource)?.inside;
  if (inside === undefined) return entity.properties[contract.resources.get(entity.resource)?.key ?? ''] ?? null;
  return Object.fromEntries(
    Object.entries(inside.key).map(([name, { of, property }]) => [
      name,
      (of === 'parent' ? entity.parent : entity)?.properties[property] ?? null,
    ]),
  );
}
