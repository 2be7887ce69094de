import type { JsonObject } from '../../contract/contract.js';
import { isUuid } from './is-uuid.js';

/** By id, the names of the resources that have it. */
export type CreatedIds = ReadonlyMap<string, ReadonlySet<string>>;

/** An item of a resource as a listing shows it. */
export interface ShownItem {
  readonly resource: string;
  readonly id: string | undefined;
  readonly entry: JsonObject;
}

/**
 * The ids of what the run created that name nothing else, so that what shows one is of the run. Where two resources have
 * one of them, and the item of the other has no mark of the run, the target counts each resource from the start and shows
 * the numbers enciphered: then only UUIDs tell anything.
 *
 * @param shown - what listings show
 * @param isMarked - whether an entry has the mark of the run
 */
export function tellingIds(
  ids: CreatedIds,
  shown: readonly ShownItem[],
  isMarked: (entry: JsonObject) => boolean,
): ReadonlySet<string> {
  const isOfTwo = [...ids].some(([id, owners]) => owners.size > 1 && !isUuid(id));
  const isOther = ({ resource, id = '', entry }: ShownItem): boolean =>
    ids.get(id)?.has(resource) === false && !isUuid(id) && !isMarked(entry);
  const isShared = isOfTwo || shown.some(isOther);
  return new Set([...ids.keys()].filter((id) => !isShared || isUuid(id)));
}

/** Whether an entry shows one of the ids as a value of its own: what others wrote in nested data does not count. */
export function shownId(ids: ReadonlySet<string>, entry: JsonObject): string | undefined {
  return Object.values(entry).find((value): value is string => typeof value === 'string' && ids.has(value));
}
