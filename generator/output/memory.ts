import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../emit/generated-file.js';
import { buildFingerprint } from './build.js';
import { surplusFiles } from './compare.js';

/** What is generated where. */
export interface Job {
  /** The contract's root document, absolute. */
  readonly spec: string;
  /** The output folder, absolute. */
  readonly out: string;
}

/** What the last run saw, as hashes by path: enough to know without reading any YAML that another one would change nothing. */
interface Memory {
  readonly build: string;
  /** By absolute path. */
  readonly sources: Readonly<Record<string, string>>;
  /** By path below the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The files that the last run left in the output folder, by path below it: ours, whatever their text is now. */
export function rememberedFiles(job: Job): readonly string[] {
  return Object.keys(recall(job)?.outputs ?? {});
}

/** How many files are up to date, or nothing where that is not known. */
export function countUpToDate(job: Job): number | undefined {
  const memory = recall(job);
  if (memory === undefined || memory.build !== hash(buildFingerprint())) return undefined;
  const outputs = Object.entries(memory.outputs);
  const same =
    Object.entries(memory.sources).every(([file, known]) => hashFile(file) === known) &&
    outputs.every(([file, known]) => hashFile(join(job.out, file)) === known) &&
    surplusFiles(job.out, Object.keys(memory.outputs)).length === 0;
  return same ? outputs.length : undefined;
}

/**
 * Keeps what a run saw and emitted, not what the folder holds by now, unless a source was saved while it ran: then nobody knows which text it saw. A place that cannot
 * be written costs the next run its shortcut, nothing else.
 */
export function remember(
  job: Job,
  sources: ReadonlyMap<string, string>,
  outputs: readonly GeneratedFile[],
  startedAt: number,
): void {
  if ([...sources.keys()].some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > startedAt)) return;
  const memory: Memory = {
    build: hash(buildFingerprint()),
    sources: Object.fromEntries(sources),
    outputs: Object.fromEntries(outputs.map(({ path, text }) => [path, hash(text)])),
  };
  const file = memoryFile(job);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(memory));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Then the next run generates again.
  }
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

function recall(job: Job): Memory | undefined {
  try {
    // Nobody else writes this file; what is not a memory has no `build` that equals ours.
    return JSON.parse(readFileSync(memoryFile(job), 'utf8')) as Memory;
  } catch {
    return undefined;
  }
}

function memoryFile({ spec, out }: Job): string {
  return join(cacheFolder(), `generate-${hash(`${spec}\n${out}`).slice(0, 16)}.json`);
}

/** `node_modules/.cache/rolecall` of the nearest project, else the user's cache. */
function cacheFolder(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return join(folder, 'node_modules', '.cache', 'rolecall');
    if (folder === dirname(folder)) break;
  }
  return join(process.env.XDG_CACHE_HOME ?? process.env.LOCALAPPDATA ?? join(homedir(), '.cache'), 'rolecall');
}
