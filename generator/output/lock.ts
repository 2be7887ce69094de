import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GeneratorError } from '../errors.js';

/** The lock of an output folder: a file with the id of the process that writes to it. */
export const lockName = '.rolecall-lock';

/** How long a run waits for another one, in milliseconds; writing takes much less. */
const patience = 20_000;
const pollInterval = 25;

/** The locks of this process: a lock with its process id but not among these was left by an earlier process. */
const ownLocks = new Set<string>();

/**
 * Runs an action while no other run writes to the folder. Waits for another run, and takes over the lock of a process
 * that has ended.
 *
 * @param limit how long to wait, in milliseconds
 * @throws GeneratorError `OUTPUT_LOCKED` if the other run does not finish in time, or the error of the file system.
 */
export async function withLock<T>(out: string, action: () => T, limit = patience): Promise<T> {
  const file = join(out, lockName);
  const owner = `${process.pid} ${randomUUID()}`;
  const deadline = performance.now() + limit;
  ownLocks.add(owner);
  try {
    while (!acquire(file, owner)) {
      if (performance.now() >= deadline) throw locked(out, file);
      await pause(pollInterval);
    }
    try {
      return action();
    } finally {
      rmSync(file, { force: true });
    }
  } finally {
    ownLocks.delete(owner);
  }
}

function acquire(file: string, owner: string): boolean {
  try {
    writeFileSync(file, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isNodeError(error) || error.code !== 'EEXIST') throw error;
  }
  const holder = readOwner(file);
  if (holder !== undefined && !isAlive(holder)) discard(file, holder);
  return false;
}

/** Moves the lock away before removing it: of two runs that find it, only one succeeds. */
function discard(file: string, holder: string): void {
  const moved = `${file}.${process.pid}`;
  try {
    renameSync(file, moved);
    // The other run may have created its own lock in the meantime.
    if (readOwner(moved) === holder) rmSync(moved);
    else renameSync(moved, file);
  } catch {
    // The other run was faster.
  }
}

/** Undefined if there is no lock any more, or its owner is still being written. */
function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8') || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(owner: string): boolean {
  const pid = Number(owner.split(' ')[0]);
  return pid === process.pid ? ownLocks.has(owner) : isRunning(pid);
}

/** Whether a process with this id exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but belongs to another user.
    return isNodeError(error) && error.code === 'EPERM';
  }
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function locked(out: string, file: string): GeneratorError {
  const message = `--out "${out}": another run is writing to it (process ${readOwner(file)?.split(' ')[0]}); wait for it, or remove "${file}" if there is none`;
  return new GeneratorError('OUTPUT_LOCKED', message);
}
