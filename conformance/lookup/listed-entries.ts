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
    .every((other) => isByList(other, contract));
}

/** Whether every operation that changes the same relation names one side in a list of its body, or each in its path. */
export function changesInListsOrPaths({ effect }: Operation, contract: Contract): boolean {
  const { between = [] } = contract.relations.get(effect?.target ?? '') ?? {};
  return contract.operations
    .filter((other) => other.effect?.target === effect?.target && isChange(other))
    .every((other) => isByList(other, contract) || between.every((side) => side in (other.effect?.of ?? {})));
}

function isByList(operation: Operation, contract: Contract): boolean {
  const pointers = Object.values(operation.effect?.each ?? {});
  return pointers.length === 1 && pointers.every((pointer) => isListInBody(operation, pointer, contract));
}

function isChange({ effect }: Operation): boolean {
  return effect?.kind === 'add' || effect?.kind === 'remove';
}
