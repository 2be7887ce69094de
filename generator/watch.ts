import { existsSync, readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { RolecallError } from '../contract/errors.js';
import { emitFiles, RunMemory } from './emit/emit-files.js';
import { type EmitThread, startEmitThread } from './emit/emit-thread.js';
import { type GenerateResult, type RunSetup, run } from './generate.js';
import type { Job } from './job.js';
import { hash } from './output/run-cache.js';

/** Called by the watcher after each run. */
export interface WatchReport {
  /** A run finished after this many milliseconds. */
  generated(result: GenerateResult, milliseconds: number): void;
  /** A run failed: the contract is invalid, or the output folder cannot be written. */
  failed(error: RolecallError): void;
}

/** Milliseconds in which several writes count as one save. */
const settleTime = 15;

/** chokidar reports at most one change of a file per 50 ms and drops the others, so the sources are read again later. */
const recheckTime = 60;

/** Milliseconds that a program may take to write the rest of a file, before a failure is reported. */
const patience = 250;

/** Warm-up runs after the first one: compiled code makes the first saves take two thirds of the time. */
const warmUpRuns = 6;

/** Milliseconds after which no warm-up run begins any more: those of a very large document take long. */
const warmUpTime = 5000;

/**
 * Generates now and after each save of a file of the contract, until the signal fires. A save without changes does
 * nothing. An invalid contract is reported once and generated when it is valid again.
 */
export async function watchContract(job: Job, report: WatchReport, signal: AbortSignal): Promise<void> {
  const compiler = startEmitThread(true);
  const memory = new RunMemory();
  const sources = watchSources([job.spec, ...job.overlay]);
  const stopped = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  await sources.ready;
  try {
    const warmUps = warmUpsOf(job, compiler);
    let recheck = true;
    while (!signal.aborted) {
      if (sources.changed()) {
        let failure: RolecallError | undefined;
        await sources.during(async (read) => {
          failure = await generateOnce(job, report, { compiler, memory, sources: read });
          return failure === undefined;
        });
        // An editor may be about to write the rest of a large file.
        if (failure !== undefined) await Promise.race([stopped, pause(patience)]);
        if (failure !== undefined) compiler.giveUp();
        if (failure !== undefined && !sources.changed()) report.failed(failure);
        recheck = true;
        continue;
      }
      const { value: warmedUp } = warmUps.next();
      if (warmedUp) {
        // File events are handled first: a save takes precedence.
        await Promise.race([stopped, warmedUp.then(() => pause(0))]);
      } else {
        recheck = await Promise.race([stopped, sources.saved(), ...(recheck ? [pause(recheckTime)] : [])]);
        if (recheck) await pause(settleTime);
        sources.follow();
      }
    }
  } finally {
    await Promise.all([sources.close(), compiler.close()]);
  }
}

/** Runs that only compile code. All but the first one meet what was kept before, as a save does. */
function* warmUpsOf(job: Job, compiler: EmitThread): Generator<Promise<unknown>, undefined> {
  const memory = new RunMemory();
  const end = performance.now() + warmUpTime;
  for (let run = 0; run < warmUpRuns && performance.now() < end; run += 1)
    yield emitFiles(job, compiler, new Map(), { memory }).catch(() => {});
}

/** Runs once and reports success. @returns why the run failed */
async function generateOnce(job: Job, report: WatchReport, setup: RunSetup): Promise<RolecallError | undefined> {
  const start = performance.now();
  try {
    const { save, ...result } = await run(job, false, setup);
    report.generated(result, performance.now() - start);
    save();
    return undefined;
  } catch (error) {
    if (!(error instanceof RolecallError)) throw error;
    return error;
  }
}

/** The files of a contract, as they were when the last run read them. */
interface WatchedSources {
  /** Resolves when file events are delivered. */
  readonly ready: Promise<void>;
  /** Whether nothing was read yet, or a file differs from what the last run read. */
  changed(): boolean;
  /** Runs `generate`, which fills the map with the files that it reads and returns whether it succeeded. */
  during(generate: (read: Map<string, string>) => Promise<boolean>): Promise<void>;
  /** Resolves at the next save. */
  saved(): Promise<true>;
  /** Watches folders of the contract that were created since. */
  follow(): void;
  close(): Promise<void>;
}

/** @param files - the root document and overlays; files that they refer to are known after the first run */
function watchSources(files: readonly string[]): WatchedSources {
  let seen = new Map(files.map((file) => [file, '']));
  let isFirst = true;
  let wake = () => {};
  // Folders, not files: many editors save by replacing the file.
  const watcher = watchFiles(foldersOf(seen), { depth: 0 }).on('all', (event, path) => {
    // A folder matters if it contains a source, or will contain one.
    const holdsSource = /Dir$/.test(event) && [...seen.keys()].some((file) => file.startsWith(path + sep));
    if (seen.has(path) || holdsSource) wake();
  });
  const follow = () => void watcher.add(foldersOf(seen));
  return {
    ready: new Promise((resolve) => watcher.once('ready', resolve)),
    // Not by events: one of a save may arrive after the run that has read it.
    changed: () => isFirst || [...seen].some(([file, known]) => hashOf(file) !== known),
    async during(generate) {
      const read = new Map<string, string>();
      isFirst = false;
      const succeeded = await generate(read);
      // A run that failed may have read only some of the files: keep watching the others, as they are now.
      const others = succeeded ? [] : [...seen.keys()].map((file) => [file, hashOf(file)] as const);
      seen = new Map([...others, ...read]);
      follow();
    },
    saved: () =>
      new Promise((resolve) => {
        wake = () => resolve(true);
      }),
    follow,
    close: () => watcher.close(),
  };
}

function pause(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));
}

/** The folders of the sources; for a missing folder the nearest existing parent, in which it may be created. */
function foldersOf(seen: ReadonlyMap<string, string>): string[] {
  return [...new Set([...seen.keys()].map((file) => existingFolder(dirname(file))))];
}

function existingFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : existingFolder(dirname(folder));
}

/** The hash of a file's text; empty if it cannot be read. */
function hashOf(file: string): string {
  try {
    return hash(readFileSync(file));
  } catch {
    return '';
  }
}
