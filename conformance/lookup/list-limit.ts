import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { listInBody } from '../../contract/list-in-body.js';
import { joinPointer } from '../../contract/pointer.js';
import { numberOf } from '../arbitraries/schema-shape.js';
import { bodyMedia } from '../target/request-body.js';

/** The maximum length of a list of subjects in a request body. */
export interface ListLimit {
  /** The list, as a JSON pointer into the body. */
  readonly list: Pointer;
  readonly max: number;
  /** Where the contract states it. */
  readonly pointer: Pointer;
}

/** The checks do not create more subjects than this to fill a list. */
export const LARGEST_LIST = 60;

/** The lists of subjects in an operation's body that have a maximum length. */
export function listLimits(operation: Operation, contract: Contract): readonly ListLimit[] {
  return Object.values(operation.effect?.each ?? {}).flatMap((list) => {
    const max = numberOf(listInBody(contract, operation, list)?.maxItems);
    const place = list === '' ? '' : `/properties${list}`;
    return max === undefined ? [] : [{ list, max, pointer: `${schemaPointer(operation)}${place}/maxItems` }];
  });
}

/** The place of the body's schema in the document. */
export function schemaPointer({ requestBody }: Operation): Pointer {
  return joinPointer(requestBody?.pointer ?? '', 'content', bodyMedia({ requestBody })?.type ?? '', 'schema');
}
