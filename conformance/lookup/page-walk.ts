import type { Json, Operation, Parameter, QueryRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { CheckContext } from '../check.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type RequestValues } from '../target/request.js';
import { entriesOf } from './listing.js';

/** How a listing is walked: by page numbers, or from one checkpoint to the next. */
export type Walk = 'pages' | 'checkpoints';

/** The pages of a listing, one after the other. */
export interface Pages {
  readonly exchanges: readonly Exchange[];
  readonly entries: readonly (readonly Json[])[];
  /** The walk went on for longer than there can be pages. */
  readonly endless: boolean;
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
 * Walks a listing to its end. By pages: until one has fewer entries than asked for. By checkpoints: until an answer gives
 * no next, or, where the contract says so, an empty page.
 * @param most - of pages; a walk that has not ended by then is endless
 */
export async function walkPages(
  context: CheckContext,
  operation: Operation,
  values: RequestValues,
  walk: Walk,
  size: number,
  most: number,
): Promise<Pages> {
  const exchanges: Exchange[] = [];
  const entries: (readonly Json[])[] = [];
  let next: Json | undefined;
  for (let page = 0; page < most; page += 1) {
    const query = walk === 'pages' ? pageQuery(operation, page, size) : checkpointQuery(operation, next, size);
    const exchange = await context.send(buildRequest(operation, { ...values, query: { ...values.query, ...query } }));
    exchanges.push(exchange);
    const got = entriesOf(operation, exchange.response.json);
    entries.push(got);
    next = nextOf(operation, exchange.response.json);
    if (!succeeded(exchange)) return { exchanges, entries, endless: false };
    if (walk === 'pages' ? got.length < size : next === undefined || got.length === 0)
      return { exchanges, entries, endless: false };
  }
  return { exchanges, entries, endless: true };
}

function pageQuery(operation: Operation, page: number, size: number): Record<string, Json> {
  return {
    [queryParameter(operation, 'page')?.name ?? '']: page,
    [queryParameter(operation, 'size')?.name ?? '']: size,
  };
}

function checkpointQuery(operation: Operation, next: Json | undefined, size: number): Record<string, Json> {
  return {
    [queryParameter(operation, 'take')?.name ?? '']: size,
    ...(next === undefined ? {} : { [queryParameter(operation, 'cursor')?.name ?? '']: next }),
  };
}

/** The checkpoint after a page: the one text that stands beside its items. */
function nextOf(operation: Operation, body: Json | undefined): Json | undefined {
  if (!isObject(body)) return undefined;
  const { [operation.effect?.as ?? '']: _items, ...others } = body;
  return Object.values(others).find((value) => typeof value === 'string');
}
