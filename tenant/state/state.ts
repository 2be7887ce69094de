import type { Contract, Json, JsonObject, Relation, Resource, Schema } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import type { Draft } from '../effect/draft.js';
import type { World } from '../effect/world.js';
import type { StateProblem } from '../errors.js';
import { StateError } from '../errors.js';
import type { Validators } from '../input/validator.js';
import { creationOf } from '../routing/endpoint.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import { isSchema, propertiesOf } from '../view/properties.js';
import { namingOf } from './state-names.js';

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
 * A copy of a state: what its owner changes later shows nowhere.
 *
 * @throws StateError where it is no JSON, since it holds itself for instance
 */
export function copyOfState(state: unknown): Json {
  let text: string | undefined;
  try {
    text = JSON.stringify(state);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new StateError([problem('#', `Expected JSON, received what cannot be written as such: ${reason}.`)]);
  }
  return text === undefined ? null : (JSON.parse(text) as Json); // what was written as JSON is JSON
}

/**
 * Puts a state into the store: under each resource's key a list of items as its create operation takes them, which may
 * give the key and what the tenant would make too; under each relation's name a list of tuples, each with a name for
 * every side. The order of the lists does not matter.
 *
 * @throws StateError with every problem
 */
export function fillState(state: Json, context: StateContext): void {
  if (!isSchema(state))
    throw new StateError([problem('#', 'Expected an object with lists of resources and relations.')]);
  const { contract } = context;
  const problems = [...unknownLists(contract, state)];
  const added: Added[] = [];
  for (const resource of keyed(contract)) {
    const draft = context.drafts.get(resource.name);
    const entries = entriesOf(state, stateKeyOf(contract, resource.name));
    if (draft === undefined || entries.length === 0) continue;
    const add = adding(resource, draft, context);
    for (const [pointer, item] of entries) {
      const entity = add(pointer, item);
      if (isEntity(entity)) added.push({ pointer, resource, entity });
      else problems.push(...entity);
    }
  }
  // Only now is everything there that an item may refer to.
  for (const each of added) problems.push(...brokenReferences(each, context.world));
  for (const relation of contract.relations.values()) {
    for (const [pointer, tuple] of entriesOf(state, relation.name))
      problems.push(...addTuple(relation, pointer, tuple, context));
  }
  if (problems.length > 0) throw new StateError(problems);
}

function problem(pointer: string, message: string): StateProblem {
  return { pointer, message };
}

function* unknownLists(contract: Contract, lists: JsonObject): Iterable<StateProblem> {
  const known = new Set([
    ...keyed(contract).map(({ name }) => stateKeyOf(contract, name)),
    ...contract.relations.keys(),
  ]);
  for (const [key, list] of Object.entries(lists)) {
    const pointer = joinPointer('#', key);
    if (!known.has(key)) yield problem(pointer, `The contract has no such list; it has ${[...known].join(', ')}.`);
    else if (!Array.isArray(list)) yield problem(pointer, 'Expected a list.');
  }
}

function keyed(contract: Contract): Resource[] {
  return [...contract.resources.values()].filter(({ inside }) => inside === undefined);
}

function entriesOf(lists: JsonObject, key: string): readonly (readonly [string, Json])[] {
  const list = Object.hasOwn(lists, key) ? lists[key] : undefined;
  return Array.isArray(list) ? list.map((entry: Json, index) => [joinPointer('#', key, index), entry] as const) : [];
}

/** An item that was put into the store, and from where. */
interface Added {
  readonly pointer: string;
  readonly resource: Resource;
  readonly entity: Entity;
}

function isEntity(found: Entity | readonly StateProblem[]): found is Entity {
  return !Array.isArray(found);
}

/** Puts items of one resource into the store, or tells what is wrong with them. */
function adding(
  resource: Resource,
  draft: Draft,
  { contract, world, validators, defaults }: StateContext,
): (pointer: string, item: Json) => Entity | readonly StateProblem[] {
  const validate = validators.compile(itemSchema(contract, resource, draft));
  const unnameable = namingOf(contract, validators, resource.name);
  return (pointer, item) => {
    const body = isSchema(item) ? { ...defaults.get(resource.name), ...draft.impliedBy(item, world), ...item } : item;
    const errors = validate(body);
    if (errors.length > 0 || !isSchema(body))
      return errors.map((error) => problem(`${pointer}${error.instancePath}`, `${world.provider.reason(error)}.`));
    const key = body[resource.key];
    const fault = key === undefined ? undefined : unnameable(key);
    if (fault !== undefined) {
      const { method, route } = fault.operation;
      const message = `${method} ${route} could never name it. ${world.provider.reason(fault.error)}.`;
      return [problem(joinPointer(pointer, resource.key), message)];
    }
    const properties = draft.create(body, world, true);
    const other = world.store.table(resource.name).duplicateOf(properties);
    if (other === undefined) return world.store.create(resource.name, properties);
    const its = String(other.properties[resource.key]);
    return [problem(pointer, `${resource.name} "${its}" is the same in what must be unique.`)];
  };
}

function* brokenReferences({ pointer, resource, entity }: Added, { store }: World): Iterable<StateProblem> {
  for (const { property, resource: referred, by } of resource.refers) {
    const name = nameOf(entity.properties[property]);
    if (name !== undefined && store.table(referred).findBy(by, name) === undefined)
      yield problem(joinPointer(pointer, property), `There is no ${referred} "${name}".`);
  }
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

function addTuple(relation: Relation, pointer: string, tuple: Json, { world }: StateContext): readonly StateProblem[] {
  const sides = relation.between.join(', ');
  if (!isSchema(tuple)) return [problem(pointer, `Expected an object with ${sides}.`)];
  const surplus = Object.keys(tuple).find((side) => !relation.between.includes(side));
  if (surplus !== undefined) return [problem(joinPointer(pointer, surplus), `The sides are ${sides}.`)];
  const members: Entity[] = [];
  for (const side of relation.between) {
    const name = tuple[side];
    if (name === undefined) return [problem(pointer, `It names no ${side}; expected ${sides}.`)];
    const entity = named(world, side, name);
    if (entity === undefined) {
      const message = `There is no ${side} ${JSON.stringify(name)}, by key or by a name of its own.`;
      return [problem(joinPointer(pointer, side), message)];
    }
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
