import type { Contract, Operation } from '../../../contract/contract.js';

/** Names longer than this are cut: with checksum and ending, in any folder, they stay far from the 255 bytes of file systems. */
const longestName = 80;

/** `docs/README.md` is the index, whatever the case on some systems; the others are devices on Windows. */
const reserved = /^(?:readme|con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Where an operation's reference page stands, relative to the output folder: `docs/users.roles.assign.md`. Letters that
 * a file name or a link had better not have become `-`. An id that has such letters, is too long, is reserved, or differs
 * from another one only in case, is told apart by its checksum.
 */
export function pagePath({ operations }: Pick<Contract, 'operations'>, { id }: Pick<Operation, 'id'>): string {
  const name = id.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, longestName);
  const unclear = name !== id || reserved.test(id) || clashing(operations).has(id.toLowerCase());
  return unclear ? `docs/${name}-${checksum(id)}.md` : `docs/${name}.md`;
}

const known = new WeakMap<Contract['operations'], ReadonlySet<string>>();

/** The ids, in lower case, that several operations have in lower case; found once for a contract. */
function clashing(operations: Contract['operations']): ReadonlySet<string> {
  const found = known.get(operations);
  if (found !== undefined) return found;
  const seen = new Set<string>();
  const clashes = new Set<string>();
  for (const id of operations.map((operation) => operation.id.toLowerCase())) (seen.has(id) ? clashes : seen).add(id);
  known.set(operations, clashes);
  return clashes;
}

/** FNV-1a, 32 bit: enough to keep two names of one document apart. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
