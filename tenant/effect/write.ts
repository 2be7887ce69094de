import type { Json, JsonObject } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { Act, Outcome } from './act.js';
import { namedInPath } from './named.js';

/** A new item of a resource. */
export function create(act: Act): Outcome | Refusal {
  const { world, endpoint, effect } = act;
  const properties = endpoint.draft.create(bodyOf(act), world, false);
  const refusal =
    missing(act, properties) ?? unknownReference(act, properties) ?? duplicate(act, properties) ?? full(act);
  if (refusal !== undefined) return refusal;
  return shown(act, world.store.create(effect.target, properties));
}

export function read(act: Act): Outcome | Refusal {
  const entity = theNamed(act);
  return entity instanceof Refusal || entity === undefined ? (entity ?? {}) : shown(act, entity);
}

/** An update names what it changes; all else stays. What the contract calls write-only is told, and changes nothing. */
export function update(act: Act): Outcome | Refusal {
  const { world, endpoint } = act;
  const entity = theNamed(act);
  if (entity instanceof Refusal || entity === undefined) return entity ?? {};
  const own = world.provider.protects(entity, 'update');
  if (own !== undefined) return own;
  const body = Object.fromEntries(Object.entries(bodyOf(act)).filter(([name]) => !endpoint.writeOnly.has(name)));
  const properties = endpoint.draft.update(entity.properties, body, world);
  const refusal =
    overgrown(act, entity.properties, body, properties) ??
    unknownReference(act, properties) ??
    duplicate(act, properties, entity);
  if (refusal !== undefined) return refusal;
  world.store.update(entity, properties);
  return shown(act, entity);
}

export function remove(act: Act): Outcome | Refusal {
  const entity = theNamed(act);
  if (entity instanceof Refusal || entity === undefined) return entity ?? {};
  const own = act.world.provider.protects(entity, 'delete');
  if (own !== undefined) return own;
  act.world.store.delete(entity);
  return {};
}

/** The item that the path names; nothing where an unknown one is no error. */
function theNamed(act: Act): Entity | Refusal | undefined {
  const named = namedInPath(act);
  if (named instanceof Refusal) return named;
  return named === 'nothing' ? undefined : named.get(act.effect.target);
}

function shown({ endpoint, world, query, caller }: Act, entity: Entity): Outcome {
  const view = endpoint.view;
  if (view === undefined) return {};
  const bound = new Map([[entity.resource, entity]]);
  return { body: view.show({ entity, bound, ways: [] }, { store: world.store, caller }, endpoint.selection(query)) };
}

function bodyOf({ body }: Act): JsonObject {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : {}; // an object that is no list
}

/** What an item must show but nobody gave, such as the email address that a database connection asks for. */
function missing({ endpoint }: Act, properties: JsonObject): Refusal | undefined {
  const name = endpoint.view?.required.find((property) => properties[property] === undefined);
  if (name === undefined) return undefined;
  const reason = `'Missing required property: ${name}'.`;
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}

/** What was sent fits, and so did what was there: both in one may be too much. */
function overgrown(
  { endpoint, world }: Act,
  before: JsonObject,
  body: JsonObject,
  after: JsonObject,
): Refusal | undefined {
  const names = endpoint.draft.mergedBy(before, body);
  if (names.length === 0) return undefined;
  const errors = endpoint.partErrors(Object.fromEntries(names.map((name) => [name, after[name] ?? null])));
  if (errors.length === 0) return undefined;
  const reason = world.provider.reasons(errors);
  return new Refusal({ kind: 'invalid', part: 'body' }, { reason }, reason);
}

function unknownReference({ world, effect }: Act, properties: JsonObject): Refusal | undefined {
  for (const { property, resource, by } of world.contract.resources.get(effect.target)?.refers ?? []) {
    const value: Json | undefined = properties[property];
    if (value === undefined || value === null) continue;
    const name = nameOf(value) ?? JSON.stringify(value);
    if (world.store.table(resource).findBy(by, name) !== undefined) continue;
    return new Refusal(
      { kind: 'unknown', of: resource },
      { key: name, [property]: name },
      `there is no ${resource} "${name}"`,
    );
  }
  return undefined;
}

function duplicate({ world, effect }: Act, properties: JsonObject, self?: Entity): Refusal | undefined {
  const other = world.store.table(effect.target).duplicateOf(properties, self);
  if (other === undefined) return undefined;
  const key = String(other.properties[world.store.table(effect.target).resource.key]);
  return new Refusal({ kind: 'duplicate', of: effect.target }, { key }, `${effect.target} "${key}" has the same`);
}

function full({ world, effect, endpoint }: Act): Refusal | undefined {
  const table = world.store.table(effect.target);
  const limit = table.resource.limit;
  const cause = { kind: 'full', of: effect.target } as const;
  if (limit === undefined || table.entities.size < limit.max) return undefined;
  if (limit.problem === undefined && !endpoint.problems.documents(cause)) return undefined;
  return new Refusal(cause, { max: String(limit.max) }, `the tenant holds ${limit.max} already`, limit.problem);
}
