import type { Contract, Operation } from '../../contract/contract.js';

/** Whether the operation is the first one of its path: a check of the path as a whole runs there. */
export function isFirstOfPath(operation: Operation, { operations }: Contract): boolean {
  return operations.find(({ route }) => route === operation.route) === operation;
}
