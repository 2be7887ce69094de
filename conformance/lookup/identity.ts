import type { Contract, Effect, Json, JsonObject, Reference, Resource } from '../../contract/contract.js';
import { keyTypes } from '../../contract/derive/key.js';
import { keyInLocation } from '../../contract/http/location-key.js';
import { answeredItem, sentItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { type Exchange, succeeded } from '../target/exchange.js';

/**
 * How bodies name an entry of this resource: its key, or for an item the object of all its key properties. Absent where
 * the entry lacks one of them.
 */
export function nameInBody(resource: Resource, entry: Json): Json | undefined {
  if (resource.inside === undefined) {
    const key = isObject(entry) ? entry[resource.key] : entry;
    // An empty text names nothing: a path with it would be another one.
    return (typeof key === 'string' && key !== '') || typeof key === 'number' ? key : undefined;
  }
  if (!isObject(entry)) return undefined;
  const name: Record<string, Json> = {};
  for (const property of Object.keys(resource.inside.key)) {
    const value = entry[property];
    if (value === undefined) return undefined;
    name[property] = value;
  }
  return name;
}

/** `nameInBody` as one string, for comparisons. */
export function idOf(resource: Resource, entry: Json): string | undefined {
  const name = nameInBody(resource, entry);
  if (name === undefined) return undefined;
  if (!isObject(name)) return String(name);
  return Object.values(name).map(String).join(' ');
}

/** How bodies name what a foreign key may refer to in every tenant; undefined if nothing is there from the start. */
export function initialName({ resources }: Contract, { resource, by }: Reference): Json | undefined {
  return resources.get(resource)?.initial[0]?.[by];
}

/** How bodies name the item `item` of the parent `parent`. */
export function itemName(resource: Resource, parent: JsonObject, item: JsonObject): JsonObject {
  const name: Record<string, Json> = {};
  for (const [property, { of, property: source }] of Object.entries(resource.inside?.key ?? {})) {
    name[property] = (of === 'parent' ? parent : item)[source] ?? null;
  }
  return name;
}

/**
 * What a creation made, as far as its exchange shows it: the answer, else the request. An answer that shows no key may
 * name it in its `Location`. Absent where the answer names something else: it would be changed and removed.
 */
export function createdBy(contract: Contract, exchange: Exchange): JsonObject | undefined {
  const { request, response } = exchange;
  const { effect } = request.operation ?? {};
  if (exchange.namesOther === true) return undefined;
  const shown = answeredItem(effect, response.json);
  const located = keyLocated(contract, exchange);
  if (isObject(shown)) return { ...located, ...shown };
  // A target that names something else did not take the key of the request either.
  if (exchange.isLocationWrong === true) return undefined;
  const sent = sentItem(effect, request.values?.body);
  if (response.text !== '' && located === undefined) return undefined;
  return isObject(sent) ? { ...sent, ...located } : located;
}

/** The key of a new item that the `Location` of the answer names, by its property. */
export function keyLocated(contract: Contract, exchange: Exchange): JsonObject | undefined {
  const { request, response } = exchange;
  const { effect } = request.operation ?? {};
  if (!succeeded(exchange) || exchange.isLocationWrong === true) return undefined;
  return locatedKey(contract, effect, request.path, response.headers.location);
}

/** The same where nothing else names it: neither the body of the answer nor that of the request. */
export function locatedOnly(contract: Contract, exchange: Exchange): JsonObject | undefined {
  const { effect } = exchange.request.operation ?? {};
  const resource = effect?.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  const located = keyLocated(contract, exchange);
  if (resource === undefined || located === undefined) return undefined;
  const sent = sentItem(effect, exchange.request.values?.body);
  const others = [answeredItem(effect, exchange.response.json), sent].filter(isObject);
  const key = String(located[resource.key]);
  return others.some((item) => idOf(resource, item) === key) ? undefined : located;
}

/** The same of a success. @param path - of the request, encoded */
export function locatedKey(
  contract: Contract,
  effect: Effect | undefined,
  path: string,
  location: string | undefined,
): JsonObject | undefined {
  const resource = effect?.kind === 'create' ? contract.resources.get(effect.target) : undefined;
  if (location === undefined || resource === undefined) return undefined;
  const text = keyInLocation(location, path);
  if (text === undefined) return undefined;
  const key = isNumbered(contract, resource.name) ? Number(text) : text;
  // No path takes another text where it takes numbers.
  return Number.isNaN(key) ? undefined : { [resource.key]: key };
}

/** Whether paths name the items of a resource by numbers. */
function isNumbered(contract: Contract, target: string): boolean {
  const naming = contract.operations.find(
    ({ effect }) => effect?.kind !== 'create' && effect?.target === target && effect.of[target] !== undefined,
  );
  const parameter = naming?.parameters.find(
    ({ in: place, name }) => place === 'path' && name === naming.effect?.of[target],
  );
  const types = keyTypes(contract, parameter?.schema ?? {});
  return types.length > 0 && types.every((type) => type === 'integer' || type === 'number');
}

/** @throws RangeError on a name that the contract does not define, which is a defect of the caller */
export function resourceNamed(contract: Contract, name: string): Resource {
  const resource = contract.resources.get(name);
  if (resource === undefined) throw new RangeError(`The contract has no resource "${name}".`);
  return resource;
}
