import type { Operation } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import type { Exchange } from '../target/exchange.js';

const PAGES: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

/** Some servers call every text HTML. */
const PLAIN = /^\s*[^<\s]/;

/**
 * Whether an answer is a page for browsers, which the operation does not document: a web application beside the API answers
 * every request that it does not know with its first page.
 */
export function isWebPage({ response }: Exchange, { responses }: Operation): boolean {
  const isPage = PAGES.has(bareMediaType(response.headers['content-type'] ?? '')) && !PLAIN.test(response.text);
  return isPage && !responses.some(({ content }) => content.some(({ type }) => PAGES.has(type)));
}
