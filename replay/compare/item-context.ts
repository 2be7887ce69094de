import type { Json, Resource } from '../../contract/contract.js';
import type { SchemaView } from '../judge/schema-view.js';
import type { Correspondence } from './correspondence.js';
import type { Difference } from './difference.js';

/** The known facts about a compared item. */
export interface ItemContext {
  readonly correspondence: Correspondence;
  /** The target's value for each recorded time of an item. */
  readonly times: Map<string, string>;
  /** The resource of the item, if it has one. */
  readonly resource?: Resource;
  /** The recorded key of the item, if known. */
  readonly id?: string;
  /** Everything that requests sent for the item so far, merged, as recorded. */
  readonly sent?: Json;
  /** The request schema of the creation, with its defaults. */
  readonly defaults: SchemaView;
  /** The schema of the resource itself, for an item in a listing of another resource. */
  readonly own?: SchemaView;
  /** The item has invented values, or something outside the contract changed it: compare only what was sent. */
  readonly assumed: boolean;
  /** Compares the items of a relation inside the item. */
  readonly set: (relation: string, lists: ValuePair<readonly Json[]>) => readonly Difference[];
}

/** A location in a body, with its schema view. */
export interface Location {
  readonly text: string;
  readonly view: SchemaView | undefined;
}

/** A recorded value and the value of the target at the same location. */
export interface ValuePair<Value = Json> {
  readonly recorded: Value;
  readonly actual: Value;
  readonly place: Location;
}

/** The comparison of one item, while its properties are compared. */
export interface ItemComparison extends ItemContext {
  /** The item itself. */
  readonly root: Location;
  /** Texts that were sent, as recorded and as sent to the target. */
  readonly texts: ReadonlySet<string>;
}
