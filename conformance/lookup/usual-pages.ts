import type { Json, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { PAGING_NAMES, type UsualPages } from '../../contract/usual-pages.js';

/**
 * From how many entries on an answer may leave others out, although the contract does not say that the listing is paged:
 * undefined where nothing shows that it is.
 */
export function fullPage({ parameters }: Operation): number | undefined {
  const ofQuery = parameters.filter(({ in: place }) => place === 'query');
  const sizes = ofQuery.filter(({ name }) => PAGING_NAMES.size.has(bareName(name)));
  const [usual] = sizes.map(({ schema }) => schema.default).filter((value) => typeof value === 'number');
  const isPaged = ofQuery.some(({ name }) => Object.values(PAGING_NAMES).some((names) => names.has(bareName(name))));
  return isPaged ? (usual ?? SMALLEST_DEFAULT) : undefined;
}

/** Servers rarely give fewer entries than this unless told to. */
const SMALLEST_DEFAULT = 10;

/** What a query says to get a page. */
export function usualPageQuery(
  { by, parameter, first, size }: UsualPages,
  at: { readonly page: number; readonly entriesBefore: number; readonly next: Json | undefined; readonly size: number },
): JsonObject {
  const ofSize: JsonObject = size === undefined || !Number.isFinite(at.size) ? {} : { [size.name]: at.size };
  if (at.page === 0) return ofSize;
  const place = { number: first + at.page, offset: at.entriesBefore, cursor: at.next }[by];
  return { ...ofSize, ...(place === undefined ? {} : { [parameter.name]: place }) };
}

/** The value that leads to the next page: a property called `next…`, of the answer or of an object in it. */
export function usualNext(body: Json | undefined): Json | undefined {
  if (!isObject(body)) return undefined;
  const isNext = (name: string, value: Json | undefined): boolean =>
    /^next/.test(bareName(name)) &&
    ((typeof value === 'string' && !/^(https?:|\/|\?)/.test(value)) || typeof value === 'number');
  for (const inside of [body, ...Object.values(body).filter(isObject)]) {
    const found = Object.entries(inside).find(([name, value]) => isNext(name, value));
    if (found !== undefined && found[1] !== '') return found[1];
  }
  return undefined;
}
