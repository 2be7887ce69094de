import type { Contract, Json, JsonObject, Relation, Resource, Schema } from '../spec/contract/contract.js';
import type { World } from './effect/act.js';
import type { Draft } from './effect/draft.js';
import { creationOf } from './endpoint.js';
import { TenantError } from './errors.js';
import type { Validators } from './input/validator.js';
import type { Entity } from './store/entity.js';
import { nameOf } from './store/name-of.js';
import { isSchema, propertiesOf } from './view/properties.js';

/** The key of a resource's items in a state: `users` for `user`, or `user` where a relation is called `users`. */
export function stateKeyOf(contract: Contract, resource: string): string {
  return contract.relations.has(`${resource}s`) ? resource : `${resource}s`;
}

/** Where a state comes from and how its items are made. */
export interface StateContext {
  readonly contract: Contract;
  readonly world: World;
  readonly validators: Validators;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** What items of a resource have unless they say otherwise. */
  readonly defaults: ReadonlyMap<string, JsonObject>;
}

/**
 * Puts a state into the store: under each resource's key a list of items as its create operation takes them, which may
 * give the key and what the tenant would make too; under each relation's name a list of tuples, each with a name for
 * every side.
 *
 * @throws TenantError with a line for each problem, JSON pointer first
 */
export function fillState(state: unknown, context: StateContext): void {
  const problems: string[] = [];
  if (!isSchema(state as Json)) throw invalid(['#: Expected an object with lists of resources and relations.']);
  const lists = state as JsonObject; // an object, as was just seen
  const { contract } = context;
  const known = new Set([
    ...keyed(contract).map(({ name }) => stateKeyOf(contract, name)),
    ...contract.relations.keys(),
  ]);
  for (const [key, list] of Object.entries(lists)) {
    if (!known.has(key)) problems.push(`#/${key}: The contract has no such list; it has ${[...known].join(', ')}.`);
    else if (!Array.isArray(list)) problems.push(`#/${key}: Expected a list.`);
  }
  // What refers to others comes after them.
  const resources = keyed(contract).sort((a, b) => a.refers.length - b.refers.length);
  for (const resource of resources) {
    const draft = context.drafts.get(resource.name);
    if (draft === undefined) continue;
    const validate = context.validators.compile(itemSchema(contract, resource, draft));
    for (const [pointer, item] of entriesOf(lists, stateKeyOf(contract, resource.name))) {
      const body = isSchema(item) ? { ...context.defaults.get(resource.name), ...item } : item;
      const errors = validate(body).map(
        (error) => `${pointer}${error.instancePath}: ${context.world.provider.reason(error)}.`,
      );
      problems.push(
        ...(errors.length > 0 || !isSchema(body) ? errors : addItem(resource, draft, pointer, body, context.world)),
      );
    }
  }
  for (const relation of contract.relations.values()) {
    for (const [pointer, tuple] of entriesOf(lists, relation.name))
      problems.push(...addTuple(relation, pointer, tuple, context));
  }
  if (problems.length > 0) throw invalid(problems);
}

function invalid(problems: readonly string[]): TenantError {
  return new TenantError('TENANT_STATE_INVALID', problems.join('\n'));
}

function keyed(contract: Contract): Resource[] {
  return [...contract.resources.values()].filter(({ inside }) => inside === undefined);
}

function entriesOf(lists: JsonObject, key: string): readonly (readonly [string, Json])[] {
  const list = Object.hasOwn(lists, key) ? lists[key] : undefined;
  return Array.isArray(list) ? list.map((entry: Json, index) => [`#/${key}/${index}`, entry] as const) : [];
}

function addItem(resource: Resource, draft: Draft, pointer: string, item: JsonObject, world: World): readonly string[] {
  const properties = draft.create(item, world, true);
  for (const { property, resource: referred, by } of resource.refers) {
    const value = nameOf(properties[property]);
    if (value !== undefined && world.store.table(referred).findBy(by, value) === undefined) {
      return [`${pointer}/${property}: There is no ${referred} "${value}".`];
    }
  }
  const other = world.store.table(resource.name).duplicateOf(properties);
  if (other === undefined) {
    world.store.create(resource.name, properties);
    return [];
  }
  const key = String(other.properties[resource.key]);
  return [`${pointer}: ${resource.name} "${key}" is the same in what must be unique.`];
}

/** Items of a state may hold whatever the tenant keeps and a request may send, and need of the latter what is kept. */
function itemSchema(contract: Contract, resource: Resource, draft: Draft): Schema {
  const sent = creationOf(contract, resource.name) ?? {};
  const { kept } = draft;
  const needed = contract.resolve(sent).required;
  return {
    type: 'object',
    properties: Object.fromEntries([...propertiesOf(contract, sent), ...kept]),
    required: Array.isArray(needed) ? needed.filter((name) => kept.has(String(name))) : [],
    additionalProperties: false,
  };
}

function addTuple(relation: Relation, pointer: string, tuple: Json, { world }: StateContext): readonly string[] {
  if (!isSchema(tuple)) return [`${pointer}: Expected an object with ${relation.between.join(', ')}.`];
  const surplus = Object.keys(tuple).find((side) => !relation.between.includes(side));
  if (surplus !== undefined) return [`${pointer}/${surplus}: The sides are ${relation.between.join(', ')}.`];
  const members: Entity[] = [];
  for (const side of relation.between) {
    const entity = named(world, side, tuple[side]);
    if (entity === undefined)
      return [
        `${pointer}/${side}: There is no ${side} ${JSON.stringify(tuple[side]) ?? ''}, by key or by a name of its own.`,
      ];
    members.push(entity);
  }
  world.store.add(relation.name, members);
  return [];
}

/** By key, by alias, or by a property that is unique by itself, such as a role's name. */
function named({ store }: World, side: string, value: Json | undefined): Entity | undefined {
  const children = store.children(side);
  if (children !== undefined) {
    if (!isSchema(value)) return undefined;
    const place = Object.entries(children.inside.key).find(([, { of }]) => of === 'parent');
    const parentName = place === undefined ? undefined : nameOf(value[place[0]]);
    const parent =
      parentName !== undefined && place !== undefined
        ? store.table(children.inside.parent).findBy(place[1].property, parentName)
        : undefined;
    return parent === undefined ? undefined : children.find(parent, value);
  }
  const name = nameOf(value);
  if (name === undefined) return undefined;
  const table = store.table(side);
  const alone = table.resource.unique.flatMap((group) => (group.length === 1 ? group : []));
  return (
    table.find(name) ?? alone.map((property) => table.findBy(property, name)).find((entity) => entity !== undefined)
  );
}
