import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { isTotalName, PAGE_NUMBER_NAMES } from '../../contract/usual-pages.js';
import type { PageNumbers } from '../effect/effect-result.js';

/** Properties of a page that count its items. */
const COUNT = /^(total|count|size|length|(total|item|result)s?_?(count|items|results|records|elements))$/i;

/** All that a page may say of itself in numbers. */
export interface Numbers extends PageNumbers {
  /** The number of items of this page. */
  readonly items: number;
}

/** The numbers in what a page has beside its items, and in objects of that, by their usual names. */
export function counted(around: JsonObject, numbers: Numbers): JsonObject {
  const entries = Object.entries(around).map(([name, value]): [string, Json] => {
    if (isObject(value)) return [name, counted(value, numbers)];
    return [name, typeof value === 'number' ? (numberOf(name, numbers) ?? value) : value];
  });
  return Object.fromEntries(entries);
}

/** A page with those numbers that it may show, where the document does not allow all of them. */
export function countedWhere(
  around: JsonObject,
  named: JsonObject,
  numbers: Numbers,
  fits: (page: JsonObject) => boolean,
): JsonObject {
  let page = around;
  for (const [name, value] of Object.entries(named)) {
    const known = page;
    const holding = (inner: Json): JsonObject => ({ ...known, [name]: inner });
    const number = typeof value === 'number' ? numberOf(name, numbers) : undefined;
    if (isObject(value)) page = holding(countedWhere(value, value, numbers, (inner) => fits(holding(inner))));
    else if (number !== undefined && fits(holding(number))) page = holding(number);
  }
  return page;
}

/** The number that a property of a page has by its usual name; undefined for any other name. */
export function numberOf(name: string, { items, total, size, page }: Numbers): number | undefined {
  const bare = bareName(name);
  if (isTotalName(name) || bare === 'results') return total;
  if (COUNT.test(name)) return items;
  if (PAGE_NUMBER_NAMES.pages.has(bare)) return Math.max(1, Math.ceil(total / size));
  if (PAGE_NUMBER_NAMES.page.has(bare)) return page;
  return PAGE_NUMBER_NAMES.size.has(bare) ? size : undefined;
}
