import type { JsonObject } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';

/** Why an item is in a listing: a tuple of the relation itself, or a chain of other relations. */
export type Origin =
  | { readonly kind: 'direct' }
  | { readonly kind: 'through'; readonly members: ReadonlyMap<string, Entity> };

/** An item to return, with the context of the request. */
export interface ViewItem {
  readonly entity: Entity;
  /** Resource → the entity that the request names. */
  readonly bound: ReadonlyMap<string, Entity>;
  readonly origins: readonly Origin[];
  /** The properties of the tuple that the item is listed for. */
  readonly carried?: JsonObject;
}
