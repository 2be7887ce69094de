import { link, open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often who waits looks again, in milliseconds. */
const PATIENCE = 20;

/** One lock seen for so long is of a process that died holding it, in milliseconds: what is done under it takes a tenth. */
const STALE = 5000;

/**
 * Does something while no other process that asks for the same lock does. The lock is a file; its folder has to be there.
 * Whose holder has died is taken over.
 *
 * @throws Error of the system where the file cannot be made, and whatever `work` throws
 */
export async function withLock<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  while (!(await taken(file))) await released(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Waits until the lock is gone or another's, or removes it. By this process's own time: that of a file may be a server's. */
async function released(file: string): Promise<void> {
  const seen = await identityOf(file);
  for (const since = performance.now(); performance.now() - since < STALE; ) {
    await sleep(PATIENCE);
    if ((await identityOf(file)) !== seen) return;
  }
  // Moved before it is removed: another that waited as long may have taken it over in between, and keeps it then.
  const moved = `${file}.${process.pid}`;
  await rename(file, moved).catch(ignoreAbsence);
  const found = await identityOf(moved);
  if (found !== undefined && found !== seen) await link(moved, file).catch(() => undefined);
  await rm(moved, { force: true });
}

/** Nothing where there is no file. */
async function identityOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(ignoreAbsence);
  return found === undefined ? undefined : `${found.ino} ${found.mtimeMs}`;
}

function ignoreAbsence(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
