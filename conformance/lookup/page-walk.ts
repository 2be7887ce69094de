import type { Json, Operation, Parameter, QueryRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest, type RequestValues } from '../target/request.js';
import { entriesOf } from './entries.js';

/** How the pages of a listing are requested: by page number, or each from the checkpoint that the page before gave. */
export type Walk = 'pages' | 'checkpoints';

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
  /** Entries a page. */
  readonly size: number;
  readonly maxPages: number;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

export function queryParameter(operation: Operation, kind: QueryRole['kind']): Parameter | undefined {
  return operation.parameters.find(({ query }) => query?.kind === kind);
}

/** The ways in which an operation's listing can be walked. */
export function walksOf(operation: Operation): readonly Walk[] {
  const has = (kind: QueryRole['kind']): boolean => queryParameter(operation, kind) !== undefined;
  return [
    ...(has('page') && has('size') ? (['pages'] as const) : []),
    ...(has('cursor') && has('take') ? (['checkpoints'] as const) : []),
  ];
}

/**
 * Walks a listing to its end. By page number: until a page has fewer entries than requested. By checkpoint: until a
 * response gives no next one, or an empty page. A page that only repeats earlier entries ends the walk too: a server
 * that ignores the page number would keep it going forever.
 */
export async function walkPages(operation: Operation, values: RequestValues, options: WalkOptions): Promise<Pages> {
  const { walk, size, maxPages, send } = options;
  const pages: Page[] = [];
  const seen = new Set<string>();
  let next: Json | undefined;
  while (pages.length < maxPages) {
    const query = { ...values.query, ...pageQuery(operation, { walk, size, page: pages.length, next }) };
    const exchange = await send(buildRequest(operation, { ...values, query }));
    const entries = entriesOf(operation, exchange.response.json);
    pages.push({ exchange, entries });
    if (!succeeded(exchange) || isUnreadable(exchange)) return { pages, end: 'refused' };
    next = nextOf(operation, exchange.response.json);
    const isLast = walk === 'pages' ? entries.length < size : next === undefined || entries.length === 0;
    if (walk === undefined || isLast) return { pages, end: 'complete' };
    const texts = entries.map((entry) => JSON.stringify(entry));
    if (texts.every((text) => seen.has(text))) return { pages, end: 'repeats' };
    for (const text of texts) seen.add(text);
  }
  return { pages, end: 'too many pages' };
}

/** The body is not JSON, or is nested too deep. It must not count as an empty page, which would end the walk. */
function isUnreadable({ response }: Exchange): boolean {
  return response.text !== '' && response.json === undefined;
}

interface PageRequest {
  readonly walk: Walk | undefined;
  readonly size: number;
  /** Counted from zero. */
  readonly page: number;
  readonly next: Json | undefined;
}

function pageQuery(operation: Operation, { walk, size, page, next }: PageRequest): Record<string, Json> {
  const nameOf = (kind: QueryRole['kind']): string => queryParameter(operation, kind)?.name ?? '';
  switch (walk) {
    case undefined:
      return {};
    case 'pages':
      return { [nameOf('page')]: page, [nameOf('size')]: size };
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
