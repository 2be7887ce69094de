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
 * @throws ResponseError for a page that is not a success, has no list, or has the cursor of the previous page.
 */
export async function* walkPages(
  [, items, most, size, cursor, page, totals, untilEmpty]: Pages,
  list: (query: object) => Promise<Result>,
  query: unknown,
): AsyncGenerator<unknown, void> {
  let from: unknown;
  let seen = 0;
  let before = 0;
  for (let number = 0; ; number += 1) {
    const sent: Record<string, unknown> = { [size]: most, ...(query as object) };
    if (cursor) sent[cursor] = from;
    if (page) sent[page] = number;
    if (totals) sent[totals] = true;
    const result = await list(sent);
    const body = unwrap(result) as Page | null;
    // A walk by cursor needs the object with `next`: with a bare array it would silently end too early.
    const found = Array.isArray(body) && !cursor ? body : body?.[items];
    if (!Array.isArray(found)) throw new ResponseError(body, result.response, `a list in "${items}"`);
    yield* found;
    const count = found.length;
    seen += count;
    const total = body?.total;
    const next = body?.next;
    if (cursor) {
      if (!next || (untilEmpty && !count)) return;
      if (next === from) throw new ResponseError(body, result.response, 'another "next" than the one sent');
      from = next;
    } else {
      // The server may return fewer items than requested, so a page is short only compared with the previous one.
      if (!count || (typeof total === 'number' ? seen >= total : count < before)) return;
      before = count;
    }
  }
}
