import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { diffContracts } from '../diff-contracts.js';
import { changeLine } from './change-lines.js';

/** The changes between two documents: `kind at place: sentence [before → after]` each. */
export function differences(before: JsonObject, after: JsonObject): readonly string[] {
  return diffContracts(readContract(before), readContract(after)).map((change) => changeLine(change).trim());
}
