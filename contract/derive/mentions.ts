import type { Contract, Mention, Operation, Schema } from '../contract.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { propertiesOf } from './item-schemas.js';
import { isReadOnly, type MentionedNames, mentionedNames, objectIn } from './mentioned-names.js';
import type { RestResource } from './rest-resource.js';

/**
 * What requests say of other resources, by name: `department_id` holds the key of a department if its type is that of the
 * key, and so does `department` if that is a number or a UUID; so do the entries of `department_ids`. An object may stand
 * for the item: `{"department": {"id": 1}}`. The key of a member may be that of a user. Resources below others are left out,
 * since a key alone does not name them.
 */
export function mentionsOf(
  contract: Contract,
  resources: readonly RestResource[],
): ReadonlyMap<RestResource, readonly Mention[]> {
  const named = namesOf(contract, resources);
  const found = new Map(
    resources.map((resource) => [
      resource,
      resource.sentIn.flatMap((schema) => [...placesIn(contract, schema, named)]),
    ]),
  );
  const all = new Map<RestResource, Map<string, Mention>>(resources.map((resource) => [resource, new Map()]));
  const needs = new Map(resources.map(({ name, under }) => [name, under === undefined ? [] : [under.parent]]));
  // What every request must have comes first.
  for (const needed of [true, false]) {
    for (const [resource, places] of found) {
      for (const { mention, isNeeded } of places) {
        // Items that need each other could not be created.
        if (isNeeded !== needed || leadsTo(resource.name, mention.resource, needs)) continue;
        all.get(resource)?.set(placeOf(mention), mention);
        needs.get(resource.name)?.push(mention.resource);
      }
    }
  }
  return new Map([...all].map(([resource, mentions]) => [resource, [...mentions.values()]]));
}

/** The same of the bodies of operations whose effect is not known. */
export function mentionsOfOthers(
  contract: Contract,
  resources: readonly RestResource[],
): ReadonlyMap<Operation, readonly Mention[]> {
  const known = new Set(resources.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
  const named = namesOf(contract, resources);
  const all = new Map<Operation, readonly Mention[]>();
  for (const operation of contract.operations) {
    const schema = operation.requestBody?.content[0]?.schema;
    if (known.has(operation) || schema === undefined) continue;
    const found = [...placesIn(contract, schema, named)].map(({ mention }) => mention);
    if (found.length > 0) all.set(operation, found);
  }
  return all;
}

function namesOf(contract: Contract, resources: readonly RestResource[]): readonly MentionedNames[] {
  return resources.filter(({ under }) => under === undefined).map((resource) => mentionedNames(contract, resource));
}

interface MentionPlace {
  readonly mention: Mention;
  /** Whether every request has the place. */
  readonly isNeeded: boolean;
}

/** Objects in objects are followed to this level: they may lead back to themselves. */
const DEEPEST = 3;

/** The places of a body that name items. */
function* placesIn(
  contract: Contract,
  schema: Schema,
  named: readonly MentionedNames[],
  path: readonly string[] = [],
): Generator<MentionPlace> {
  const { required } = mergedSchema(contract, schema);
  for (const [name, inner] of Object.entries(propertiesOf(contract, schema))) {
    if (isReadOnly(contract, inner)) continue;
    const isNeeded = Array.isArray(required) && required.includes(name);
    const [property = name, ...within] = [...path, name];
    const holder = named.find(({ hasKey }) => hasKey(name, inner));
    if (holder !== undefined) {
      const { resource, key } = holder;
      yield { mention: { property, resource, by: key, ...(within.length > 0 && { within }) }, isNeeded };
      continue;
    }
    const object = objectIn(contract, inner);
    if (object === undefined) continue;
    const item = itemIn(object, name, named);
    if (item !== undefined) {
      const { resource, by, member } = item;
      yield { mention: { property, resource, by, within: [...within, member], isItem: true }, isNeeded };
    } else if (path.length < DEEPEST) {
      for (const place of placesIn(contract, object, named, [...path, name]))
        yield { ...place, isNeeded: isNeeded && place.isNeeded };
    }
  }
}

interface ItemInObject {
  readonly resource: string;
  readonly by: string;
  readonly member: string;
}

/** The resource whose item an object stands for: the type that it says tells more than the name of its property. */
function itemIn(object: Schema, property: string, named: readonly MentionedNames[]): ItemInObject | undefined {
  const candidates = [
    ...named.filter(({ isTyped }) => isTyped(object)),
    ...named.filter(({ isNamed }) => isNamed(property)),
  ];
  for (const { resource, keyIn } of candidates) {
    const found = keyIn(object);
    if (found !== undefined) return { resource, ...found };
  }
  return undefined;
}

function placeOf({ property, within = [] }: Mention): string {
  return JSON.stringify([property, ...within]);
}

/** Whether an item of `other` needs one of `name`, itself or through what it needs. */
function leadsTo(name: string, other: string, needs: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set([other]);
  for (const each of seen) for (const next of needs.get(each) ?? []) seen.add(next);
  return seen.has(name);
}
