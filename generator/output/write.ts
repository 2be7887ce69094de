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
import type { GeneratedFile } from '../emit/generated-file.js';
import { GeneratorError } from '../errors.js';
import { type Drift, isForeign } from './compare.js';

/**
 * Updates the output folder. All new texts are written to a staging folder first and moved when they are complete: a run
 * that fails or is interrupted leaves each file either old or new, never partly written.
 *
 * @param ours - files that an earlier run wrote, even if edited since
 * @throws GeneratorError if the folder cannot be written, or contains a file of the user where a generated one belongs.
 * The folder is unchanged in these cases.
 */
export function writeOutput(
  out: string,
  files: readonly GeneratedFile[],
  drift: readonly Drift[],
  ours: readonly string[],
): void {
  const changed = new Set(drift.map(({ file }) => file));
  const wanted = files.filter(({ path }) => changed.has(path));
  const foreign = wanted.filter(({ path }) => !ours.includes(path) && isForeign(join(out, path)));
  if (foreign.length > 0) throw foreignFiles(out, foreign);
  let created: string | undefined;
  const staging = join(out, `${stagingPrefix}${process.pid}`);
  try {
    created = mkdirSync(out, { recursive: true });
    sweep(out);
    mkdirSync(staging);
    for (const { path } of wanted) checkTarget(join(out, path));
    // Under their final names, so that a name the file system rejects fails before anything is moved.
    for (const { path, text } of wanted) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), text);
    }
  } catch (cause) {
    const made = created ?? staging;
    if (existsSync(made)) rmSync(made, { recursive: true });
    throw unwritable(out, cause);
  }
  try {
    for (const { path } of wanted) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      renameSync(join(staging, path), join(out, path));
    }
    for (const { file, kind } of drift) if (kind === 'surplus') removeFile(out, file);
  } catch (cause) {
    throw unwritable(out, cause);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

const stagingPrefix = '.rolecall-';

/** Removes the staging folders of runs that were killed. */
function sweep(out: string): void {
  for (const name of readdirSync(out)) {
    if (name.startsWith(stagingPrefix) && !isRunning(Number(name.slice(stagingPrefix.length)))) {
      rmSync(join(out, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
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

function foreignFiles(out: string, foreign: readonly GeneratedFile[]): GeneratorError {
  const names = foreign.map(({ path }) => `"${path}"`);
  const named = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const message = `--out "${out}" contains ${named}, which rolecall did not write (no generated-by comment in the first line); move it away or use another --out`;
  return new GeneratorError('OUTPUT_FOREIGN', message);
}

function unwritable(out: string, cause: unknown): GeneratorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `--out "${out}": expected a writable folder, received: ${reason}; use another --out`;
  return new GeneratorError('OUTPUT_UNWRITABLE', message, { cause });
}
