import type { Json, Operation, Parameter, QueryRole } from '../../../contract/contract.js';
import { canonicalText } from '../../../contract/json/canonical-text.js';
import { isObject } from '../../../contract/pointer.js';
import { bareName } from '../../../contract/text/bare-name.js';
import { type UsualPages, usualPages } from '../../../contract/usual-pages.js';
import { type Exchange, refused, succeeded } from '../../target/exchange.js';
import { buildRequest, type PlannedRequest, type RequestValues } from '../../target/request.js';
import { entriesOf } from './entries.js';
import { usualNext, usualPageQuery } from './usual-pages.js';

/**
 * How the pages of a listing are requested: by page number, each from the checkpoint that the page before gave, or by the
 * usual names of parameters where the contract does not say how.
 */
export type Walk = 'pages' | 'checkpoints' | 'usual pages';

/**
 * `refused`: the last response is not a success, or cannot be read. `repeats`: all entries of the last page were on earlier
 * pages.
 */
export type WalkEnd = 'complete' | 'refused' | 'repeats' | 'too many pages';

export interface Page {
  readonly exchange: Exchange;
  readonly entries: readonly Json[];
}

export interface Pages {
  /** In the order in which they were requested; at least one. */
  readonly pages: readonly Page[];
  readonly end: WalkEnd;
}

