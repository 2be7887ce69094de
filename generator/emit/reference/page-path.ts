import type { Contract, Operation } from '../../../contract/contract.js';
import { code, line } from './markdown.js';

/** Longer names are cut, so that with checksum and extension they stay below the 255 bytes of file systems. */
const longestName = 80;

/** `docs/README.md` is the index, and `index.md` in the site, in any case on some systems. */
const index = /^(?:readme|index)$/i;

/** Names of devices on Windows, also with anything after a dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The path of an operation's reference page, relative to the output folder: `docs/users.roles.assign.md`. Characters that
 * are unsafe in a file name or a link become `-`. A checksum is added if the id has such characters, is too long, is
 * reserved, or differs from another id only in case.
 */
export function pagePath({ operations }: Pick<Contract, 'operations'>, { id }: Pick<Operation, 'id'>): string {
  const name = id.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, longestName);
  const safe = device.test(name) ? `_${name}` : name;
  const ambiguous = safe !== id || index.test(id) || clashing(operations).has(id.toLowerCase());
  return ambiguous ? `docs/${safe}-${checksum(id)}.md` : `docs/${safe}.md`;
}

const known = new WeakMap<Contract['operations'], ReadonlySet<string>>();

/** Ids, in lower case, that several operations share in lower case; computed once per contract. */
function clashing(operations: Contract['operations']): ReadonlySet<string> {
  const found = known.get(operations);
  if (found !== undefined) return found;
  const seen = new Set<string>();
  const clashes = new Set<string>();
  for (const id of operations.map((operation) => operation.id.toLowerCase())) (seen.has(id) ? clashes : seen).add(id);
  known.set(operations, clashes);
  return clashes;
}

/** FNV-1a, 32 bit: enough to distinguish the names of one document. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The heading of a page and the text of links to it: the summary, else method and path. */
export function titleOf({ summary, method, path }: Operation): string {
  return line(summary).replaceAll(/[[\]]/g, '\\$&') || code(`${method} ${path}`);
}
