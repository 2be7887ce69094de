import { idOf, resourceNamed } from '../../conformance/lookup/identity.js';
import type { Effect, Json, JsonObject, Resource } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import type { ReplayContract } from './replay-contract.js';
import { effectOf, type RoutedStep } from './step.js';

/** A reference to an entity: the one that has this value in any of these properties. */
export interface Reference {
  readonly resource: string;
  readonly properties: readonly string[];
  readonly value: string;
  /** The side of the effect that it determines; absent for a foreign key in a body. */
  readonly side?: string;
  readonly place: 'path' | 'body';
  /** Properties of a nested item of the entity, if the request refers to that item. */
  readonly item?: JsonObject;
  /** The id of the parent that the path names, if the resource is under one. */
  readonly parent?: string;
}

/** A tuple of a relation with the recorded ids of its sides. */
export interface RecordedTuple {
  readonly relation: string;
  /** Resource → id, as returned by `idOf`. */
  readonly sides: Readonly<Record<string, string>>;
  /** Resource → the object that identifies it, for nested items. */
  readonly items: Readonly<Record<string, JsonObject>>;
  /** What an answer shows of what the relation carries. */
  readonly carried?: JsonObject;
}

/** The properties by which a path or a list can refer to a resource. */
export function lookupProperties(resource: Resource): readonly string[] {
  return [resource.key, ...resource.aliases];
}

/** The references in the path and the query of a request, also where the contract does not say what it does. */
export function referencesInPath({ contract }: ReplayContract, step: RoutedStep): readonly Reference[] {
  const effect: Pick<Effect, 'of' | 'by'> = effectOf(step) ?? { of: step.match.operation.names ?? {} };
  const { body } = step.exchange.response;
  const queried = sidesInQuery(step).flatMap(([side, name]) => {
    const resource = contract.resources.get(side);
    return resource === undefined ? [] : referencesInEntry(resource, name);
  });
  const named = Object.entries(effect.of).flatMap(([side, parameter]) => {
    const value = step.match.path[parameter];
    const resource = contract.resources.get(side);
    if (value === undefined || resource === undefined) return [];
    // The answer distinguishes an alias from the key.
    const shows = (property: string) => isObject(body) && body[property] === value;
    const properties = effect.by === undefined ? lookupProperties(resource) : [effect.by];
    const shownFirst = [...properties].sort((left, right) => Number(shows(right)) - Number(shows(left)));
    const parent = step.match.path[effect.of[resource.under?.parent ?? ''] ?? ''];
    return [
      {
        resource: side,
        properties: shownFirst,
        value,
        side,
        place: 'path' as const,
        ...(parent === undefined ? {} : { parent }),
      },
    ];
  });
  return [...named, ...queried];
}

/** The sides that the query of a request names: side → the key, or the object that identifies a nested item. */
export function sidesInQuery(step: RoutedStep): readonly (readonly [string, Json])[] {
  const value = (name: string): Json => step.query[name] ?? '';
  return Object.entries(effectOf(step)?.query ?? {}).map(([side, named]) => [
    side,
    typeof named === 'string'
      ? value(named)
      : Object.fromEntries(Object.entries(named).map(([property, name]) => [property, value(name)])),
  ]);
}

/** The references in the body of a request: list entries and foreign keys. */
export function referencesInBody(known: ReplayContract, step: RoutedStep): readonly Reference[] {
  const { contract } = known;
  const effect = effectOf(step);
  const { body } = step.exchange.request;
  if (effect === undefined || body === undefined) return [];
  const listed = Object.entries(effect.each).flatMap(([side, pointer]) =>
    entriesAt(body, pointer).flatMap((entry) => referencesInEntry(resourceNamed(contract, side), entry)),
  );
  const target = effect.on === 'resource' ? contract.resources.get(effect.target) : undefined;
  return [...listed, ...(target === undefined ? [] : referencesInItem(contract, target, body))];
}

/** The references in the foreign keys of an item. */
export function referencesInItem(
  contract: ReplayContract['contract'],
  resource: Resource,
  item: Json,
): readonly Reference[] {
  if (!isObject(item)) return [];
  const parent = resource.inside === undefined ? [] : referencesInEntry(resource, item);
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

/** The reference in a list entry of a body: an entity by its key, or by an object the parent of a nested item. */
function referencesInEntry(resource: Resource, entry: Json): readonly Reference[] {
  if (resource.inside === undefined) {
    const value = isObject(entry) ? entry[resource.key] : entry;
    const properties = lookupProperties(resource);
    return typeof value === 'string'
      ? [{ resource: resource.name, properties, value, side: resource.name, place: 'body' }]
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

/** The properties of a nested item in an object that identifies it: `{value: x}` from `{permission_name: x}`. */
export function itemOf(resource: Resource, entry: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resource.inside?.key ?? {}).flatMap(([property, source]): [string, Json][] => {
      const value = entry[property];
      return source.of === 'item' && value !== undefined ? [[source.property, value]] : [];
    }),
  );
}

/** The scopes of a grant are nested items of its API: if the API is assumed, so are they. */
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
  // A list stands for one item per entry.
  return { item: { [named]: scopes } };
}

/**
 * The tuples that a request names.
 *
 * @param kind - only those that it adds or removes: one request may do both
 */
export function tuplesOf(
  { contract }: ReplayContract,
  step: RoutedStep,
  kind?: 'add' | 'remove',
): readonly RecordedTuple[] {
  const effect = effectOf(step);
  const { body } = step.exchange.request;
  if (effect?.on !== 'relation' || effect.kind === 'list') return [];
  const path: Record<string, string> = {};
  for (const [side, parameter] of Object.entries(effect.of)) path[side] = step.match.path[parameter] ?? '';
  const start: RecordedTuple = { relation: effect.target, sides: path, items: {} };
  if (Object.keys(effect.each).length === 0) return kind === undefined || effect.kind === kind ? [start] : [];
  return Object.entries(effect.each).reduce<readonly RecordedTuple[]>(
    (tuples, [side, pointer]) =>
      tuples.flatMap((tuple) =>
        entriesAt(body, pointer)
          .filter((entry) => kind === undefined || changeOf(effect, entry) === kind)
          .flatMap((entry) => withSide(resourceNamed(contract, side), tuple, entry)),
      ),
    [start],
  );
}

/** Whether an entry of a body adds or removes its tuple. */
function changeOf({ kind, flag }: Effect, entry: Json): 'add' | 'remove' {
  const isOff = flag !== undefined && isObject(entry) && entry[flag] === false;
  return kind === 'remove' || isOff ? 'remove' : 'add';
}

/** A tuple with one more side from an entry of a body; empty if the entry has no id. */
export function withSide(resource: Resource, tuple: RecordedTuple, entry: Json): readonly RecordedTuple[] {
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
