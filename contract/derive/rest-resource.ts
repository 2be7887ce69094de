import type { JsonObject, Operation, Schema } from '../contract.js';

/** A collection and its items, or what exists once, recognized by the shape of their paths and by their schemas. */
export interface RestResource {
  /** `song` for `/songs`. */
  readonly name: string;
  /** The path of the collection, without a slash at the end. */
  readonly path: string;
  /** The property that identifies an item in answers; empty for what exists once. */
  readonly key: string;
  /** How a new item gets its key, as in `x-value`. */
  readonly template: string;
  /** The resource that the path names before the collection, and the property of an item that holds its key. */
  readonly under?: { readonly parent: string; readonly property: string };
  /** There is one item, which nothing creates or names: settings. */
  readonly once?: true;
  /** What it is at first; of what exists once. */
  readonly initial?: JsonObject;
  readonly operations: readonly RestOperation[];
  /** The schemas of answers that show an item. */
  readonly shownIn: readonly Schema[];
  /** The schemas of requests that give an item. */
  readonly sentIn: readonly Schema[];
}

/** What a document describes by REST conventions. */
export interface RestDocument {
  readonly resources: readonly RestResource[];
  /** The items that paths of other operations name: resource → path parameter. */
  readonly named: ReadonlyMap<Operation, Readonly<Record<string, string>>>;
}

export interface RestOperation {
  readonly kind: 'create' | 'list' | 'read' | 'update' | 'delete';
  readonly operation: Operation;
  /** What the path names: resource → path parameter. */
  readonly of: Readonly<Record<string, string>>;
  /** The property of the answer that holds the item, or the items of a listing. */
  readonly as?: string;
  /** The property of the request body that holds the item. */
  readonly within?: string;
}
