import type { JsonObject } from '../../contract/contract.js';
import type { Ordered } from './sequence.js';

/** An item in the store: a user, a role, a permission. */
export interface Entity extends Ordered {
  /** Increases with every entity created in a store; identifies the entity in tuples. */
  readonly order: number;
  /** The name of the resource. */
  readonly resource: string;
  /** The parent, if the resource is inside another one. */
  readonly parent?: Entity;
  /** An update replaces the object and never mutates it. */
  properties: JsonObject;
}
