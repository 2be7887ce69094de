import type { Json, JsonObject, Relation } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import type { Tuple } from '../store/tuples.js';
import type { EffectResult } from './effect-result.js';
import { entityInBody, namedEntities } from './named-entities.js';
import type { OperationCall } from './operation-call.js';

/** A tuple that a request names. */
interface NamedTuple {
  readonly members: readonly Entity[];
  /** What the entry of the body sets of what the relation carries. */
  readonly carried: JsonObject;
  /** Whether the flag of the entry says to remove the tuple. */
  readonly removes: boolean;
}

/** Adds tuples to a relation: all of them, or none if one entry is refused. Existing tuples stay as they are. */
export function add(call: OperationCall): EffectResult | Refusal {
  const { world, effect, endpoint } = call;
  const tuples = tuplesOf(call);
  if (tuples instanceof Refusal || tuples.length === 0) return tuples instanceof Refusal ? tuples : success(call);
  const added = tuples.filter(({ removes }) => !removes);
  const refusal = overLimit(call, added);
  if (refusal !== undefined) return refusal;
  for (const { members, carried, removes } of tuples) {
    if (removes) world.store.remove(effect.target, members);
    else world.store.add(effect.target, members, { ...endpoint.carriedDefaults, ...carried });
  }
  return addedItems(call, added) ?? success(call);
}

/** Removes tuples from a relation. Removing a missing tuple is not an error. */
export function remove(call: OperationCall): EffectResult | Refusal {
  const tuples = tuplesOf(call);
  if (tuples instanceof Refusal) return tuples;
  for (const { members } of tuples) call.world.store.remove(call.effect.target, members);
  return success(call);
}

/** Returns the tuple that the request names. */
export function read(call: OperationCall): EffectResult | Refusal {
  const tuple = tupleNamed(call);
  return tuple instanceof Refusal || tuple === undefined ? (tuple ?? success(call)) : show(call, tuple);
}

/** Changes what the tuple carries: a value replaces the stored one, null removes it. */
export function update(call: OperationCall): EffectResult | Refusal {
  const { world, effect, body } = call;
  const tuple = tupleNamed(call);
  if (tuple instanceof Refusal || tuple === undefined) return tuple ?? success(call);
  const changes = carriedOf(world.contract.relations.get(effect.target), body);
  const merged = Object.entries({ ...tuple.properties, ...changes }).filter(([, value]) => value !== null);
  world.store.carry(effect.target, tuple, Object.fromEntries(merged));
  return show(call, tuple);
}

/** The tuple that the path names; undefined if something is unknown and the contract treats that as success. */
function tupleNamed(call: OperationCall): Tuple | Refusal | undefined {
  const { world, effect } = call;
  const tuples = tuplesOf(call);
  if (tuples instanceof Refusal) return tuples;
  const [{ members } = { members: [] }] = tuples;
  if (members.length === 0) return undefined;
  const found = world.store.tuples(effect.target).get(members);
  if (found !== undefined || effect.unknownSucceeds.includes(effect.target)) return found;
  const last = members.at(-1);
  const key = String(last?.properties[world.contract.resources.get(last.resource)?.key ?? '']);
  return new Refusal({ kind: 'unknown', of: effect.target }, { key }, `no tuple of ${effect.target} with "${key}"`);
}

/** The tuples that path, query and body name together, each once. */
function tuplesOf(call: OperationCall): readonly NamedTuple[] | Refusal {
  const { world, effect, body } = call;
  const relation = world.contract.relations.get(effect.target);
  const named = namedEntities(call);
  if (relation === undefined || named === 'empty') return [];
  if (named instanceof Refusal) return named;
  let rows: readonly Row[] = [{ sides: named, entry: undefined }];
  for (const [side, pointer] of Object.entries(effect.each)) {
    const entities = entitiesInBody(call, side, body === undefined ? undefined : getPointer(body, pointer));
    if (entities instanceof Refusal) return entities;
    rows = rows.flatMap((row) =>
      [...entities].map(([entity, entry]) => ({ sides: new Map([...row.sides, [side, entity]]), entry })),
    );
  }
  return rows.flatMap(({ sides, entry }) =>
    inSideOrder(relation, sides).map((members) => ({
      members,
      carried: carriedOf(relation, entry),
      removes: effect.flag !== undefined && isObject(entry) && entry[effect.flag] === false,
    })),
  );
}

