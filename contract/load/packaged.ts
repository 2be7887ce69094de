import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Contract } from '../contract.js';
import { packageRoot } from './package-root.js';

/** The contract as the build has put it into the package: checked, and one document. */
export const packagedFile = join(packageRoot(), 'dist', 'spec', 'contract.json');

/** In `dist`: the hash of each file that it was made from, by the path relative to the folder of the root document. */
const SOURCES = join('spec', 'contract-sources.json');

/** The packaged contract. The build has checked it, so that nothing is checked again and no YAML is parsed. */
export async function readPackaged(): Promise<Contract> {
  const { buildContract } = await import('../read/read.js');
  return buildContract(JSON.parse(await readFile(packagedFile, 'utf8')));
}

/**
 * The files of a contract, the root document first, if they are byte for byte those that the packaged contract was made
 * from: then it is the same. Only the package itself knows; code that runs from elsewhere may load contracts otherwise.
 *
 * @param root - an absolute path
 * @param packaged - the folder `dist` whose code this is; undefined if it is run from elsewhere
 */
export async function filesLikePackaged(
  root: string,
  packaged: string | undefined = runningPackage(),
): Promise<readonly string[] | undefined> {
  if (packaged === undefined) return undefined;
  const sources: Readonly<Record<string, string>> = JSON.parse(await readFile(join(packaged, SOURCES), 'utf8'));
  const files = Object.keys(sources).map((path) => join(dirname(root), path));
  if (files[0] !== root) return undefined;
  const same = await Promise.all(
    Object.entries(sources).map(async ([path, hash]) => (await hashOf(join(dirname(root), path))) === hash),
  );
  return same.every(Boolean) ? files : undefined;
}

/** What the build writes for `filesLikePackaged`. @param files - absolute paths, the root document first */
export async function hashesOf(files: readonly [string, ...string[]]): Promise<Readonly<Record<string, string>>> {
  const folder = dirname(files[0]);
  const entries = await Promise.all(
    files.map(async (file) => [relative(folder, file).split(sep).join('/'), await hashOf(file)] as const),
  );
  return Object.fromEntries(entries.map(([path, hash]) => [path, hash ?? '']));
}

/** Undefined where the file cannot be read. */
async function hashOf(file: string): Promise<string | undefined> {
  const content = await readFile(file).catch(() => undefined);
  return content && createHash('sha256').update(content).digest('base64');
}

function runningPackage(): string | undefined {
  const folder = join(packageRoot(), 'dist');
  return import.meta.dirname.startsWith(folder + sep) || import.meta.dirname === folder ? folder : undefined;
}
