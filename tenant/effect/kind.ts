import type { JsonObject, Resource } from '../../contract/contract.js';
import { nameOf } from '../store/name-of.js';
import type { Store } from '../store/store.js';

/** The kind of an item, by the item that it refers to; undefined if its resource has no kinds, or if that is unknown. */
export function kindIn(store: Store, { kind, refers }: Resource, item: JsonObject): string | undefined {
  const reference = refers.find(({ property }) => property === kind?.property);
  const name = nameOf(item[reference?.property ?? '']);
  if (kind === undefined || reference === undefined || name === undefined) return undefined;
  return nameOf(store.table(reference.resource).findBy(reference.by, name)?.properties[kind.of]);
}
