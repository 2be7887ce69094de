import type { Contract, Operation, Schema } from '../../../contract/contract.js';
import { listOr } from '../../../contract/json/json-value.js';
import { isObject } from '../../../contract/pointer.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';

/** The numbers beside the items of a page: the position of its first item, the page size, the number of all items. */
export const TOTALS = ['start', 'limit', 'total'] as const;

export type TotalsProperty = (typeof TOTALS)[number];

/** Those of the numbers that the documented pages of a listing declare beside the items. */
export function totalsOf(operation: Operation, contract: Contract): readonly TotalsProperty[] {
  const items = operation.effect?.as;
  const success = operation.responses.find(({ status }) => status.startsWith('2'));
  const page = pageSchemas(success?.content[0]?.schema ?? {}, contract).find(
    (properties) => items !== undefined && items in properties && TOTALS.some((name) => name in properties),
  );
  return page === undefined ? [] : TOTALS.filter((name) => name in page);
}

/** The properties of each form that a response may have. */
function pageSchemas(schema: Schema, contract: Contract): readonly Readonly<Record<string, Schema>>[] {
  const shape = shapeOf(contract, schema);
  const branches = [...listOr(shape.oneOf), ...listOr(shape.anyOf)].filter(isObject);
  return [propertiesOf(shape), ...branches.flatMap((branch) => pageSchemas(branch, contract))];
}
