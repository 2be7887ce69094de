import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { numberOf, shapeOf } from '../arbitraries/schema-shape.js';

/** How many subjects a list in the body may name at most. */
export interface ListLimit {
  /** The list, as a JSON pointer into the body. */
  readonly list: Pointer;
  readonly max: number;
  /** Where the contract says so. */
  readonly pointer: Pointer;
}

/** Larger lists are not filled with subjects to find out whether they are taken. */
export const LARGEST_LIST = 60;

/** The lists of subjects in an operation's body whose size is limited. */
export function listLimits(operation: Operation, contract: Contract): readonly ListLimit[] {
  const schema = operation.requestBody?.content[0]?.schema;
  return Object.values(operation.effect?.each ?? {}).flatMap((list) => {
    const found = schema && getPointer(shapeOf(contract, schema), `/properties${list}`);
    const max = isObject(found) ? numberOf(shapeOf(contract, found).maxItems) : undefined;
    return max === undefined ? [] : [{ list, max, pointer: `${schemaPointer(operation)}/properties${list}/maxItems` }];
  });
}

/** Where the schema of an operation's body stands in the document. */
export function schemaPointer({ requestBody }: Operation): Pointer {
  return joinPointer(requestBody?.pointer ?? '', 'content', requestBody?.content[0]?.type ?? '', 'schema');
}
