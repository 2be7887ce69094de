import type { Json, Operation, QueryRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest, type RequestValues } from '../target/request.js';

export interface Listing {
  readonly entries: readonly Json[];
  /** The last answer: the one that was no success, where there was one. */
  readonly exchange: Exchange;
  readonly complete: boolean;
}

/** More pages than this are not read: the target would be going round in circles. */
const MOST_PAGES = 200;

/** Reads all pages of a listing, by page number where it has one, else by cursor, else the one page that there is. */
export async function readListing(
  operation: Operation,
  values: RequestValues,
  send: (request: PlannedRequest) => Promise<Exchange>,
): Promise<Listing> {
  const parameterOf = (kind: QueryRole['kind']) => operation.parameters.find(({ query }) => query?.kind === kind);
  const page = parameterOf('page');
  const sizeParameter = page === undefined ? parameterOf('take') : parameterOf('size');
  const cursor = parameterOf('cursor');
  const size = typeof sizeParameter?.schema.maximum === 'number' ? sizeParameter.schema.maximum : 50;
  const entries: Json[] = [];
  let next: Json | undefined;
  for (let index = 0; ; index += 1) {
    const query: Record<string, Json> = { ...values.query };
    if (sizeParameter !== undefined) query[sizeParameter.name] = size;
    if (page !== undefined && index > 0) query[page.name] = index;
    if (page === undefined && cursor !== undefined && next !== undefined) query[cursor.name] = next;
    const exchange = await send(buildRequest(operation, { ...values, query }));
    if (!succeeded(exchange)) return { entries, exchange, complete: false };
    const got = entriesOf(operation, exchange.response.json);
    entries.push(...got);
    next = isObject(exchange.response.json) ? exchange.response.json.next : undefined;
    const more = page === undefined ? cursor !== undefined && next !== undefined && got.length > 0 : got.length >= size;
    if (!more || sizeParameter === undefined) return { entries, exchange, complete: true };
    if (index + 1 === MOST_PAGES) return { entries, exchange, complete: false };
  }
}

/** The items of a listing's answer, whether they come bare or in an object. */
export function entriesOf(operation: Operation, body: Json | undefined): readonly Json[] {
  if (Array.isArray(body)) return body;
  const property = operation.effect?.as;
  const items = isObject(body) && property !== undefined ? body[property] : undefined;
  return Array.isArray(items) ? items : [];
}
