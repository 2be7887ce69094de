import type { JsonObject } from '../../contract/contract.js';
import type { Ordered } from './sequence.js';

/** One user, one role, one permission: what the store keeps of a resource. */
export interface Entity extends Ordered {
  /** Grows with every entity made in this store; also its identity in tuples. */
  readonly order: number;
  /** The name of its resource. */
  readonly resource: string;
  /** The parent of an item that stands inside another resource. */
  readonly parent?: Entity;
  /** Replaced as a whole by an update, never changed in place. */
  properties: JsonObject;
}
