import { ancestorsOf } from '../../contract/ancestors.js';
import type { Effect, Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import { compact } from './compact.js';
import type { OperationCall } from './operation-call.js';
import type { World } from './world.js';

/** What names entities in a path. */
interface PathNaming {
  /** Side → path parameter. */
  readonly of: Effect['of'];
  /** Values of the path parameters. */
  readonly path: JsonObject;
  /** The side that is named by another property than its key. */
  readonly by?: { readonly side: string; readonly property: string } | undefined;
}

/** The entities that a path names, by side; the refusal of the first unknown one. A parent comes before what is under it. */
export function entitiesInPath(world: World, { of, path, by }: PathNaming): Map<string, Entity> | Refusal {
  const named = new Map<string, Entity>();
  const depth = (side: string): number => ancestorsOf(world.contract, side).length;
  for (const [side, parameter] of Object.entries(of).sort(([one], [other]) => depth(one) - depth(other))) {
    const name = String(path[parameter]);
    const table = world.store.table(side);
    const parent = parentName(world, world.contract.resources.get(side), named);
    const entity = by?.side === side ? table.findBy(by.property, name, parent) : table.find(name, parent);
    if (entity === undefined) return unknown(side, { key: name }, name);
    named.set(side, entity);
  }
  return named;
}

/**
 * The entities that the path and the query name, by side, and the target that exists once. `empty` if one is unknown and
 * the contract treats that as success.
 */
export function namedEntities(call: OperationCall): ReadonlyMap<string, Entity> | Refusal | 'empty' {
  const { world, effect, path, query } = call;
  const { of, target, by } = effect;
  const named = entitiesInPath(world, { of, path, by: by === undefined ? undefined : { side: target, property: by } });
  if (named instanceof Refusal) {
    const isSuccess = named.cause.kind === 'unknown' && effect.unknownSucceeds.includes(named.cause.of);
    return isSuccess ? 'empty' : named;
  }
  const only = existingOnce(call, named);
  if (only !== undefined) named.set(target, only);
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

/** The target, if it exists once. It is there from its first use on, so that its times do not change after that. */
function existingOnce(
  { world, endpoint, effect }: OperationCall,
  named: ReadonlyMap<string, Entity>,
): Entity | undefined {
  const resource = world.contract.resources.get(effect.target);
  if (resource?.once !== true) return undefined;
  const { name, initial, under } = resource;
  const stored = world.store.table(name).only(parentName(world, resource, named));
  if (stored !== undefined) return stored;
  const { key = '' } = world.contract.resources.get(under?.parent ?? '') ?? {};
  const ofParent = named.get(under?.parent ?? '')?.properties[key];
  const keys = under === undefined || ofParent === undefined ? {} : { [under.property]: ofParent };
  return world.store.create(name, compact(endpoint.itemBuilder.create(initial[0] ?? {}, world, true, keys)));
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
