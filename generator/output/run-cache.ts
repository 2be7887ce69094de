import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../emit/generated-file.js';
import type { Job } from '../job.js';
import { buildFingerprint } from './build.js';
import { surplusFiles } from './compare.js';

/** The last run as hashes by path. It shows whether another run would change anything, without parsing YAML. */
interface CachedRun {
  readonly build: string;
  /** Hashes of the texts that the run read, by absolute path. */
  readonly sources: Readonly<Record<string, string>>;
  /** Hashes of the texts that the run emitted, by path relative to the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The files that the last run emitted, by path relative to the output folder. rolecall owns them, even if edited since. */
export function filesOfLastRun(job: Job): readonly string[] {
  return Object.keys(readRun(job)?.outputs ?? {});
}

/** The number of files if all of them are up to date; undefined if another run is needed to know. */
export function countUpToDate(job: Job): number | undefined {
  const last = readRun(job);
  if (last?.build !== buildOf(job)) return undefined;
  const outputs = Object.entries(last.outputs);
  const same =
    Object.entries(last.sources).every(([file, known]) => hashFile(file) === known) &&
    outputs.every(([file, known]) => hashFile(join(job.out, file)) === known) &&
    surplusFiles(job.out, Object.keys(last.outputs)).length === 0;
  return same ? outputs.length : undefined;
}

/**
 * Saves what a run read and emitted, not what is on disk by now. A source that was saved during the run therefore
 * differs from its hash, and the next run generates again. No file times are compared: clocks and file systems round
 * them differently. If the cache cannot be written, the next run is slower, but still correct.
 */
export function saveRun(job: Job, sources: ReadonlyMap<string, string>, outputs: readonly GeneratedFile[]): void {
  const cached: CachedRun = {
    build: buildOf(job),
    sources: Object.fromEntries(sources),
    outputs: Object.fromEntries(outputs.map((file) => [file.path, hashOf(file)])),
  };
  const file = cacheFile(job);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(cached));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // The next run generates again.
  }
}

/** While a contract is being watched, most files are those of the run before. */
const hashes = new WeakMap<GeneratedFile, string>();

function hashOf(file: GeneratedFile): string {
  const known = hashes.get(file) ?? hash(file.text);
  hashes.set(file, known);
  return known;
}

/** The build, and what it emits besides the contract: the languages of the samples. */
function buildOf({ samples }: Job): string {
  return hash(`${buildFingerprint()}\n${samples ?? ''}`);
}

export function hash(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

function hashFile(file: string): string | undefined {
  try {
    return hash(readFileSync(file));
  } catch {
    return undefined;
  }
}

function readRun(job: Job): CachedRun | undefined {
  try {
    // Only this module writes the file. Anything else in its place has no `build` that equals ours.
    return JSON.parse(readFileSync(cacheFile(job), 'utf8')) as CachedRun;
  } catch {
    return undefined;
  }
}

function cacheFile({ spec, overlay, allowRef, out, site = '', strict, extras }: Job): string {
  const key = JSON.stringify([spec, out, site, String(strict), overlay, allowRef, extras]);
  return join(cacheFolder(), `generate-${hash(key).slice(0, 16)}.json`);
}

/** `node_modules/.cache/rolecall` of the nearest project, else the user's cache folder. */
function cacheFolder(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return join(folder, 'node_modules', '.cache', 'rolecall');
    if (folder === dirname(folder)) break;
  }
  return join(process.env.XDG_CACHE_HOME ?? process.env.LOCALAPPDATA ?? join(homedir(), '.cache'), 'rolecall');
}
