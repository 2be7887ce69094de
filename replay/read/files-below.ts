import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorReason } from '../../contract/file-error.js';
import { ReplayError } from '../errors.js';

/** How recordings are named. */
export const ENDINGS = ['.har', '.json', '.yaml', '.yml'];

/** Installed packages have thousands of JSON files that are not recordings. */
const PACKAGES = 'node_modules';

/**
 * The names, from the folder on, of all files in it and below that are named as recordings are, in order of name. Hidden
 * files and folders and installed packages are left out, and what is neither file nor folder. Links are followed, each
 * folder once.
 * @returns undefined if the path is not a folder
 * @throws ReplayError if a folder cannot be read
 */
export async function filesBelow(path: string): Promise<readonly string[] | undefined> {
  const known = await stat(path).catch(() => undefined); // reading it as a file says what is wrong
  return known?.isDirectory() === true ? filesIn(path, '', new Set()) : undefined;
}

async function filesIn(root: string, below: string, visited: Set<string>): Promise<readonly string[]> {
  const folder = join(root, below);
  const entries = await entriesOf(folder, visited);
  const files: string[] = [];
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const name = join(below, entry.name);
    if (entry.name.startsWith('.') || entry.name === PACKAGES) continue;
    const kind = entry.isSymbolicLink() ? await stat(join(root, name)).catch(() => undefined) : entry;
    if (kind?.isDirectory() === true) files.push(...(await filesIn(root, name, visited)));
    else if (kind?.isFile() === true && ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))) files.push(name);
  }
  return files;
}

/** Empty for a folder that was read before, by another name. */
async function entriesOf(folder: string, visited: Set<string>): Promise<Dirent[]> {
  try {
    const place = await realpath(folder);
    if (visited.has(place)) return [];
    visited.add(place);
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const message = `${folder}: the folder cannot be read: ${fileErrorReason(cause)}; expected a folder of recordings.`;
    throw new ReplayError('RECORDING_UNREADABLE', message, { cause });
  }
}
