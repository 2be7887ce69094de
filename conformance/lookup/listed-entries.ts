import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { listInBody } from '../../contract/list-in-body.js';

/** Whether the request body holds a list at a pointer, so that one request names many. */
export function isListInBody(operation: Operation, pointer: Pointer, contract: Contract): boolean {
  return listInBody(contract, operation, pointer)?.type !== 'string';
}

/** Whether every operation that changes the same relation names one side in a list of its body. */
export function changesInLists({ effect }: Operation, contract: Contract): boolean {
  return contract.operations
    .filter((other) => other.effect?.target === effect?.target && isChange(other))
    .every((other) => {
      const pointers = Object.values(other.effect?.each ?? {});
      return pointers.length === 1 && pointers.every((pointer) => isListInBody(other, pointer, contract));
    });
}

function isChange({ effect }: Operation): boolean {
  return effect?.kind === 'add' || effect?.kind === 'remove';
}
