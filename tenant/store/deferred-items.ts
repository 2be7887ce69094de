import type { JsonObject } from '../../contract/contract.js';

/** Items of a table that are made when they are first needed. Each has an index from 0. */
export interface DeferredItems {
  readonly count: number;
  /** The item whose key, alias or unique property has this value. */
  find(property: string, value: string): number | undefined;
  /** The items with the same key, alias or unique properties. */
  duplicatesOf(properties: JsonObject): readonly number[];
  /** The properties of an item. */
  make(index: number): JsonObject;
}
