import { idOf, resourceNamed } from '../../conformance/lookup/identity.js';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, type KnownStep } from './step.js';

/** A thing that a request names: the one whose property, any of these, has this value. */
export interface Named {
  readonly resource: string;
  readonly properties: readonly string[];
  readonly value: string;
  /** The side of the effect that it stands for; absent for a foreign key in a body. */
  readonly side?: string;
  readonly place: 'path' | 'body';
  /** What is known of an item in a list of the thing that is named, where the request names the item by it. */
  readonly item?: JsonObject;
}

/** A tuple of a relation, by the recorded names of its sides. */
export interface Tuple {
  readonly relation: string;
  /** Resource → the id of the one, as `idOf` gives it. */
  readonly sides: Readonly<Record<string, string>>;
  /** The same of the sides that only an object names. */
  readonly items: Readonly<Record<string, JsonObject>>;
}

/** The properties by which a path or a list may name one of a resource. */
export function namesOf(resource: Resource): readonly string[] {
  return [resource.key, ...resource.aliases];
}

/** What the path of a request names. */
export function namedByPath({ contract }: ReplayContract, step: KnownStep): readonly Named[] {
  const effect = effectOf(step);
  if (effect === undefined) return [];
  return Object.entries(effect.of).flatMap(([side, parameter]) => {
    const value = step.match.path[parameter];
    const resource = contract.resources.get(side);
    if (value === undefined || resource === undefined) return [];
    const properties = effect.by === undefined ? namesOf(resource) : [effect.by];
    return [{ resource: side, properties, value, side, place: 'path' as const }];
  });
}

/** What the body of a request names: the entries of its lists, and foreign keys. */
export function namedByBody(known: ReplayContract, step: KnownStep): readonly Named[] {
  const { contract } = known;
  const effect = effectOf(step);
  const { body } = step.exchange.request;
  if (effect === undefined || body === undefined) return [];
  const listed = Object.entries(effect.each).flatMap(([side, pointer]) =>
    entriesAt(body, pointer).flatMap((entry) => namedByEntry(resourceNamed(contract, side), entry)),
  );
  const target = effect.on === 'resource' ? contract.resources.get(effect.target) : undefined;
  return [...listed, ...(target === undefined ? [] : namedByItem(contract, target, body))];
}

/** What the foreign keys in an item name. */
export function namedByItem(contract: ReplayContract['contract'], resource: Resource, item: Json): readonly Named[] {
  if (!isObject(item)) return [];
  const parent = resource.inside === undefined ? [] : namedByEntry(resource, item);
  const foreign = resource.refers.flatMap(({ property, resource: other, by }) => {
    const value = item[property];
    if (typeof value !== 'string' || value === '') return [];
    return [
      {
        resource: other,
        properties: [by],
        value,
        place: 'body' as const,
        ...grantedItem(contract, resource, property, item),
      },
    ];
  });
  return [...parent, ...foreign];
}

/** What an entry of a list in a body names: a thing by its key, or by an object the parent of an item. */
function namedByEntry(resource: Resource, entry: Json): readonly Named[] {
  if (resource.inside === undefined) {
    return typeof entry === 'string'
      ? [{ resource: resource.name, properties: namesOf(resource), value: entry, side: resource.name, place: 'body' }]
      : [];
  }
  if (!isObject(entry)) return [];
  const { key, parent } = resource.inside;
  return Object.entries(key).flatMap(([property, source]) => {
    const value = entry[property];
    if (source.of !== 'parent' || typeof value !== 'string') return [];
    const item = itemOf(resource, entry);
    return [
      { resource: parent, properties: [source.property], value, side: resource.name, place: 'body' as const, item },
    ];
  });
}

/** What an object that names an item says of the item itself: `{permission_name: x}` of a scope `{value: x}`. */
export function itemOf(resource: Resource, entry: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resource.inside?.key ?? {}).flatMap(([property, source]): [string, Json][] => {
      const value = entry[property];
      return source.of === 'item' && value !== undefined ? [[source.property, value]] : [];
    }),
  );
}

/** Scopes that a grant gives are items of the API that it is for: of one that must be there, they must be too. */
function grantedItem(
  contract: ReplayContract['contract'],
  grant: Resource,
  property: string,
  item: JsonObject,
): { readonly item?: JsonObject } {
  if (grant.grants?.audience !== property) return {};
  const scopes = item[grant.grants.scopes];
  const api = grant.refers.find((reference) => reference.property === property)?.resource;
  const child = [...contract.resources.values()].find(({ inside }) => inside?.parent === api);
  const named = Object.values(child?.inside?.key ?? {}).find(({ of }) => of === 'item')?.property;
  if (!Array.isArray(scopes) || named === undefined) return {};
  // Several at once: whoever reads it takes the list apart.
  return { item: { [named]: scopes } };
}

/** The tuples that a request adds or removes. */
export function tuplesOf({ contract }: ReplayContract, step: KnownStep): readonly Tuple[] {
  const effect = effectOf(step);
  const { body } = step.exchange.request;
  if (effect?.on !== 'relation' || effect.kind === 'list') return [];
  const path: Record<string, string> = {};
  for (const [side, parameter] of Object.entries(effect.of)) path[side] = step.match.path[parameter] ?? '';
  const start: Tuple = { relation: effect.target, sides: path, items: {} };
  return Object.entries(effect.each).reduce<readonly Tuple[]>(
    (tuples, [side, pointer]) =>
      tuples.flatMap((tuple) =>
        entriesAt(body, pointer).flatMap((entry) => withSide(resourceNamed(contract, side), tuple, entry)),
      ),
    [start],
  );
}

/** A tuple with one more side, named by an entry of a body; none where the entry names nothing. */
export function withSide(resource: Resource, tuple: Tuple, entry: Json): readonly Tuple[] {
  const id = idOf(resource, entry);
  if (id === undefined) return [];
  const items =
    resource.inside !== undefined && isObject(entry) ? { ...tuple.items, [resource.name]: entry } : tuple.items;
  return [{ relation: tuple.relation, sides: { ...tuple.sides, [resource.name]: id }, items }];
}

function entriesAt(body: Json | undefined, pointer: string): readonly Json[] {
  const value = body === undefined ? undefined : getPointer(body, pointer);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
