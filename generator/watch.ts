import { existsSync, readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { RolecallError } from '../contract/errors.js';
import { startTypesThread } from './emit/types/types-thread.js';
import { generate } from './generate.js';
import { hash, type Job } from './output/memory.js';
import { type Outcome, run } from './run.js';

/** What a watcher tells as it goes on. */
export interface WatchReport {
  /** It generated, in so many milliseconds. */
  generated(outcome: Outcome, milliseconds: number): void;
  /** The contract, or the output folder, is no good at the moment. */
  failed(error: RolecallError): void;
}

/** Milliseconds in which the several writes of one save come together. */
const settleTime = 15;

/** chokidar tells of one change of a file in 50 ms and swallows the others: after these milliseconds one looks again. */
const swallowTime = 60;

/**
 * So often everything is generated once more for nobody, after the first time and while nothing is saved: then the code
 * has run warm, and the first save takes a third of what it would.
 */
const rehearsalsWanted = 6;

/**
 * Generates now and after each save of a file that the contract is made of, until the signal fires. A save that changes
 * nothing does nothing; a contract that cannot be read is told, and waited for.
 */
export async function watchContract(job: Job, report: WatchReport, signal: AbortSignal): Promise<void> {
  const types = startTypesThread();
  let seen = new Map([[job.spec, '']]);
  let running = false;
  let savedWhileRunning = true;
  let wake = () => {};
  // Folders rather than files: many editors save by putting another file in the place of the old one.
  const watcher = watchFiles(foldersOf(seen), { depth: 0 }).on('all', (event, path) => {
    // Of folders those matter that hold sources, or will: they may come and go.
    if (!seen.has(path) && !(/Dir$/.test(event) && [...seen.keys()].some((file) => file.startsWith(path + sep))))
      return;
    // A file that is found, as all are when their folder is new to the watcher, need not have been saved just now.
    savedWhileRunning ||= running && event !== 'add';
    wake();
  });
  const stopped = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  try {
    let lookAgain = true;
    let rehearsals = 0;
    while (!signal.aborted) {
      if (savedWhileRunning || differs(seen)) {
        const sources = new Map<string, string>();
        const start = performance.now();
        savedWhileRunning = false;
        running = true;
        try {
          report.generated(await run(job, false, types, sources), performance.now() - start);
          seen = sources;
        } catch (error) {
          if (!(error instanceof RolecallError)) throw error;
          report.failed(error);
          // What could not be read names no further files: those of before are still watched, as they are now.
          seen = new Map([...[...seen.keys()].map((file) => [file, hashOf(file)] as const), ...sources]);
        }
        running = false;
        lookAgain = true;
        watcher.add(foldersOf(seen));
      } else if (rehearsals < rehearsalsWanted) {
        rehearsals += 1;
        const rehearsed = generate(job.spec, types, new Map()).catch(() => {});
        // Events first: a save goes before.
        await Promise.race([stopped, rehearsed.then(() => pause(0))]);
      } else {
        const saved = new Promise<true>((resolve) => {
          wake = () => resolve(true);
        });
        lookAgain = await Promise.race([stopped, saved, ...(lookAgain ? [pause(swallowTime)] : [])]);
        if (lookAgain) await pause(settleTime);
        // A folder that was made, or made anew, is not watched yet.
        watcher.add(foldersOf(seen));
      }
    }
  } finally {
    await Promise.all([watcher.close(), types.close()]);
  }
}

function pause(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));
}

/** The folders that hold the sources; where one is missing, the nearest above it, in which it may be made. */
function foldersOf(seen: ReadonlyMap<string, string>): string[] {
  return [...new Set([...seen.keys()].map((file) => existingFolder(dirname(file))))];
}

function existingFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : existingFolder(dirname(folder));
}

/** Whether a source is not what it was when it was read. */
function differs(seen: ReadonlyMap<string, string>): boolean {
  return [...seen].some(([file, known]) => hashOf(file) !== known);
}

/** Of a file's text; empty where it cannot be read. */
function hashOf(file: string): string {
  try {
    return hash(readFileSync(file));
  } catch {
    return '';
  }
}
