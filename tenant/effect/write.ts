import type { EffectKind, Json, JsonObject } from '../../contract/contract.js';
import { holderInAnswer, sentItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { HabitSettings } from '../habits/habit.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import { compact } from './compact.js';
import type { EffectResult } from './effect-result.js';
import { setKeys } from './key-sets.js';
import { kindIn } from './kind.js';
import { namedEntities } from './named-entities.js';
import type { OperationCall } from './operation-call.js';

/** Creates an item of a resource. */
export function create(call: OperationCall): EffectResult | Refusal {
  const { world, endpoint, effect } = call;
  const named = namedEntities(call);
  if (named instanceof Refusal) return named;
  const keys = foreignKeys(call, named === 'empty' ? new Map() : named);
  const fixed = fixedByProvider(call);
  if (fixed instanceof Refusal) return fixed;
  const unfit = unfitForKind(call);
  if (unfit !== undefined) return unfit;
  const properties = endpoint.itemBuilder.create(bodyOf(call), world, false, { ...fixed, ...keys });
  const repeated = duplicate(call, properties);
  const replaced = repeated === undefined ? undefined : replaceable(call, properties, repeated);
  if (replaced !== undefined) {
    world.store.update(replaced, properties);
    return itemResult(call, replaced);
  }
  const refusal =
    unknownReference(call, properties) ?? missingProperty(call, properties) ?? repeated ?? overLimit(call, properties);
  if (refusal !== undefined) return refusal;
  const entity = world.store.create(effect.target, compact(properties));
  setKeys(world, endpoint.itemBuilder, entity, bodyOf(call));
  createCompanions(call, entity);
  return itemResult(call, entity);
}

/** Why a body does not fit the kind of its item: the connection of a user decides what it requires. */
function unfitForKind(call: OperationCall): Refusal | undefined {
  const { world, effect, endpoint } = call;
  const resource = world.contract.resources.get(effect.target);
  if (endpoint.kinds.size === 0 || resource === undefined) return undefined;
  const kind = kindIn(world.store, resource, bodyOf(call));
  // Without a kind the reference is unknown, which is refused as such.
  if (kind === undefined) return undefined;
  const validate = endpoint.kinds.get(kind);
  if (validate === undefined) {
    const of = resource.refers.find(({ property }) => property === resource.kind?.property)?.resource ?? '';
    return new Refusal({ kind: 'unsupported', of }, { type: kind }, `unsupported ${of} of kind "${kind}"`);
  }
  const errors = validate(bodyOf(call));
  if (errors.length === 0) return undefined;
  const reason = world.provider.reasons(errors);
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}

/** A document that does not say how a second item with the same key is refused may mean that it replaces the first. */
function replaceable(call: OperationCall, properties: JsonObject, repeated: Refusal): Entity | undefined {
  const { world, effect, endpoint } = call;
  const table = world.store.table(effect.target);
  const isRefused = endpoint.operation.responses.some(({ status }) => status === '409');
  if (table.resource.derived !== true || isRefused || repeated.cause.kind !== 'duplicate') return undefined;
  const { key, under } = table.resource;
  const parent = under === undefined ? undefined : nameOf(properties[under.property]);
  return table.find(nameOf(properties[key]) ?? '', parent);
}

/** What provider-specific code sets, whatever the body says. */
function fixedByProvider(call: OperationCall): JsonObject | Refusal {
  const { world, effect } = call;
  const resource = world.contract.resources.get(effect.target);
  if (resource?.hook === undefined) return {};
  return world.provider.resourceHooks[resource.hook]?.({ resource, body: bodyOf(call), store: world.store }) ?? {};
}

function createCompanions({ world, effect }: OperationCall, entity: Entity): void {
  const hook = world.contract.resources.get(effect.target)?.hook;
  const companions = hook === undefined ? undefined : world.provider.companionHooks[hook];
  for (const { resource, properties } of companions?.({ entity, store: world.store, random: world.random }) ?? []) {
    world.store.create(resource, properties);
  }
}

/** The foreign keys that the path sets: of the parent, and of other resources that the new item refers to. */
function foreignKeys({ world, effect }: OperationCall, named: ReadonlyMap<string, Entity>): JsonObject {
  const { refers = [] } = world.contract.resources.get(effect.target) ?? {};
  return Object.fromEntries(
    refers.flatMap(({ property, resource, by }) => {
      const value = named.get(resource)?.properties[by];
      return value === undefined ? [] : [[property, value]];
    }),
  );
}

export function read(call: OperationCall): EffectResult | Refusal {
  const entity = entityInPath(call);
  return entity instanceof Refusal || entity === undefined ? (entity ?? {}) : itemResult(call, entity);
}

/** Changes the properties that the body names. Write-only properties are accepted and have no effect. */
export function update(call: OperationCall): EffectResult | Refusal {
  const { world, endpoint } = call;
  const entity = entityInPath(call);
  if (entity instanceof Refusal || entity === undefined) return entity ?? {};
  const protection = world.provider.protects(entity, 'update', bodyOf(call));
  if (protection !== undefined) return protection;
  const body = Object.fromEntries(Object.entries(bodyOf(call)).filter(([name]) => !endpoint.writeOnly.has(name)));
  const properties = endpoint.itemBuilder.update(entity.properties, body, world, call.effect.renew);
  const removed = Object.keys(body).filter((name) => body[name] === null);
  const refusal =
    missingProperty(call, properties, removed) ??
    invalidMerge(call, entity.properties, body, properties) ??
    unknownReference(call, properties) ??
    duplicate(call, properties, entity);
  if (refusal !== undefined) return refusal;
  world.store.update(entity, properties);
  setKeys(world, endpoint.itemBuilder, entity, body);
  return itemResult(call, entity);
}

export function remove(call: OperationCall): EffectResult | Refusal {
  const entity = entityInPath(call);
  if (entity instanceof Refusal || entity === undefined) return entity ?? {};
  const protection = call.world.provider.protects(entity, 'delete', {});
  if (protection !== undefined) return protection;
  call.world.store.delete(entity);
  return {};
}

/** The item that the path names; undefined if it is unknown and the contract treats that as success. */
function entityInPath(call: OperationCall): Entity | Refusal | undefined {
  const named = namedEntities(call);
  if (named instanceof Refusal) return named;
  return named === 'empty' ? undefined : named.get(call.effect.target);
}

function itemResult({ endpoint, effect, world, query, caller }: OperationCall, entity: Entity): EffectResult {
  const view = endpoint.view;
  const key = world.contract.resources.get(entity.resource)?.key ?? '';
  const made = effect.kind === 'create' ? { created: String(entity.properties[key] ?? '') } : {};
  if (view === undefined) return made;
  const bound = new Map([[entity.resource, entity]]);
  const context = { store: world.store, caller, missingText: missingTextOf(world.habits, effect.kind) };
  const item = view.show({ entity, bound, origins: [] }, context, endpoint.selection(query));
  const holder = holderInAnswer(effect);
  return { ...made, body: holder === undefined ? item : { [holder]: item } };
}

function missingTextOf({ missingText }: HabitSettings, kind: EffectKind): '' | null | undefined {
  if (missingText === 'empty' && kind === 'read') return '';
  return missingText === 'null' && kind === 'create' ? null : undefined;
}

/** The item that the request gives. */
function bodyOf({ body, effect }: OperationCall): JsonObject {
  const item = sentItem(effect, body);
  return isObject(item) ? item : {};
}

/**
 * An answer requires a property that the request did not set, such as the email address of a database user.
 * @param names the properties to look at, by default all
 */
function missingProperty(
  { endpoint }: OperationCall,
  properties: JsonObject,
  names?: readonly string[],
): Refusal | undefined {
  const name = endpoint.view?.required.find(
    (property) => properties[property] === undefined && (names?.includes(property) ?? true),
  );
  if (name === undefined) return undefined;
  const reason = `'Missing required property: ${name}'.`;
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}

/** The stored value and the value sent are each valid; their merge may exceed a limit of the schema. */
function invalidMerge(
  { endpoint, world }: OperationCall,
  before: JsonObject,
  body: JsonObject,
  after: JsonObject,
): Refusal | undefined {
  const names = endpoint.itemBuilder.mergedBy(before, body);
  if (names.length === 0) return undefined;
  const errors = endpoint.partErrors(Object.fromEntries(names.map((name) => [name, after[name] ?? null])));
  if (errors.length === 0) return undefined;
  const reason = world.provider.reasons(errors);
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}

function unknownReference({ world, effect }: OperationCall, properties: JsonObject): Refusal | undefined {
  const { refers = [], under } = world.contract.resources.get(effect.target) ?? {};
  for (const { property, resource, by } of refers) {
    // The path names the parent.
    if (property === under?.property) continue;
    const value: Json | undefined = properties[property];
    if (value === undefined || value === null) continue;
    const name = nameOf(value) ?? JSON.stringify(value);
    if (world.store.table(resource).findBy(by, name) !== undefined) continue;
    return new Refusal(
      { kind: 'unknown', of: resource },
      { key: name, [property]: name },
      `unknown ${resource} "${name}"`,
    );
  }
  return undefined;
}

function duplicate({ world, effect }: OperationCall, properties: JsonObject, self?: Entity): Refusal | undefined {
  const other = world.store.table(effect.target).duplicateOf(properties, self);
  if (other === undefined) return undefined;
  const key = String(other.properties[world.store.table(effect.target).resource.key]);
  return new Refusal({ kind: 'duplicate', of: effect.target }, { key }, `duplicate of ${effect.target} "${key}"`);
}

function overLimit({ world, effect, endpoint }: OperationCall, properties: JsonObject): Refusal | undefined {
  const table = world.store.table(effect.target);
  const { limits, refers } = table.resource;
  const cause = { kind: 'full', of: effect.target } as const;
  for (const limit of limits) {
    const per = refers.filter(({ resource }) => limit.per.includes(resource));
    const counts = per.map(({ property }) => table.referring(property, nameOf(properties[property]) ?? '').length);
    if (Math.min(table.entities.size, ...counts) < limit.max) continue;
    if (limit.problem === undefined && !endpoint.problems.documents(cause)) continue;
    return new Refusal(cause, { max: String(limit.max) }, `limit ${limit.max} reached`, limit.problem);
  }
  return undefined;
}
