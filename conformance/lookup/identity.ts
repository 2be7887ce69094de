import type { Contract, Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** What names an entry of this resource in bodies: its key, or the object of all properties of an item's key. */
export function nameOf(resource: Resource, entry: Json): Json | undefined {
  if (resource.inside === undefined) {
    if (typeof entry === 'string') return entry;
    const key = isObject(entry) ? entry[resource.key] : undefined;
    return typeof key === 'string' ? key : undefined;
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

/** The same as one string, fit to compare. */
export function idOf(resource: Resource, entry: Json): string | undefined {
  const name = nameOf(resource, entry);
  if (name === undefined || typeof name === 'string') return name;
  return Object.values(name as JsonObject)
    .map(String)
    .join(' ');
}

/** What names the item `item` of the parent `parent` in bodies. */
export function itemName(resource: Resource, parent: JsonObject, item: JsonObject): JsonObject {
  const name: Record<string, Json> = {};
  for (const [property, { of, property: source }] of Object.entries(resource.inside?.key ?? {})) {
    name[property] = (of === 'parent' ? parent : item)[source] ?? null;
  }
  return name;
}

/** @throws RangeError on a name that the contract does not have: a defect of whoever asks. */
export function resourceNamed(contract: Contract, name: string): Resource {
  const resource = contract.resources.get(name);
  if (resource === undefined) throw new RangeError(`The contract has no resource "${name}".`);
  return resource;
}
