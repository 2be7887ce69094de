import type { Contract, Operation, Schema } from '../../../contract/contract.js';
import { bodyOfSuccess, listedItems, propertiesOf } from '../../../contract/derive/item-schemas.js';
import { isParameter, pathSegments, shapeOf } from '../../../contract/derive/path-shape.js';
import { mergedSchema } from '../../../contract/schema/merged-schema.js';

/** The property of an answer that holds the items; absent: the answer is the list. */
export interface ShownList {
  readonly as?: string;
}

/**
 * How the GET of a path shows a collection, by its document: `[]` is a list, and `{"result": []}` holds one under the name
 * `as`. An object with more than a list shows a collection where paths below it name an item. Undefined: it shows none.
 */
export function shownList(contract: Contract, read: Operation): ShownList | undefined {
  if (read.effect?.kind === 'list') return read.effect.as === undefined ? {} : { as: read.effect.as };
  const schema = bodyOfSuccess(read);
  if (read.effect !== undefined || schema === undefined) return undefined;
  if ([mergedSchema(contract, schema).type].flat().includes('array')) return {};
  const as = listedItems(contract, read, (items) => isObjectSchema(contract, items))?.holder;
  if (as === undefined) return undefined;
  const isAlone = Object.keys(propertiesOf(contract, schema)).length === 1;
  return isAlone || hasItemsBelow(contract, read) ? { as } : undefined;
}

function isObjectSchema(contract: Contract, schema: Schema): boolean {
  return mergedSchema(contract, schema).type === 'object' || Object.keys(propertiesOf(contract, schema)).length > 0;
}

/** Whether a path names something below that of an operation: `/songs/{id}`. */
export function hasItemsBelow({ operations }: Contract, { route }: Operation): boolean {
  const own = pathSegments(route);
  return operations.some((other) => {
    const segments = pathSegments(other.route);
    return isParameter(segments[own.length]) && shapeOf(segments.slice(0, own.length)) === shapeOf(own);
  });
}
