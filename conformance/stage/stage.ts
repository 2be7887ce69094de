import type { Effect, Json, JsonObject, Operation, Relation } from '../../spec/contract/contract.js';
import type { Exchange } from '../exchange.js';
import type { Violation } from '../finding.js';
import type { RequestValues } from '../request.js';

/** Something that we put into the target: a user, a role, or an item inside another such as a permission. */
export interface Subject {
  /** The name of the resource. */
  readonly resource: string;
  /**
   * What names it: the key (`auth0|…`). Of an item inside another, all the properties of its key, joined: fit to compare,
   * not to send.
   */
  readonly id: string;
  /** What a list in a body says to name it: the key as a string, or the object of an item's key. */
  readonly name: Json;
  /** What its creation answered; of an item, what stands in its parent's list. */
  readonly value: JsonObject;
  /** The one that an item is inside of. */
  readonly parent?: Subject;
}

/** A tuple, or a part of it: sides that are held fixed. */
export type Sides = Readonly<Record<string, Subject>>;

/** One look at what the target shows, to tell later whether that changed. */
export interface Witness {
  /**
   * Looks again: violations where what is shown has changed; empty where not. One request, mostly.
   * @param exchange - the request that should have changed nothing
   */
  unchanged(exchange: Exchange): Promise<readonly Violation[]>;
  /** Nothing of the contract shows what this request would change: `unchanged` is always empty then. */
  readonly blind: boolean;
}

/**
 * What is prepared at the target for a check, by the contract's own operations, and taken away again. All that a check
 * creates, adds, alters or removes through `context.send` is followed: relations are reset and altered subjects are
 * replaced before the next check, and whatever is still there goes at the end of the run. So a check cleans up nothing.
 * A check has its stage for itself.
 */
export interface Stage {
  /**
   * A subject that is reused from check to check, in no relation to begin with. The same index gives the same one.
   * @throws Stop with the cause where the target does not let us create one.
   */
  subject(resource: string, index?: number): Promise<Subject>;
  /** `subject` 0 to count−1. */
  subjects(resource: string, count: number): Promise<readonly Subject[]>;
  /** A new one for this check alone: to be altered, deleted, or counted. `values` are laid over the plausible body. */
  fresh(resource: string, values?: JsonObject): Promise<Subject>;
  /** How many subjects of this resource there may be at most, as far as the contract says; Infinity if not. */
  capacity(resource: string): number;
  /** A key of the right form that names nothing; for an item inside another, the object that does. */
  unknown(resource: string): Promise<Subject>;

  /**
   * Values for a request of the operation that must succeed: every required parameter, path parameters that name
   * subjects (for a relation, subject 0 of each side; for update and delete a fresh one; for read subject 0), lists in
   * the body with `count` (1) further subjects, other required properties plausible, unique ones with the run's mark.
   */
  valid(operation: Operation, options?: ValidOptions): Promise<RequestValues>;
  /** A plausible body to create a resource, unique, with the run's mark, with every foreign key in place. */
  body(resource: string): Promise<JsonObject>;

  /** Puts tuples into a relation: `sides` fixed, `many` of the remaining side. In as few requests as the contract allows. */
  add(relation: string, sides: Sides, many: readonly Subject[]): Promise<void>;
  /** Takes tuples out of a relation. */
  remove(relation: string, sides: Sides, many: readonly Subject[]): Promise<void>;
  /** Takes all tuples with these sides out of a relation. */
  clear(relation: string, sides: Sides): Promise<void>;
  /**
   * The ids on the remaining side, in the order in which they are listed, through all pages.
   * @param until - for a listing that shows changes late: looks again, for a few seconds, until this holds
   */
  list(relation: string, sides: Sides, until?: (ids: readonly string[]) => boolean): Promise<readonly string[]>;

  /** The id, as in `Subject.id`, of an entry of a listing of the resource. */
  idOf(resource: string, entry: Json): string | undefined;

  /** A look at all that a request with these values would change, for the look afterwards. */
  witness(operation: Operation, values: RequestValues): Promise<Witness>;

  /** The operation that has this effect, with exactly these sides in its path where they are given. */
  operation(kind: Effect['kind'], target: string, sides?: readonly string[]): Operation | undefined;
  /** Every operation that has this effect: the same set from either side. */
  operations(kind: Effect['kind'], target: string): readonly Operation[];
  /** The side of the relation that neither the path nor these sides bind: the one that a list in a body names. */
  remaining(relation: Relation, sides: readonly string[]): string;
}

export interface ValidOptions {
  /** How many entries each list of subjects in the body has; 1 unless given. */
  readonly count?: number;
  /** Laid over the body. */
  readonly body?: JsonObject;
  /** Every optional property of the body too. */
  readonly full?: boolean;
  /** A subject that nothing else uses for every path parameter. */
  readonly fresh?: boolean;
}
