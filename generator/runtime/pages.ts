import { ResponseError } from './errors.js';
import { type Result, unwrap } from './result.js';
import type { Pages } from './route.js';

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
 * All items of a listing. Each page is requested when the items of the previous one are used up.
 *
 * @throws ResponseError for a page that is not a success or has no list, and for a listing without an end: a page that
 * repeats an earlier one, a cursor that does not move, or a hundred empty pages in a row.
 */
export async function* walkPages(
  [, property, most, size, cursor, page, totals, untilEmpty]: Pages,
  list: (query: object) => Promise<Result>,
  query: unknown,
): AsyncGenerator<unknown, void> {
  let from: unknown;
  let seen = 0;
  let before = 0;
  let empty = 0;
  let mark = { next: from, items: '' };
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
    const items = JSON.stringify(found);
    if (!last && cursor && next === mark.next) throw fail('another "next" than the one sent');
    if (count && items === mark.items) throw fail('a page that differs from earlier ones');
    if (empty > 100) throw fail('an item on one of 100 pages');
    // Compare with page 0, 1, 2, 4, 8…: that finds repetitions of any length and keeps a single page in memory.
    if (!(number & (number - 1))) mark = { next, items };
    yield* found;
    if (last) return;
    from = next;
    before = count;
  }
}
