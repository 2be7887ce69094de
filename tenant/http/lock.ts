import { link, open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting process checks the lock, in milliseconds. */
const POLL_INTERVAL = 20;

/** A lock that has not changed for this long, in milliseconds, belongs to a process that died. The work under the lock takes a tenth. */
const STALE_AFTER = 5000;

/**
 * Runs `work` while this process holds a lock. The lock is a file in an existing folder. A lock whose holder died is
 * taken over.
 *
 * @param staleAfter how long to wait for an unchanged lock before taking it over, in milliseconds
 * @throws the system's error if the file cannot be created, and whatever `work` throws
 */
export async function withLock<Value>(
  file: string,
  work: () => Promise<Value>,
  staleAfter = STALE_AFTER,
): Promise<Value> {
  while (!(await tryAcquire(file))) await waitForRelease(file, staleAfter);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryAcquire(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Waits until the lock is released or has another holder; removes it if it is stale. Time is measured by this process,
 * since file times may come from a file server.
 */
async function waitForRelease(file: string, staleAfter: number): Promise<void> {
  const held = await identityOf(file);
  for (const since = performance.now(); performance.now() - since < staleAfter; ) {
    await sleep(POLL_INTERVAL);
    if ((await identityOf(file)) !== held) return;
  }
  // Move before removing: if another waiting process took the lock over in the meantime, give it back.
  const moved = `${file}.${process.pid}`;
  await rename(file, moved).catch(ignoreAbsence);
  const found = await identityOf(moved);
  if (found !== undefined && found !== held) await link(moved, file).catch(() => undefined);
  await rm(moved, { force: true });
}

/** Undefined without a file. */
async function identityOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(ignoreAbsence);
  return found === undefined ? undefined : `${found.ino} ${found.mtimeMs}`;
}

function ignoreAbsence(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
