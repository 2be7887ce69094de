import type { Effect, Json, JsonObject, QueryRole } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Source } from '../effect/source.js';
import type { Shown } from '../view/shown.js';

/** What a listing is told by: the names of its query parameters by what they do, and what its operation says of pages. */
export interface Paging {
  readonly parameters: Readonly<Partial<Record<QueryRole['kind'], string>>>;
  /** The property that holds the items when they come in an object. */
  readonly as: string | undefined;
  readonly next: Effect['next'];
  /** Whether a bare array is among the answers; if not, items always come in an object. */
  readonly bare: boolean;
  /** No page reaches past this record, where the operation says so. */
  readonly ceiling: number | undefined;
}

/** A page: what to show, and what to put around it. */
export interface Page {
  readonly items: readonly Shown[];
  wrap(items: readonly Json[]): Json;
}

/** The size of a page when neither the request nor the contract says one (recorded: 50). */
const DEFAULT_SIZE = 50;

export function pageOf(paging: Paging, query: JsonObject, source: Source): Page | Refusal {
  const { parameters } = paging;
  const cursor = valueFor(query, parameters.cursor);
  const take = valueFor(query, parameters.take);
  if (take !== undefined || cursor !== undefined)
    return checkpoint(paging, cursor, numberOr(take, DEFAULT_SIZE), source);
  return numbered(paging, query, source);
}

function numbered({ parameters, as, bare, ceiling }: Paging, query: JsonObject, source: Source): Page | Refusal {
  // A listing without a parameter for the size gives all that it has.
  const size = parameters.size === undefined ? source.size : numberOr(valueFor(query, parameters.size), DEFAULT_SIZE);
  const page = numberOr(valueFor(query, parameters.page), 0);
  if (ceiling !== undefined && page * size + size > ceiling) {
    const detail = `page ${page} of ${size} reaches past ${ceiling} records`;
    return new Refusal(
      { kind: 'beyond', max: ceiling },
      { page: String(page), size: String(size), max: String(ceiling) },
      detail,
    );
  }
  const start = page * size;
  const total = source.size;
  const items = source.slice(start, size);
  const asked = valueFor(query, parameters.totals) === true;
  if (as === undefined || (bare && !asked)) return { items, wrap: (shown) => shown };
  // A listing that always comes in an object but has no parameter for totals has none to tell.
  if (!asked && parameters.totals === undefined && parameters.size === undefined)
    return { items, wrap: (shown) => ({ [as]: shown }) };
  return { items, wrap: (shown) => ({ [as]: shown, start, limit: size, total }) };
}

function checkpoint(
  { as, next: rule }: Paging,
  cursor: Json | undefined,
  take: number,
  source: Source,
): Page | Refusal {
  const place = cursor === undefined ? 0 : placeOf(cursor);
  if (place === undefined)
    return new Refusal({ kind: 'invalid', part: 'query' }, {}, 'the cursor is none that this tenant gave');
  const { items, last } = source.after(place, take);
  const more = rule === 'until-empty' ? items.length > 0 : items.length === take;
  const next = more ? { next: cursorAt(last) } : {};
  return { items, wrap: (shown) => ({ [as ?? 'items']: shown, ...next }) };
}

/** Opaque to callers, as the service's own are. */
function cursorAt(place: number): string {
  return Buffer.from(`after ${place}`).toString('base64url');
}

function placeOf(cursor: Json): number | undefined {
  const place = /^after ([0-9]{1,15})$/.exec(Buffer.from(String(cursor), 'base64url').toString())?.[1];
  return place === undefined ? undefined : Number(place);
}

function valueFor(query: JsonObject, parameter: string | undefined): Json | undefined {
  return parameter === undefined ? undefined : query[parameter];
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
