import { ancestorsOf } from '../../contract/ancestors.js';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { OperationCall } from './operation-call.js';
import type { World } from './world.js';

/**
 * The entities that the path and the query name, by side. `empty` if one is unknown and the contract treats that as
 * success.
 */
export function namedEntities(call: OperationCall): ReadonlyMap<string, Entity> | Refusal | 'empty' {
  const { world, effect, path, query } = call;
  const named = new Map<string, Entity>();
  const { resources } = world.contract;
  // A parent is named before what is under it.
  const depth = (side: string): number => ancestorsOf(world.contract, side).length;
  const sides = Object.entries(effect.of).sort(([one], [other]) => depth(one) - depth(other));
  for (const [side, parameter] of sides) {
    const name = String(path[parameter]);
    const table = world.store.table(side);
    const parent = parentName(world, resources.get(side), named);
    const by = side === effect.target ? effect.by : undefined;
    const entity = by === undefined ? table.find(name, parent) : table.findBy(by, name, parent);
    if (entity !== undefined) named.set(side, entity);
    else if (effect.unknownSucceeds.includes(side)) return 'empty';
    else return unknown(side, { key: name }, name);
  }
  for (const [side, parameters] of Object.entries(effect.query)) {
    const value =
      typeof parameters === 'string'
        ? (query[parameters] ?? '')
        : Object.fromEntries(Object.entries(parameters).map(([property, name]) => [property, query[name] ?? '']));
    const entity = entityInBody(call, side, value);
    if (!(entity instanceof Refusal)) named.set(side, entity);
    else if (effect.unknownSucceeds.includes(side)) return 'empty';
    else return entity;
  }
  return named;
}

function parentName(
  { contract }: World,
  resource: Resource | undefined,
  named: ReadonlyMap<string, Entity>,
): string | undefined {
  if (resource?.under === undefined) return undefined;
  const { key = '' } = contract.resources.get(resource.under.parent) ?? {};
  return nameOf(named.get(resource.under.parent)?.properties[key]);
}

/** The entity that a body names: by its key, or, for an item inside another, by several properties. */
export function entityInBody(call: OperationCall, side: string, value: Json): Entity | Refusal {
  const { world, endpoint } = call;
  const children = world.store.children(side);
  if (children === undefined) {
    const { key = '' } = world.contract.resources.get(side) ?? {};
    const name = String(isObject(value) ? value[key] : value);
    return world.store.table(side).find(name) ?? unknown(side, { key: name }, name);
  }
  const key = isObject(value) ? value : {};
  const values = Object.fromEntries(Object.entries(key).map(([name, part]) => [name, String(part)]));
  const detail = Object.values(values).join(' ');
  const parent = parentInBody(call, side, key);
  if (parent === undefined) {
    const parentUnknown = unknown(children.inside.parent, { key: detail, ...values }, detail);
    if (endpoint.problems.documents(parentUnknown.cause)) return parentUnknown;
  }
  const found = parent === undefined ? undefined : children.find(parent, key);
  return found ?? unknown(side, { key: detail, ...values }, detail);
}

function parentInBody({ world }: OperationCall, side: string, key: JsonObject): Entity | undefined {
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
  return new Refusal({ kind: 'unknown', of }, values, `unknown ${of} "${name}"`);
}
