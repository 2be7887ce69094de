import type { Json } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { bareName } from '../../../contract/text/bare-name.js';
import { isTotalName } from '../../../contract/usual-pages.js';

/** The number of all entries of a listing, as a page says it beside its entries. */
export interface UsualTotal {
  readonly name: string;
  readonly value: number;
}

/**
 * The totals of a page by their usual names, in the answer or in an object beside the entries, such as `meta`.
 *
 * @param isOnly - whether it is the only page, whose own `count` is a total as well
 */
export function usualTotals(body: Json | undefined, isOnly: boolean): readonly UsualTotal[] {
  if (!isObject(body)) return [];
  const isNamed = (name: string): boolean => isTotalName(name) || (isOnly && bareName(name) === 'count');
  return [body, ...Object.values(body).filter(isObject)].flatMap((inside) =>
    Object.entries(inside).flatMap(([name, value]) =>
      typeof value === 'number' && isNamed(name) ? [{ name, value }] : [],
    ),
  );
}