interface Row {
  readonly sides: ReadonlyMap<string, Entity>;
  /** The entry of the body that names the last side. */
  readonly entry: Json | undefined;
}

/** The properties of an entry that the relation carries. */
function carriedOf(relation: Relation | undefined, entry: Json | undefined): JsonObject {
  if (relation === undefined || !isObject(entry)) return {};
  return Object.fromEntries(Object.entries(entry).filter(([name]) => relation.carries.includes(name)));
}

/** The row in the order of the relation's sides; empty if a side has no entity. */
function inSideOrder(relation: Relation, row: ReadonlyMap<string, Entity>): readonly (readonly Entity[])[] {
  const members = relation.between.flatMap((side) => row.get(side) ?? []);
  return members.length === relation.between.length ? [members] : [];
}

/** The entities that a list in the body names, each with its last entry. */
function entitiesInBody(
  call: OperationCall,
  side: string,
  value: Json | undefined,
): ReadonlyMap<Entity, Json> | Refusal {
  const entities = new Map<Entity, Json>();
  for (const entry of Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value]) {
    const entity = entityInBody(call, side, entry);
    if (!(entity instanceof Refusal)) entities.set(entity, entry);
    else if (!call.effect.unknownSucceeds.includes(side)) return entity;
  }
  return entities;
}

function overLimit({ world, effect, endpoint }: OperationCall, tuples: readonly NamedTuple[]): Refusal | undefined {
  const relation = world.contract.relations.get(effect.target);
  const held = world.store.tuples(effect.target);
  const fresh = tuples.filter(({ members }) => held.get(members) === undefined);
  for (const limit of relation?.limits ?? []) {
    const cause = { kind: 'full', of: effect.target } as const;
    if (limit.problem === undefined && !endpoint.problems.documents(cause)) continue;
    const groups = new Map<string, { readonly bound: ReadonlyMap<string, Entity>; added: number }>();
    for (const { members } of fresh) {
      const bound = new Map<string, Entity>();
      relation?.between.forEach((side, position) => {
        const member = members[position];
        if (member !== undefined && limit.per.includes(side)) bound.set(side, member);
      });
      const key = [...bound.values()].map(({ order }) => order).join();
      const group = groups.get(key) ?? { bound, added: 0 };
      groups.set(key, group);
      group.added += 1;
    }
    for (const { bound, added } of groups.values()) {
      const count = bound.size === 0 ? held.size : held.where(bound).size;
      if (count + added > limit.max) {
        const detail = `limit ${limit.max}: ${count} exist, ${added} more requested`;
        return new Refusal(cause, { max: String(limit.max) }, detail, limit.problem);
      }
    }
  }
  return undefined;
}

/** The items that were added, if the answer returns them: one, or a list. */
function addedItems(call: OperationCall, tuples: readonly NamedTuple[]): EffectResult | undefined {
  const { world, endpoint, effect } = call;
  if (endpoint.view === undefined) return undefined;
  const shown = tuples.flatMap(({ members }) => {
    const tuple = world.store.tuples(effect.target).get(members);
    return tuple === undefined ? [] : [itemOf(call, tuple)];
  });
  const [first] = shown;
  if (endpoint.paging.bare) return { body: shown };
  return first === undefined ? undefined : { body: first };
}

function show(call: OperationCall, tuple: Tuple): EffectResult {
  return call.endpoint.view === undefined ? success(call) : { body: itemOf(call, tuple) };
}

/** The view of a tuple: of the side that the path does not name, or of the last one, with what the tuple carries. */
function itemOf({ world, endpoint, effect, caller }: OperationCall, { members, properties }: Tuple): JsonObject {
  const entity = members.find(({ resource }) => effect.of[resource] === undefined) ?? members.at(-1);
  const bound = new Map(members.map((member) => [member.resource, member]));
  if (entity === undefined) return {};
  return endpoint.view?.show({ entity, bound, origins: [], carried: properties }, { store: world.store, caller }) ?? {};
}

function success({ endpoint }: OperationCall): EffectResult {
  return endpoint.empty === undefined ? {} : { body: endpoint.empty };
}
