import type { Operation, Parameter } from './contract.js';
import { isObject } from './pointer.js';
import { bareName } from './text/bare-name.js';

/**
 * How a listing is paged, by the usual names of its query parameters, where the contract does not say it: by page number,
 * by the number of entries before the page, or from a value that the page before gave.
 */
export interface UsualPages {
  readonly by: 'number' | 'offset' | 'cursor';
  readonly parameter: Parameter;
  /** The entries of a page. */
  readonly size?: Parameter;
  /** The first page number; 0 for the others. */
  readonly first: number;
  /** Nothing says the first page number: it may be 0 as well as 1. */
  readonly isFirstGuessed?: true;
}

/** Names in lower case, letters only. */
export const PAGING_NAMES: Readonly<Record<UsualPages['by'] | 'size', ReadonlySet<string>>> = {
  number: new Set(['page', 'pagenumber', 'pageno', 'pageindex']),
  offset: new Set(['offset', 'skip', 'startat', 'startindex']),
  cursor: new Set(['cursor', 'after', 'pagetoken', 'nexttoken', 'continuationtoken', 'marker']),
  size: new Set(['limit', 'perpage', 'pagesize', 'size', 'maxresults', 'amount', 'take']),
};

const TOTALS: ReadonlySet<string> = new Set(
  ['', 'count', 'entries', 'items', 'results', 'records', 'elements', 'rows'].map((what) => `total${what}`),
);

/** Whether a property beside the entries of a page has the usual name of their number on all pages. A `count` may be the page's. */
export function isTotalName(name: string): boolean {
  return TOTALS.has(bareName(name));
}

/** Names of what else a page says of itself: the number of pages, its own number, and the most items it may have. */
export const PAGE_NUMBER_NAMES: Readonly<Record<'pages' | 'page' | 'size', ReadonlySet<string>>> = {
  pages: new Set(['pages', 'totalpages', 'pagecount', 'pagescount', 'numpages', 'lastpage']),
  page: new Set(['page', 'currentpage', 'pagenumber', 'pageno']),
  size: new Set(['perpage', 'pagesize', 'itemsperpage', 'limit']),
};

/** Absent: the contract says how the listing is paged, or nothing shows that it is. */
export function usualPages({ effect, parameters }: Operation): UsualPages | undefined {
  if (effect?.kind !== 'list' || parameters.some(({ query }) => query !== undefined)) return undefined;
  const named = (kind: keyof typeof PAGING_NAMES) =>
    parameters.find(
      ({ in: place, name, schema }) =>
        place === 'query' && PAGING_NAMES[kind].has(bareName(name)) && (kind === 'cursor' || mayBeNumber(schema)),
    );
  const by = (['number', 'offset', 'cursor'] as const).find((each) => named(each) !== undefined);
  const parameter = by && named(by);
  if (by === undefined || parameter === undefined) return undefined;
  const size = named('size');
  const { default: usual, minimum } = parameter.schema;
  const known = [usual, minimum].find((each) => typeof each === 'number');
  const first = by === 'number' ? (known ?? 1) : 0;
  const guessed = by === 'number' && known === undefined ? ({ isFirstGuessed: true } as const) : {};
  return { by, parameter, first, ...guessed, ...(size === undefined ? {} : { size }) };
}

/** Whether a listing shows only what a query selects. A required parameter with a default, such as a page, need not be chosen. */
export function needsQuery({ parameters }: Operation): boolean {
  return parameters.some(
    ({ in: place, required, schema }) => place === 'query' && required && schema.default === undefined,
  );
}

/** JavaScript has one type of numbers, so its frameworks document integers as numbers. */
function mayBeNumber({ type, anyOf }: Parameter['schema']): boolean {
  const types = [type, ...(Array.isArray(anyOf) ? anyOf.map((each) => (isObject(each) ? each.type : undefined)) : [])];
  return types.flat().some((each) => each === 'integer' || each === 'number');
}
