import type { Contract, Json, JsonObject, Reference, Resource } from '../../contract/contract.js';
import { answeredItem, sentItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import type { Exchange } from '../target/exchange.js';

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
 * What a creation made, as far as its exchange shows it: the answer, or the request where that has named the key and the
 * answer has no body.
 */
export function createdBy({ request, response }: Exchange): JsonObject | undefined {
  const { effect } = request.operation ?? {};
  const shown = answeredItem(effect, response.json);
  if (isObject(shown)) return shown;
  const sent = sentItem(effect, request.values?.body);
  return response.text === '' && isObject(sent) ? sent : undefined;
}

/** @throws RangeError on a name that the contract does not define, which is a defect of the caller */
export function resourceNamed(contract: Contract, name: string): Resource {
  const resource = contract.resources.get(name);
  if (resource === undefined) throw new RangeError(`The contract has no resource "${name}".`);
  return resource;
}
