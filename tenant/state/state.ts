import type { Contract, Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import type { ItemBuilder } from '../effect/item-builder.js';
import { setKeys } from '../effect/key-sets.js';
import type { World } from '../effect/world.js';
import type { StateProblem } from '../errors.js';
import { StateError } from '../errors.js';
import type { Validators } from '../input/validator.js';
import type { ItemBuilders } from '../routing/endpoint.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import { addTuple } from './add-tuple.js';
import { itemPropertiesOf, stateKeyOf } from './item-schema.js';
import { keyCheckFor } from './key-check.js';
import { kindsOfResources, missingForKind } from './missing-for-kind.js';
import { type Place, pointerTo, problem } from './place.js';
import { RejectedNames } from './rejected-names.js';
import { deferredItems, type ItemTexts } from './text/item-texts.js';
import { StateText } from './text/state-text.js';
import { TextLists } from './text/text-lists.js';

/** What loading a state needs. */
export interface StateContext {
  readonly contract: Contract;
  readonly world: World;
  readonly validators: Validators;
  readonly itemBuilders: ItemBuilders;
  /** Default properties of items, by resource. */
  readonly defaults: ReadonlyMap<string, JsonObject>;
  /** Whether every tenant has an item from the start, and it has not changed: one of the state replaces it. */
  readonly isInitial: (entity: Entity) => boolean;
}

/** States that have been read from files: no other code changes them, so they need no copy. */
const own = new WeakSet<object>();

/** Marks a state that was read from a file. */
export function ownState<State>(state: State): State {
  if (typeof state === 'object' && state !== null) own.add(state);
  return state;
}

/**
 * A copy of a state, so that later changes by its owner have no effect.
 *
 * @throws StateError if it is not JSON, for instance because it is circular
 */
export function copyOfState(state: unknown): Json | StateText {
  if (state instanceof StateText) return state;
  if (typeof state === 'object' && state !== null && own.has(state)) return state as Json; // what JSON.parse returned
  let text: string | undefined;
  try {
    text = JSON.stringify(state);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new StateError([problem('#', `Expected JSON, received a value that cannot be serialized: ${reason}.`)]);
  }
  return text === undefined ? null : (JSON.parse(text) as Json); // serialized JSON parses to JSON
}

/** A state that can be loaded. */
export type LoadableState = Json | TextLists;

/**
 * Loads a state into the store. Under each resource's key is a list of items in the format of the create operation,
 * which may also set the key and generated properties. Under each relation's name is a list of tuples that name an
 * entity for every side. The order of the lists does not matter.
 *
 * @throws StateError with every problem
 */
export function fillState(state: LoadableState, context: StateContext): void {
  const lists = state instanceof TextLists ? state.values : state;
  if (!isObject(lists))
    throw new StateError([
      problem(
        '#',
        `Expected an object with lists of resources and relations, received ${Array.isArray(lists) ? 'a list' : JSON.stringify(lists).slice(0, 40)}; rolecall help tenant shows one.`,
      ),
    ]);
  const { contract, world } = context;
  const problems = [...unknownLists(contract, lists)];
  const added: AddedItem[] = [];
  const rejected = new RejectedNames();
  for (const resource of kindlessFirst(keyed(contract))) {
    const draft = context.itemBuilders.get(resource.name);
    const key = stateKeyOf(contract, resource.name);
    const texts = state instanceof TextLists ? state.texts.get(key) : undefined;
    const items = texts === undefined ? listIn(lists, key) : unlessDeferred(texts, resource, context);
    if (draft === undefined || items.length === 0) continue;
    const add = itemAdder(resource, draft, context);
    const isLinked = resource.refers.length > 0 || draft.keySets.length > 0;
    for (const [index, item] of items.entries()) {
      const place = { key, index };
      const entity = add(place, item);
      if (!isEntity(entity)) {
        problems.push(...entity);
        rejected.add(resource.name, item);
      } else if (isLinked) added.push({ place, resource, entity });
    }
  }
  // References are checked last: an item may refer to one that is listed after it.
  const rules = kindsOfResources(contract);
  for (const each of added) {
    problems.push(...brokenReferences(each, context.world, rejected), ...missingForKind(each, context, rules));
  }
  for (const { resource, entity } of added) {
    const draft = context.itemBuilders.get(resource.name);
    if (draft !== undefined) setKeys(context.world, draft, entity, entity.properties);
  }
  for (const relation of contract.relations.values()) {
    for (const [index, tuple] of listIn(lists, relation.name).entries())
      problems.push(...addTuple({ relation, place: { key: relation.name, index }, tuple, rejected }, world));
  }
  if (problems.length > 0) throw new StateError(problems);
}

/**
 * Adds a list that stays text to the store.
 *
 * @returns the items that are to be added one by one instead: all of them, if one is like an item of the store
 */
function unlessDeferred(texts: ItemTexts, resource: Resource, context: StateContext): readonly Json[] {
  const { world, itemBuilders } = context;
  const builder = itemBuilders.get(resource.name);
  if (builder === undefined) return [];
  if (resource.once === true) return allOf(texts);
  const items = deferredItems(texts, builder, world);
  for (const { properties } of world.store.table(resource.name).entities) {
    if (items.duplicatesOf(properties).length > 0) return allOf(texts);
  }
  world.store.defer(resource.name, items);
  return [];
}

function allOf(texts: ItemTexts): readonly Json[] {
  return Array.from({ length: texts.count }, (_, at) => texts.at(at));
}

function* unknownLists(contract: Contract, lists: JsonObject): Iterable<StateProblem> {
  const known = new Set([
    ...keyed(contract).map(({ name }) => stateKeyOf(contract, name)),
    ...contract.relations.keys(),
  ]);
  for (const [key, list] of Object.entries(lists)) {
    const pointer = joinPointer('#', key);
    if (!known.has(key)) yield problem(pointer, `Unknown list; expected one of ${[...known].join(', ')}.`);
    else if (!Array.isArray(list)) yield problem(pointer, 'Expected a list.');
  }
}

function keyed(contract: Contract): Resource[] {
  return [...contract.resources.values()].filter(({ inside }) => inside === undefined);
}

/** What decides the kind of an item exists before it. */
function kindlessFirst(resources: readonly Resource[]): readonly Resource[] {
  return [...resources].sort((one, other) => Number(one.kind !== undefined) - Number(other.kind !== undefined));
}

function listIn(lists: JsonObject, key: string): readonly Json[] {
  const list = Object.hasOwn(lists, key) ? lists[key] : undefined;
  return Array.isArray(list) ? list : [];
}

/** An item in the store that may refer to others, with its place in the state. */
interface AddedItem {
  readonly place: Place;
  readonly resource: Resource;
  readonly entity: Entity;
}

function isEntity(added: Entity | readonly StateProblem[]): added is Entity {
  return !Array.isArray(added);
}

/** Returns a function that adds an item of a resource to the store, or returns its problems. */
function itemAdder(
  resource: Resource,
  builder: ItemBuilder,
  { contract, world, validators, defaults, isInitial }: StateContext,
): (place: Place, item: Json) => Entity | readonly StateProblem[] {
  const { properties: schemas, required, conditions } = itemPropertiesOf(contract, resource, builder);
  const validate = validators.compile({
    ...conditions,
    type: 'object',
    properties: Object.fromEntries(schemas),
    required,
    additionalProperties: false,
  });
  const checkKey = keyCheckFor(contract, validators, resource.name);
  const fixed = defaults.get(resource.name);
  return (place, item) => {
    const body = isObject(item) ? { ...fixed, ...builder.impliedBy(item, world), ...item } : item;
    const errors = validate(body);
    if (errors.length > 0 || !isObject(body))
      return errors.map((error) => ({
        ...problem(`${pointerTo(place)}${error.instancePath}`, `${world.provider.reason(error)}.`),
        ...surplusOf(error),
      }));
    const problems = builder.stateProblems(body, world);
    if (problems.size > 0)
      return [...problems].map(([property, message]) => problem(joinPointer(pointerTo(place), property), message));
    const key = body[resource.key];
    const unreachable = key === undefined ? undefined : checkKey(key);
    if (unreachable !== undefined) {
      const { method, route } = unreachable.operation;
      const message = `${method} ${route} does not accept this key. ${world.provider.reason(unreachable.error)}.`;
      return [problem(joinPointer(pointerTo(place), resource.key), message)];
    }
    const properties = builder.create(body, world, true);
    const other = world.store.table(resource.name).duplicateOf(properties);
    if (other === undefined) return world.store.create(resource.name, properties);
    if (isInitial(other)) {
      world.store.update(other, properties);
      return other;
    }
    return [problem(pointerTo(place), duplicateMessage(resource, other))];
  };
}

function duplicateMessage({ name, key, once, under }: Resource, { properties }: Entity): string {
  if (once !== true) return `Duplicate of ${name} "${String(properties[key])}" in a property that must be unique.`;
  const of = under === undefined ? '' : ` of ${under.parent} "${String(properties[under.property])}"`;
  return `There can be only one ${name}${of}, and there is one already.`;
}

function surplusOf({ params }: SchemaError): Pick<StateProblem, 'surplus'> {
  const name: unknown = params.additionalProperty ?? params.unevaluatedProperty;
  return typeof name === 'string' ? { surplus: name } : {};
}

function* brokenReferences(
  { place, resource, entity }: AddedItem,
  { store }: World,
  rejected: RejectedNames,
): Iterable<StateProblem> {
  for (const { property, resource: referred, by } of resource.refers) {
    // A state may leave out what users come from: their kind is then unknown.
    if (property === resource.kind?.property) continue;
    const name = nameOf(entity.properties[property]);
    if (rejected.has(referred, name)) continue;
    if (name !== undefined && store.table(referred).findBy(by, name) === undefined)
      yield problem(joinPointer(pointerTo(place), property), `Unknown ${referred} "${name}".`);
  }
}
