import type { Contract, Operation, Schema } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { bareName } from '../text/bare-name.js';
import { bodySchema, listedItems, propertiesOf } from './item-schemas.js';
import { keyTypes } from './key.js';
import { pathSegments } from './path-shape.js';
import type { RestResource } from './rest-resource.js';

/**
 * The list in a body that names items of a resource: the body itself, or its only property. Entries are keys, or objects
 * with a key. The path or the property has the name of their collection, such as `roles`, or the listing at the same path
 * shows a key that only they have, such as `user_id`.
 *
 * @param listing - the operation that lists what is at the same path
 * @returns a JSON pointer; undefined if there is no such list
 */
export function listNaming(
  contract: Contract,
  { operation, listing }: { readonly operation: Operation; readonly listing: Operation },
  resource: RestResource,
): string | undefined {
  const list = soleList(contract, bodySchema(operation));
  if (list === undefined || resource.under !== undefined || !isEntry(contract, list.items, resource)) return undefined;
  const { property } = list;
  const names = [pathSegments(operation.path).at(-1) ?? '', property ?? ''].map(bareName);
  const isNamed = names.some((name) => pluralsOf(resource).includes(name)) || listsOwnKey(contract, listing, resource);
  if (!isNamed) return undefined;
  return property === undefined ? '' : joinPointer('', property);
}

interface SoleList {
  readonly items: Schema;
  /** The property that holds it; absent: it is the body. */
  readonly property?: string;
}

function soleList(contract: Contract, schema: Schema | undefined): SoleList | undefined {
  if (schema === undefined) return undefined;
  const { items } = mergedSchema(contract, schema);
  if (isObject(items)) return { items };
  const [[property, list] = [], ...others] = Object.entries(propertiesOf(contract, schema));
  const inner = list === undefined ? undefined : mergedSchema(contract, list).items;
  return property === undefined || others.length > 0 || !isObject(inner) ? undefined : { items: inner, property };
}

/**
 * Whether an entry is a key of the resource, or an object with nothing but the key. Of one with more, a server may want
 * more than the key.
 */
function isEntry(contract: Contract, entry: Schema, { key, shownIn }: RestResource): boolean {
  const shown = shownIn.map((schema) => propertiesOf(contract, schema)[key]).find((schema) => schema !== undefined);
  const { [key]: inside, ...others } = propertiesOf(contract, entry);
  if (Object.keys(others).length > 0) return false;
  const given = inside ?? entry;
  const types = new Set(shown === undefined ? [] : keyTypes(contract, shown));
  return keyTypes(contract, given).some((type) => types.has(type));
}

/** `roles`, `roleids`. */
function pluralsOf({ name, key, path }: RestResource): readonly string[] {
  const ids = ownKey({ name, key }) ? bareName(key) : bareName(name + key);
  return [bareName(pathSegments(path).at(-1) ?? ''), `${ids}s`];
}

/** Whether the name of a key says of which resource it is: `client_id`. */
function ownKey({ name, key }: Pick<RestResource, 'name' | 'key'>): boolean {
  return bareName(key).startsWith(bareName(name)) && bareName(key) !== bareName(name);
}

function listsOwnKey(contract: Contract, listing: Operation, resource: RestResource): boolean {
  const { key } = resource;
  return (
    ownKey(resource) && listedItems(contract, listing, (schema) => key in propertiesOf(contract, schema)) !== undefined
  );
}
