import type { Operation } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import type { Exchange, TargetResponse } from '../target/exchange.js';

const PAGES: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

/** Some servers call every text HTML. */
const PLAIN = /^\s*[^<\s]/;

/** How a page begins that has no type. */
const HTML = /^\s*<(!doctype\s+html|html)\b/i;

/** Whether an answer is a page for browsers. */
export function isPage({ headers, text }: TargetResponse): boolean {
  const type = headers['content-type'];
  return type === undefined ? HTML.test(text) : PAGES.has(bareMediaType(type)) && !PLAIN.test(text);
}

/**
 * Whether an answer is a page for browsers, which the operation does not document: a web application beside the API answers
 * every request that it does not know with its first page.
 */
export function isWebPage({ response }: Exchange, { responses }: Operation): boolean {
  return isPage(response) && !responses.some(({ content }) => content.some(({ type }) => PAGES.has(type)));
}
