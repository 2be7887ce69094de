import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileErrorReason } from '../../contract/file-error.js';
import type { GeneratedFile } from '../emit/generated-file.js';
import { GeneratorError } from '../errors.js';
import { type CompareFile, compareOutput, type Drift, isForeign, isUpToDate } from './compare.js';
import { isRunning, lockName, withLock } from './lock.js';

/** A folder with the files that belong there. */
export interface OutputFolder {
  /** The option that named the folder, for messages. */
  readonly option: string;
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
}

/**
 * Updates the output folder while no other run writes to it. All new texts are written to a staging folder first and
 * moved when they are complete: a run that fails or is interrupted leaves each file either old or new, never partly
 * written.
 *
 * @param ours - lists the files that an earlier run wrote, even if edited since
 * @param compare - default: reads each file
 * @returns what differed
 * @throws GeneratorError if the folder cannot be written, is locked, or contains a file of the user where a generated one
 * belongs. The folder is unchanged in these cases.
 */
export async function updateOutput(
  output: OutputFolder,
  ours: () => readonly string[],
  compare?: CompareFile,
): Promise<readonly Drift[]> {
  const { folder: out, files } = output;
  if (isUpToDate(out, files, compare)) {
    await removeLeftovers(out);
    return [];
  }
  let created: string | undefined;
  try {
    created = mkdirSync(out, { recursive: true });
    return await withLock(out, () => {
      // Compared under the lock: another run may just have finished.
      const drift = compareOutput(out, files, compare);
      writeOutput(output, drift, ours());
      return drift;
    });
  } catch (cause) {
    if (created !== undefined) removeEmpty(out, dirname(created));
    throw cause instanceof GeneratorError ? cause : unwritable(output, cause);
  }
}

/** Milliseconds that another run gets to finish, before its files are no longer taken for leftovers. */
const MOMENT = 200;

/** Removes what a run left that was killed at its very end, if the folder can be written. */
async function removeLeftovers(out: string): Promise<void> {
  try {
    const isLeft = readdirSync(out).some((name) => name.startsWith('.rolecall-'));
    if (isLeft) await withLock(out, () => sweep(out), MOMENT);
  } catch {
    // The folder is up to date, whether or not it can be written.
  }
}

/** Writes and removes files. The caller holds the lock. */
export function writeOutput(output: OutputFolder, drift: readonly Drift[], ours: readonly string[]): void {
  const { folder: out, files } = output;
  const changed = new Set(drift.map(({ file }) => file));
  const wanted = files.filter(({ path }) => changed.has(path));
  const foreign = wanted.filter(({ path }) => !ours.includes(path) && isForeign(join(out, path)));
  if (foreign.length > 0) throw foreignFiles(output, foreign);
  const staging = join(out, `.rolecall-${process.pid}`);
  try {
    sweep(out);
    mkdirSync(staging);
  } catch (cause) {
    throw unwritable(output, cause);
  }
  try {
    writeFileSync(join(staging, stagingMark), '');
    for (const { path } of wanted) checkTarget(join(out, path));
    // Under their final names, so that a name the file system rejects fails before anything is moved.
    for (const { path, text } of wanted) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), text);
    }
    for (const { path } of wanted) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      renameSync(join(staging, path), join(out, path));
    }
    for (const { file, kind } of drift) if (kind === 'surplus') removeFile(out, file);
  } catch (cause) {
    throw unwritable(output, cause);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Marks a staging folder as ours: a folder of the user may have such a name, too. */
const stagingMark = '.rolecall-staging';

/** Removes the staging folders of runs that were killed, and locks that they were about to remove. */
function sweep(out: string): void {
  for (const name of readdirSync(out)) {
    const [, pid] = /^\.rolecall-(?:lock\.)?(\d+)$/.exec(name) ?? [];
    // With the lock held, what has this process's id is left from an earlier process.
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
    const path = join(out, name);
    const isOurs = name.startsWith(lockName) ? statSync(path).isFile() : isStaging(path);
    if (isOurs) rmSync(path, { recursive: true });
  }
}

/** A folder of the user may have such a name, too. An empty one is of a run that was killed before it left the mark. */
function isStaging(path: string): boolean {
  if (!statSync(path).isDirectory()) return false;
  const content = readdirSync(path);
  return content.length === 0 || content.includes(stagingMark);
}

/** Finds folders without write permission, and folders in the place of a file, before anything is moved. */
function checkTarget(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory()) throw new Error(`"${file}" is a folder`);
  let folder = dirname(file);
  while (!existsSync(folder)) folder = dirname(folder);
  accessSync(folder, constants.W_OK);
  if (!statSync(folder).isDirectory()) throw new Error(`"${folder}" is not a folder`);
}

/** Removes a file, and its folder if that is empty now. */
function removeFile(out: string, file: string): void {
  rmSync(join(out, file));
  const folder = dirname(join(out, file));
  if (folder !== out && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Removes a folder and its parents below `end` as long as they are empty. */
function removeEmpty(folder: string, end: string): void {
  for (let current = folder; current !== end; current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}

function foreignFiles({ option, folder }: OutputFolder, foreign: readonly GeneratedFile[]): GeneratorError {
  const names = foreign.map(({ path }) => `"${path}"`);
  const named = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const message = `${option} "${folder}" contains ${named}, which rolecall did not write (no generated-by comment in the first line); move it away or use another ${option}`;
  return new GeneratorError('OUTPUT_FOREIGN', message);
}

function unwritable({ option, folder }: OutputFolder, cause: unknown): GeneratorError {
  const reason = fileErrorReason(cause);
  const message = `${option} "${folder}": expected a writable folder, received: ${reason}; use another ${option}`;
  return new GeneratorError('OUTPUT_UNWRITABLE', message, { cause });
}
