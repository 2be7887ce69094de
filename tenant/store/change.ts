import type { JsonObject } from '../../contract/contract.js';

/** A side of a tuple: the order of an item, or of the parent and of the item inside it. */
export type MemberOrder = number | readonly [parent: number, order: number];

/**
 * One step of a change of a store, as JSON. Steps have no consequences: what a deletion or an update brings about is in
 * steps of its own, so that applying them needs no rules.
 */
export type Change =
  /** An item is there with these properties. `inside`: the orders of the new items inside it, by their resource. */
  | readonly ['put', resource: string, order: number, properties: JsonObject, inside?: NewInside]
  | readonly ['delete', resource: string, order: number]
  /** A tuple is there with these properties. */
  | readonly ['add', relation: string, order: number, members: readonly MemberOrder[], properties: JsonObject]
  /** `key`: the orders of its members, as in `keyOf` of tuples. */
  | readonly ['remove', relation: string, key: string];

/** Resource → the orders of new items inside an item. */
export type NewInside = Readonly<Record<string, readonly number[]>>;
