import type { Effect, Json, JsonObject, QueryRole } from '../../contract/contract.js';
import type { UsualPages } from '../../contract/usual-pages.js';
import { Refusal } from '../answer/refusal.js';
import type { PageNumbers } from '../effect/effect-result.js';
import type { Source } from '../effect/source.js';
import type { HabitSettings } from '../habits/habit.js';
import type { ViewItem } from '../view/view-item.js';

/** How an operation pages: the names of its query parameters by role, and the shape of its pages. */
export interface Paging {
  readonly parameters: Readonly<Partial<Record<QueryRole['kind'], string>>>;
  /** The property that holds the items if a page is an object. */
  readonly as: string | undefined;
  readonly next: Effect['next'];
  /** Whether an answer may be a bare array; otherwise a page is always an object. */
  readonly bare: boolean;
  /** The number of records that paging can reach, if the operation limits it. */
  readonly ceiling: number | undefined;
  /** What around the items may be otherwise at the real service. */
  readonly doubts: PagingDoubts;
  /** By the usual names of parameters, where the contract does not say how. */
  readonly usual: UsualPages | undefined;
}

/** Which parts of a page the sources contradict, or only infer. */
export interface PagingDoubts {
  readonly total: boolean;
  readonly limit: boolean;
  /** That a last page has no `next` is inferred. */
  readonly nextAlways: boolean;
  /** Selecting properties may take `next` away from a short page. */
  readonly nextUnlessFields: boolean;
}

/** The items of a page, and how to wrap them. */
export interface Page {
  readonly items: readonly ViewItem[];
  /** Its place in the listing, where the contract does not say how a page shows it. */
  readonly numbers?: PageNumbers;
  wrap(items: readonly Json[]): Json;
}

/** The page size if neither the request nor the contract sets one (recorded: 50). */
const DEFAULT_SIZE = 50;

export function pageOf(paging: Paging, query: JsonObject, source: Source, habits: HabitSettings = {}): Page | Refusal {
  const { parameters, usual } = paging;
  if (usual !== undefined) return usualPage(paging, usual, query, source);
  const cursor = valueFor(query, parameters.cursor);
  const take = valueFor(query, parameters.take);
  if (take !== undefined || cursor !== undefined) return checkpoint(paging, query, source, habits);
  return numbered(paging, query, source, habits);
}

function numbered(
  { parameters, as, bare, ceiling, doubts }: Paging,
  query: JsonObject,
  source: Source,
  { pageCap = Number.POSITIVE_INFINITY, zeroTotal, limitOfItems }: HabitSettings,
): Page | Refusal {
  // A listing without a size parameter returns all items.
  const wanted = parameters.size === undefined ? source.size : numberOr(valueFor(query, parameters.size), DEFAULT_SIZE);
  const size = parameters.size === undefined ? wanted : Math.min(wanted, pageCap);
  const page = numberOr(valueFor(query, parameters.page), 0);
  if (ceiling !== undefined && page * wanted + wanted > ceiling) {
    const detail = `page ${page} with size ${wanted} exceeds the limit of ${ceiling} records`;
    return new Refusal(
      { kind: 'beyond', max: ceiling },
      { page: String(page), size: String(wanted), max: String(ceiling) },
      detail,
    );
  }
  const start = page * size;
  const total = zeroTotal === true && doubts.total ? 0 : source.size;
  const items = source.slice(start, size);
  const withTotals = valueFor(query, parameters.totals) === true;
  if (as === undefined || (bare && !withTotals)) return { items, wrap: (views) => views };
  // An object page without a totals parameter has no totals.
  if (!withTotals && parameters.totals === undefined && parameters.size === undefined)
    return { items, wrap: (views) => ({ [as]: views }) };
  const limit = limitOfItems === true && doubts.limit ? items.length : size;
  return { items, wrap: (views) => ({ [as]: views, start, limit, total }) };
}

/** A cursor leads to the next page where there is one, as `next`. */
function usualPage(
  { as }: Paging,
  { by, parameter, size: sized, first }: UsualPages,
  query: JsonObject,
  source: Source,
): Page {
  const size = Math.max(1, numberOr(valueFor(query, sized?.name), source.size));
  const place = valueFor(query, parameter.name);
  const steps = Math.max(0, numberOr(place, first) - first);
  const position = typeof place === 'number' ? place : place === undefined ? 0 : (positionOf(place) ?? 0);
  const start = { cursor: position, number: steps * size, offset: steps }[by];
  const end = parameter.schema.type === 'integer' ? start + size : cursorAt(start + size);
  const next = by === 'cursor' && start + size < source.size ? { next: end } : {};
  const wrap = (views: readonly Json[]): Json => (as === undefined ? views : { [as]: views, ...next });
  const page = by === 'number' ? steps + first : Math.floor(start / size) + 1;
  return { items: source.slice(start, size), numbers: { total: source.size, size, page }, wrap };
}

function checkpoint(paging: Paging, query: JsonObject, source: Source, habits: HabitSettings): Page | Refusal {
  const { parameters, as } = paging;
  const cursor = valueFor(query, parameters.cursor);
  const wanted = numberOr(valueFor(query, parameters.take), DEFAULT_SIZE);
  const take = Math.min(wanted, habits.pageCap ?? wanted);
  const position = cursor === undefined ? 0 : positionOf(cursor);
  if (position === undefined) return new Refusal({ kind: 'invalid', part: 'query' }, {}, 'unknown cursor');
  const { items, last } = source.after(position, take);
  const more = nextRule(paging, query, habits) === 'until-empty' ? items.length > 0 : items.length === take;
  const next = more ? { next: cursorAt(last) } : {};
  return { items, wrap: (views) => ({ [as ?? 'items']: views, ...next }) };
}

function nextRule({ next, doubts, parameters }: Paging, query: JsonObject, habits: HabitSettings): Paging['next'] {
  if (habits.next === 'always' && doubts.nextAlways) return 'until-empty';
  const selects = valueFor(query, parameters.fields) !== undefined;
  return habits.next === 'unless-fields' && doubts.nextUnlessFields && selects ? 'until-short' : next;
}

/** Opaque to callers, like the cursors of the service. */
function cursorAt(position: number): string {
  return Buffer.from(`after ${position}`).toString('base64url');
}

function positionOf(cursor: Json): number | undefined {
  const position = /^after ([0-9]{1,15})$/.exec(Buffer.from(String(cursor), 'base64url').toString())?.[1];
  return position === undefined ? undefined : Number(position);
}

function valueFor(query: JsonObject, parameter: string | undefined): Json | undefined {
  return parameter === undefined ? undefined : query[parameter];
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
