import type { Entity } from '../store/entity.js';

/** How an item comes to be in a listing: by a tuple of its own, or by a chain that leads to it. */
export type Way =
  | { readonly kind: 'direct' }
  | { readonly kind: 'through'; readonly members: ReadonlyMap<string, Entity> };

/** An item to be shown, with what it is shown of. */
export interface Shown {
  readonly entity: Entity;
  /** Resource → the entity of it that the request names. */
  readonly bound: ReadonlyMap<string, Entity>;
  readonly ways: readonly Way[];
}
