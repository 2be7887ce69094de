import type { Json, Relation } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { valueAt } from '../value-at.js';
import type { Act, Outcome } from './act.js';
import { namedInBody, namedInPath } from './named.js';

/** Puts tuples into a relation: all of them or, where one entry is wrong, none. Those that are there stay. */
export function add(act: Act): Outcome | Refusal {
  const { world, effect } = act;
  const tuples = tuplesOf(act);
  if (tuples instanceof Refusal || tuples.length === 0) return tuples instanceof Refusal ? tuples : success(act);
  const refusal = overLimit(act, tuples);
  if (refusal !== undefined) return refusal;
  for (const members of tuples) world.store.add(effect.target, members);
  return success(act);
}

/** Takes tuples out of a relation; those that are not there are no error. */
export function remove(act: Act): Outcome | Refusal {
  const tuples = tuplesOf(act);
  if (tuples instanceof Refusal) return tuples;
  for (const members of tuples) act.world.store.remove(act.effect.target, members);
  return success(act);
}

/** The tuples that path and body name together, each once. */
function tuplesOf(act: Act): readonly (readonly Entity[])[] | Refusal {
  const { world, effect, body } = act;
  const relation = world.contract.relations.get(effect.target);
  const named = namedInPath(act);
  if (relation === undefined || named === 'nothing') return [];
  if (named instanceof Refusal) return named;
  let rows: ReadonlyMap<string, Entity>[] = [named];
  for (const [side, pointer] of Object.entries(effect.each)) {
    const entities = eachOf(act, side, valueAt(body, pointer));
    if (entities instanceof Refusal) return entities;
    rows = rows.flatMap((row) => entities.map((entity) => new Map([...row, [side, entity]])));
  }
  return rows.flatMap((row) => inOrder(relation, row));
}

/** A row without an entity for every side names no tuple. */
function inOrder(relation: Relation, row: ReadonlyMap<string, Entity>): readonly (readonly Entity[])[] {
  const members = relation.between.flatMap((side) => row.get(side) ?? []);
  return members.length === relation.between.length ? [members] : [];
}

function eachOf(act: Act, side: string, value: Json | undefined): readonly Entity[] | Refusal {
  const entities = new Set<Entity>();
  for (const entry of Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value]) {
    const entity = namedInBody(act, side, entry);
    if (!(entity instanceof Refusal)) entities.add(entity);
    else if (!act.effect.unknownSucceeds.includes(side)) return entity;
  }
  return [...entities];
}

function overLimit({ world, effect, endpoint }: Act, tuples: readonly (readonly Entity[])[]): Refusal | undefined {
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
        const detail = `${count} of at most ${limit.max} are there, ${added} more were to come`;
        return new Refusal(cause, { max: String(limit.max) }, detail, limit.problem);
      }
    }
  }
  return undefined;
}

function success({ endpoint }: Act): Outcome {
  return endpoint.empty === undefined ? {} : { body: endpoint.empty };
}
