import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Contract } from '../contract.js';
import { FileAccess } from './file-access.js';
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
  const hashes: Readonly<Record<string, string>> = JSON.parse(await readFile(join(packaged, SOURCES), 'utf8'));
  const sources = Object.entries(hashes).map(([path, hash]): Source => ({ file: join(dirname(root), path), hash }));
  const [first, ...others] = sources;
  if (first?.file !== root) return undefined;
  // What a reference may not read is not read here either: a FIFO has no end.
  const access = new FileAccess(root, []);
  const isSame = async ({ file, hash }: Source): Promise<boolean> =>
    (await access.refusalOf(file)) === undefined && (await hashOf(file)) === hash;
  // Most contracts are others, as the root document tells.
  const areSame = (await isSame(first)) && (await Promise.all(others.map(isSame))).every(Boolean);
  return areSame ? sources.map(({ file }) => file) : undefined;
}

/** A file that the packaged contract was made from, where a copy of it would be. */
interface Source {
  readonly file: string;
  readonly hash: string;
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
