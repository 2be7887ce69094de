import { ResponseError } from './errors.js';
import { type Result, unwrap } from './result.js';
import type { Repeated } from './route.js';

/**
 * How to walk a listing: items per page; then the names of the query parameters. `cursor` takes the `next` of the
 * previous page; `page` counts from 0; `totals` asks for the total number of items. `untilEmpty`: an empty page is the
 * last one, even if it has a `next`. `items`: the property with the items.
 */
export type Pages = readonly [
  most: number,
  size: string,
  cursor: string,
  page?: string,
  totals?: string,
  untilEmpty?: boolean | '',
  items?: string,
];

/**
 * The method that walks all pages: its first argument after the ids is the query. The items have the name of the group.
 */
export function allPages(...pages: Pages): Repeated {
  return (send, given, at, group) =>
    walkPages(pages, group, (page) => send(Object.assign([...given], { [at]: page })), given[at]);
}

/** An item of a page: of the array, or of this property if the page is an object. */
export type ItemOf<Page, Property extends string> = Page extends readonly (infer Item)[]
  ? Item
  : Property extends keyof Page
    ? NonNullable<Page[Property]> extends readonly (infer Item)[]
      ? Item
      : never
    : never;

/** A page that is an object, with the items in one of its properties. */
interface Page {
  readonly next?: unknown;
  readonly total?: unknown;
  readonly [items: string]: unknown;
}

/**
 * All items of a listing, in the property `group` unless `items` names another. Each page is requested when the items
 * of the previous one are used up.
 *
 * @throws ResponseError for a page that is not a success or has no list, and for a listing without an end: a page that
 * repeats an earlier one, a cursor that does not move, or a hundred empty pages in a row.
 */
export async function* walkPages(
  [most, size, cursor, page, totals, untilEmpty, items]: Pages,
  group: string,
  list: (query: object) => Promise<Result>,
  query: unknown,
): AsyncGenerator<unknown, void> {
  const property = items ?? group;
  let from: unknown;
  let seen = 0;
  let before = 0;
  let empty = 0;
  let mark = { next: from, text: '' };
  for (let number = 0; ; number += 1) {
    const sent: Record<string, unknown> = { [size]: most, ...(query as object) };
    if (cursor) sent[cursor] = from;
    if (page) sent[page] = number;
    if (totals) sent[totals] = true;
    const result = await list(sent);
    const body = unwrap(result) as Page | null;
    const fail = (expected: string) => new ResponseError(body, result.response, expected);
    // A walk by cursor needs the object with `next`: with a bare array it would silently end too early.
    const found = Array.isArray(body) && !cursor ? body : body?.[property];
    if (!Array.isArray(found)) throw fail(`a list in "${property}"`);
    const count = found.length;
    seen += count;
    empty = count ? 0 : empty + 1;
    const total = body?.total;
    const next = body?.next;
    const last = cursor
      ? !next || (untilEmpty && !count)
      : // A total smaller than what was received is wrong: then, as without a total, the first shorter page is last.
        // The server may return fewer items than requested, so pages are compared with the previous one.
        !count || (typeof total === 'number' && seen <= total ? seen === total : count < before);
    const text = JSON.stringify(found);
    if (!last && cursor && next === mark.next) throw fail('a new "next"');
    if (count && text === mark.text) throw fail('a new page');
    if (empty > 100) throw fail('an item in 100 pages');
    // Compare with page 0, 1, 2, 4, 8…: that finds repetitions of any length and keeps a single page in memory.
    if (!(number & (number - 1))) mark = { next, text };
    yield* found;
    if (last) return;
    from = next;
    before = count;
  }
}

/** How many entries the server accepted: all of them, or those before the first batch that it rejected. */
export type BatchResult<Rejection> =
  | { readonly ok: true; readonly accepted: number }
  | (Rejection & { readonly accepted: number });

/** The method that takes any number of entries in the place of the body; `property` of the body is the list. */
export function inBatches(property: string, size: number): Repeated {
  return async (send, given, at) =>
    sendBatches(given[at], size, (part) => send(Object.assign([...given], { [at]: { [property]: part } })));
}

/**
 * Sends any number of entries in batches of at most `size`, one request after the other. Sends nothing if there are no
 * entries. Not atomic: entries accepted before an error stay. Errors thrown have the same `accepted` count.
 */
export async function sendBatches(
  given: unknown,
  size: number,
  send: (entries: readonly unknown[]) => Promise<Result>,
): Promise<BatchResult<Result>> {
  // A copy: the caller may change the list while requests are being sent.
  const entries = [...(given as Iterable<unknown>)];
  let accepted = 0;
  try {
    while (accepted < entries.length) {
      const batch = entries.slice(accepted, accepted + size);
      const result = await send(batch);
      if (!result.ok) return { ...result, accepted };
      accepted += batch.length;
    }
  } catch (cause) {
    throw cause instanceof Error ? Object.assign(cause, { accepted }) : cause;
  }
  return { ok: true, accepted };
}
