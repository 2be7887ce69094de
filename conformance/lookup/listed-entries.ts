import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { splitPointer } from '../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';

/** Whether the request body holds a list at a pointer, so that one request names many. */
export function isListInBody({ requestBody }: Operation, pointer: Pointer, contract: Contract): boolean {
  let schema = shapeOf(contract, requestBody?.content[0]?.schema ?? {});
  for (const segment of splitPointer(pointer)) schema = shapeOf(contract, propertiesOf(schema)[segment] ?? {});
  return schema.type !== 'string';
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
