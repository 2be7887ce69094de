import type { Operation } from '../../../contract/contract.js';
import { code, line } from './markdown.js';

/** The heading of a page and the text of links to it: the summary, else method and path. */
export function titleOf({ summary, method, path }: Operation): string {
  return line(summary).replaceAll(/[[\]]/g, '\\$&') || code(`${method} ${path}`);
}
