import type { Json, Operation } from '../../../contract/contract.js';
import type { Exchange } from '../../target/exchange.js';
import type { PlannedRequest, RequestValues } from '../../target/request.js';
import { largestPage, type Walk, type WalkEnd, walkPages, walksOf } from './page-walk.js';

export interface Listing {
  readonly entries: readonly Json[];
  /** The last exchange: the refused one, where there was one. */
  readonly exchange: Exchange;
  /** Whether these are all entries. */
  readonly complete: boolean;
  readonly end: WalkEnd;
}

/** A listing with more pages is not read to its end. */
const MAX_PAGES = 200;
/** The page size where the contract gives no maximum. */
const PAGE_SIZE = 50;

export interface ReadingOptions {
  /** How to read where there is a choice; a service may end page numbers after some records. Default: by page number. */
  readonly preferred?: Walk;
  /** Default: 200. */
  readonly maxPages?: number;
}

/** Reads all pages of a listing: by page number if it has pages, else by checkpoint, else the only page. */
export async function readListing(
  operation: Operation,
  values: RequestValues,
  send: (request: PlannedRequest) => Promise<Exchange>,
  { preferred = 'pages', maxPages = MAX_PAGES }: ReadingOptions = {},
): Promise<Listing> {
  const walks = walksOf(operation);
  const walk = walks.find((each) => each === preferred) ?? walks[0];
  const size = largestPage(operation, walk) ?? PAGE_SIZE;
  const { pages, end } = await walkPages(operation, values, { walk, size, maxPages, send });
  const last = pages.at(-1);
  if (last === undefined) throw new RangeError('A walk sends at least one request.');
  return {
    entries: pages.flatMap(({ entries }) => entries),
    exchange: last.exchange,
    complete: end === 'complete',
    end,
  };
}
