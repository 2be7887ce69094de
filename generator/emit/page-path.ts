import type { Operation } from '../../spec/contract/contract.js';

/**
 * Where an operation's reference page stands, relative to the output folder: `docs/users.roles.assign.md`. Letters that
 * a file name or a link had better not have become `-`; an id that has such letters is told apart by its hash.
 */
export function pagePath(operation: Pick<Operation, 'id'>): string {
  const name = operation.id.replace(/[^A-Za-z0-9._-]/g, '-');
  return name === operation.id ? `docs/${name}.md` : `docs/${name}-${checksum(operation.id)}.md`;
}

/** FNV-1a, 32 bit: enough to keep two names of one document apart. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
