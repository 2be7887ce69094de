import type { Json, Relation } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { entityInBody, namedEntities } from './named-entities.js';
import type { EffectResult, OperationCall } from './operation-call.js';

/** Adds tuples to a relation: all of them, or none if one entry is refused. Existing tuples stay as they are. */
export function add(call: OperationCall): EffectResult | Refusal {
  const { world, effect } = call;
  const tuples = tuplesOf(call);
  if (tuples instanceof Refusal || tuples.length === 0) return tuples instanceof Refusal ? tuples : success(call);
  const refusal = overLimit(call, tuples);
  if (refusal !== undefined) return refusal;
  for (const members of tuples) world.store.add(effect.target, members);
  return addedItem(call, tuples) ?? success(call);
}

/** Removes tuples from a relation. Removing a missing tuple is not an error. */
export function remove(call: OperationCall): EffectResult | Refusal {
  const tuples = tuplesOf(call);
  if (tuples instanceof Refusal) return tuples;
  for (const members of tuples) call.world.store.remove(call.effect.target, members);
  return success(call);
}

/** The tuples that path and body name together, without duplicates. */
function tuplesOf(call: OperationCall): readonly (readonly Entity[])[] | Refusal {
  const { world, effect, body } = call;
  const relation = world.contract.relations.get(effect.target);
  const named = namedEntities(call);
  if (relation === undefined || named === 'empty') return [];
  if (named instanceof Refusal) return named;
  let rows: ReadonlyMap<string, Entity>[] = [named];
  for (const [side, pointer] of Object.entries(effect.each)) {
    const entities = entitiesInBody(call, side, body === undefined ? undefined : getPointer(body, pointer));
    if (entities instanceof Refusal) return entities;
    rows = rows.flatMap((row) => entities.map((entity) => new Map([...row, [side, entity]])));
  }
  return rows.flatMap((row) => inSideOrder(relation, row));
}

/** The row in the order of the relation's sides; empty if a side has no entity. */
function inSideOrder(relation: Relation, row: ReadonlyMap<string, Entity>): readonly (readonly Entity[])[] {
  const members = relation.between.flatMap((side) => row.get(side) ?? []);
  return members.length === relation.between.length ? [members] : [];
}

function entitiesInBody(call: OperationCall, side: string, value: Json | undefined): readonly Entity[] | Refusal {
  const entities = new Set<Entity>();
  for (const entry of Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value]) {
    const entity = entityInBody(call, side, entry);
    if (!(entity instanceof Refusal)) entities.add(entity);
    else if (!call.effect.unknownSucceeds.includes(side)) return entity;
  }
  return [...entities];
}

function overLimit(
  { world, effect, endpoint }: OperationCall,
  tuples: readonly (readonly Entity[])[],
): Refusal | undefined {
  const relation = world.contract.relations.get(effect.target);
  const held = world.store.tuples(effect.target);
  const fresh = tuples.filter((members) => held.get(members) === undefined);
  for (const limit of relation?.limits ?? []) {
    const cause = { kind: 'full', of: effect.target } as const;
    if (limit.problem === undefined && !endpoint.problems.documents(cause)) continue;
    const groups = new Map<string, { readonly bound: ReadonlyMap<string, Entity>; added: number }>();
    for (const members of fresh) {
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

/** The item that was added, if the answer returns it. */
function addedItem(
  { world, endpoint, effect, caller }: OperationCall,
  [members]: readonly (readonly Entity[])[],
): EffectResult | undefined {
  const entity = members?.find(({ resource }) => effect.of[resource] === undefined) ?? members?.at(-1);
  if (endpoint.view === undefined || members === undefined || entity === undefined) return undefined;
  const bound = new Map(members.map((member) => [member.resource, member]));
  return { body: endpoint.view.show({ entity, bound, origins: [] }, { store: world.store, caller }) };
}

function success({ endpoint }: OperationCall): EffectResult {
  return endpoint.empty === undefined ? {} : { body: endpoint.empty };
}
