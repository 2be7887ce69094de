import { ResponseError } from './errors.js';
import { type Result, unwrap } from './result.js';
import type { Pages } from './route.js';

/** What a page of a listing holds: the items of the array, or of this property of an object. */
export type ItemOf<Page, Property extends string> = Page extends readonly (infer Item)[]
  ? Item
  : Property extends keyof Page
    ? NonNullable<Page[Property]> extends readonly (infer Item)[]
      ? Item
      : never
    : never;

/** A page that comes as an object, with the items in one of its properties. */
interface Page {
  readonly next?: unknown;
  readonly total?: unknown;
  readonly [items: string]: unknown;
}

/**
 * All items of a listing, page after page, each asked for when the one before is used up.
 * @throws ResponseError for a page that is not a success, holds no list, or goes on where it was.
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
    const asked: Record<string, unknown> = { [size]: most, ...(query as object) };
    if (cursor) asked[cursor] = from;
    if (page) asked[page] = number;
    if (totals) asked[totals] = true;
    const result = await list(asked);
    const body = unwrap(result) as Page | null;
    // A cursor's page says where it goes on: a bare array would end the listing too early, in silence.
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
      // A server may serve less than was asked for: only against the page before is a page short.
      if (!count || (typeof total === 'number' ? seen >= total : count < before)) return;
      before = count;
    }
  }
}
