import type { Operation } from '../../contract/contract.js';

/** Whether what an operation shows may lag behind what was written. */
export function isEventual({ effect }: Operation): boolean {
  return effect?.consistency === 'eventual';
}
