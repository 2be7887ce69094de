import type { Json, JsonObject, Operation, Parameter } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

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
}

/** Names in lower case, letters only. */
const NAMES: Readonly<Record<UsualPages['by'] | 'size', ReadonlySet<string>>> = {
  number: new Set(['page', 'pagenumber', 'pageno', 'pageindex']),
  offset: new Set(['offset', 'skip', 'startat', 'startindex']),
  cursor: new Set(['cursor', 'after', 'pagetoken', 'nexttoken', 'continuationtoken', 'marker']),
  size: new Set(['limit', 'perpage', 'pagesize', 'size', 'maxresults']),
};

/** Absent: the contract says how the listing is paged, or nothing shows that it is. */
export function usualPages({ effect, parameters }: Operation): UsualPages | undefined {
  if (effect?.kind !== 'list' || parameters.some(({ query }) => query !== undefined)) return undefined;
  const named = (kind: keyof typeof NAMES) =>
    parameters.find(
      ({ in: place, name, schema }) =>
        place === 'query' && NAMES[kind].has(bare(name)) && (kind === 'cursor' || mayBeInteger(schema)),
    );
  const by = (['number', 'offset', 'cursor'] as const).find((each) => named(each) !== undefined);
  const parameter = by && named(by);
  if (by === undefined || parameter === undefined) return undefined;
  const size = named('size');
  const { default: usual, minimum } = parameter.schema;
  const known = [usual, minimum].find((each) => typeof each === 'number');
  const first = by === 'number' ? (known ?? 1) : 0;
  return { by, parameter, first, ...(size === undefined ? {} : { size }) };
}

/**
 * From how many entries on an answer may leave others out, although the contract does not say that the listing is paged:
 * undefined where nothing shows that it is.
 */
export function fullPage({ parameters }: Operation): number | undefined {
  const ofQuery = parameters.filter(({ in: place }) => place === 'query');
  const sizes = ofQuery.filter(({ name }) => NAMES.size.has(bare(name)));
  const [usual] = sizes.map(({ schema }) => schema.default).filter((value) => typeof value === 'number');
  const isPaged = ofQuery.some(({ name }) => Object.values(NAMES).some((names) => names.has(bare(name))));
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
    /^next/.test(bare(name)) &&
    ((typeof value === 'string' && !/^(https?:|\/|\?)/.test(value)) || typeof value === 'number');
  for (const inside of [body, ...Object.values(body).filter(isObject)]) {
    const found = Object.entries(inside).find(([name, value]) => isNext(name, value));
    if (found !== undefined && found[1] !== '') return found[1];
  }
  return undefined;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function mayBeInteger({ type, anyOf }: Parameter['schema']): boolean {
  const types = [type, ...(Array.isArray(anyOf) ? anyOf.map((each) => (isObject(each) ? each.type : undefined)) : [])];
  return types.flat().includes('integer');
}
