import type { Json, JsonObject } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { Act } from './act.js';

/** The entities that the path names: side → entity. `nothing` where one is unknown and the contract calls that no error. */
export function namedInPath({ world, effect, path }: Act): ReadonlyMap<string, Entity> | Refusal | 'nothing' {
  const named = new Map<string, Entity>();
  for (const [side, parameter] of Object.entries(effect.of)) {
    const name = String(path[parameter]);
    const table = world.store.table(side);
    const entity = effect.by === undefined ? table.find(name) : table.findBy(effect.by, name);
    if (entity !== undefined) named.set(side, entity);
    else if (effect.unknownSucceeds.includes(side)) return 'nothing';
    else return unknown(side, { key: name }, name);
  }
  return named;
}

/** The entity of one side that a body names: by its key, or by the properties that name an item inside another. */
export function namedInBody(act: Act, side: string, value: Json): Entity | Refusal {
  const { world, endpoint } = act;
  const children = world.store.children(side);
  if (children === undefined) {
    const name = String(value);
    return world.store.table(side).find(name) ?? unknown(side, { key: name }, name);
  }
  const key = isObject(value) ? value : {};
  const values = Object.fromEntries(Object.entries(key).map(([name, part]) => [name, String(part)]));
  const detail = Object.values(values).join(' ');
  const parent = parentNamedBy(act, side, key);
  if (parent === undefined) {
    const parentUnknown = unknown(children.inside.parent, { key: detail, ...values }, detail);
    if (endpoint.problems.documents(parentUnknown.cause)) return parentUnknown;
  }
  const found = parent === undefined ? undefined : children.find(parent, key);
  return found ?? unknown(side, { key: detail, ...values }, detail);
}

function parentNamedBy({ world }: Act, side: string, key: JsonObject): Entity | undefined {
  const inside = world.store.children(side)?.inside;
  if (inside === undefined) return undefined;
  for (const [name, place] of Object.entries(inside.key)) {
    const value = nameOf(key[name]);
    if (place.of === 'parent' && value !== undefined)
      return world.store.table(inside.parent).findBy(place.property, value);
  }
  return undefined;
}

function unknown(of: string, values: Readonly<Record<string, string>>, name: string): Refusal {
  return new Refusal({ kind: 'unknown', of }, values, `there is no ${of} "${name}"`);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
