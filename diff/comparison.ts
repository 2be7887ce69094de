import type { Contract } from '../contract/contract.js';
import { type SchemaComparison, schemaComparison } from './schema/compare.js';

/** Two contracts and the state shared while their parts are compared. */
export interface Comparison {
  readonly before: Contract;
  readonly after: Contract;
  readonly schemas: SchemaComparison;
}

export function comparisonOf(before: Contract, after: Contract): Comparison {
  return { before, after, schemas: schemaComparison(before.document, after.document) };
}