export interface WalkOptions {
  /** Absent: the listing has only one page. */
  readonly walk: Walk | undefined;
  /** Entries a page; `Infinity` for as many as the server gives. */
  readonly size: number;
  readonly maxPages: number;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** The parameter for the entries of a page. */
export function sizeParameter(operation: Operation, walk: Walk | undefined): Parameter | undefined {
  if (walk === 'usual pages') return usualPages(operation)?.size;
  return walk && queryParameter(operation, walk === 'pages' ? 'size' : 'take');
}

/** The entries of the largest page; undefined where the contract has no maximum. */
export function largestPage(operation: Operation, walk: Walk | undefined): number | undefined {
  const maximum = sizeParameter(operation, walk)?.schema.maximum;
  if (walk !== 'usual pages') return typeof maximum === 'number' ? maximum : undefined;
  // Without a maximum, a server may refuse any size.
  return typeof maximum === 'number' ? Math.min(maximum, LARGEST_USUAL) : Number.POSITIVE_INFINITY;
}

/** Larger pages take long at some servers. */
const LARGEST_USUAL = 100;

export function queryParameter(operation: Operation, kind: QueryRole['kind']): Parameter | undefined {
  return operation.parameters.find(({ query }) => query?.kind === kind);
}

/** The ways in which an operation's listing can be walked. */
export function walksOf(operation: Operation): readonly Walk[] {
  const has = (kind: QueryRole['kind']): boolean => queryParameter(operation, kind) !== undefined;
  return [
    ...(has('page') && has('size') ? (['pages'] as const) : []),
    ...(has('cursor') && has('take') ? (['checkpoints'] as const) : []),
    ...(usualPages(operation) === undefined ? [] : (['usual pages'] as const)),
  ];
}

/**
 * Walks a listing to its end. By page number: until a page has fewer entries than requested. By checkpoint: until a
 * response gives no next one, or an empty page. A page that only repeats earlier entries ends the walk too: a server
 * that ignores the page number would keep it going forever. Where nothing says whether page 0 or page 1 is the first,
 * the answer for page 1 does.
 */
export async function walkPages(operation: Operation, values: RequestValues, options: WalkOptions): Promise<Pages> {
  const { walk, size, maxPages, send } = options;
  const pages: Page[] = [];
  const seen = new Set<string>();
  let usual = walk === 'usual pages' ? usualPages(operation) : undefined;
  let next: Json | undefined;
  const read = (by: UsualPages | undefined): Promise<Exchange> => {
    const query = { ...values.query, ...pageQuery(operation, { walk, size, pages, next, usual: by }) };
    return send(buildRequest(operation, { ...values, query }));
  };
  while (pages.length < maxPages) {
    const guessed = pages.length === 1 && usual?.isFirstGuessed ? usual : undefined;
    const second = guessed && (await secondFromZero(operation, { pages, usual: guessed, read }));
    if (second !== undefined) usual = second.usual;
    const exchange = second?.exchange ?? (await read(usual));
    // Nothing says what a page beyond the last one gets.
    if (walk === 'usual pages' && pages.length > 0 && refused(exchange)) return { pages, end: 'complete' };
    const entries = entriesOf(operation, exchange.response.json);
    pages.push({ exchange, entries });
    if (!succeeded(exchange) || isUnreadable(exchange)) return { pages, end: 'refused' };
    next =
      walk === 'usual pages'
        ? usualNext(exchange.response, usual?.parameter.name ?? '')
        : nextOf(operation, exchange.response.json);
    if (isLast({ walk, size, pages, next, usual })) return { pages, end: 'complete' };
    const texts = entries.map(canonicalText);
    if (texts.every((text) => seen.has(text))) {
      // Nothing says what a page beyond the last one shows: some servers show the last one again.
      if (walk === 'usual pages' && !Number.isFinite(size)) return { pages: pages.slice(0, -1), end: 'complete' };
      return { pages, end: 'repeats' };
    }
    for (const text of texts) seen.add(text);
  }
  return { pages, end: 'too many pages' };
}

/** The second page of a server that counts pages from 0: page 1 does not show the first entries once more. */
async function secondFromZero(
  operation: Operation,
  { pages: [first], usual: guessed, read }: SecondPage,
): Promise<{ readonly usual: UsualPages; readonly exchange: Exchange } | undefined> {
  const usual = { ...guessed, first: 0 };
  const exchange = await read(usual);
  const entries = entriesOf(operation, exchange.response.json);
  const before = new Set(first?.entries.map(nameOfEntry));
  const again = entries.filter((entry) => before.has(nameOfEntry(entry))).length;
  // Others may create and delete entries meanwhile.
  const isFirst = again * 2 > entries.length;
  return succeeded(exchange) && !isFirst ? { usual, exchange } : undefined;
}

/** What stays the same where an entry shows when it was read: its id, by the usual names. */
function nameOfEntry(entry: Json): string {
  const key = isObject(entry) ? Object.keys(entry).find((name) => ENTRY_KEYS.has(bareName(name))) : undefined;
  return isObject(entry) && key !== undefined ? canonicalText({ [key]: entry[key] ?? null }) : canonicalText(entry);
}

const ENTRY_KEYS: ReadonlySet<string> = new Set(['id', 'uuid', 'guid', 'uid', 'sid', 'gid']);

interface SecondPage {
  readonly pages: readonly Page[];
  readonly usual: UsualPages;
  readonly read: (usual: UsualPages) => Promise<Exchange>;
}

/** The body is not JSON, or is nested too deep. It must not count as an empty page, which would end the walk. */
function isUnreadable({ response }: Exchange): boolean {
  return response.text !== '' && response.json === undefined;
}

interface PageRequest {
  readonly walk: Walk | undefined;
  readonly size: number;
  /** The pages that were read. */
  readonly pages: readonly Page[];
  readonly next: Json | undefined;
  readonly usual: UsualPages | undefined;
}

/** Whether no page follows those that were read. */
function isLast({ walk, size, pages, next, usual }: PageRequest): boolean {
  const read = pages.at(-1)?.entries.length ?? 0;
  switch (walk) {
    case undefined:
      return true;
    case 'pages':
      return read < size;
    case 'checkpoints':
      return next === undefined || read === 0;
    case 'usual pages': {
      if (usual?.by === 'cursor') return next === undefined || read === 0;
      // A server may give fewer entries than requested on each page.
      return read === 0 || read < (pages[0]?.entries.length ?? 0);
    }
  }
}

function pageQuery(operation: Operation, { walk, size, pages, next, usual }: PageRequest): Record<string, Json> {
  const page = pages.length;
  const nameOf = (kind: QueryRole['kind']): string => queryParameter(operation, kind)?.name ?? '';
  switch (walk) {
    case undefined:
      return {};
    case 'pages':
      return { [nameOf('page')]: page, [nameOf('size')]: size };
    case 'usual pages': {
      const entriesBefore = pages.reduce((sum, { entries }) => sum + entries.length, 0);
      return usual === undefined ? {} : usualPageQuery(usual, { page, entriesBefore, next, size });
    }
    case 'checkpoints':
      return { [nameOf('take')]: size, ...(next === undefined ? {} : { [nameOf('cursor')]: next }) };
  }
}

/** The checkpoint that a page gives for the next one: the only string beside its items. */
function nextOf(operation: Operation, body: Json | undefined): Json | undefined {
  if (!isObject(body)) return undefined;
  const { [operation.effect?.as ?? '']: _items, ...others } = body;
  return Object.values(others).find((value) => typeof value === 'string');
}
