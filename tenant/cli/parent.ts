import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** How often to look for the parent process, in milliseconds. */
const INTERVAL = 1000;

/**
 * Waits until the process that started this one has ended. `npx` starts commands through a shell that outlives it, so
 * the parent of the parent counts too when this process was started by npm.
 *
 * Never resolves for a process that leads a session: it was detached on purpose.
 */
export async function parentGone(): Promise<void> {
  const { ppid, platform, env, pid } = process;
  if (platform === 'win32') return until(async () => !isAlive(ppid));
  if (platform === 'linux' && (await statusOf(pid))?.session === pid) return new Promise(() => undefined);
  const startedByNpm = env.npm_lifecycle_event !== undefined || env.npm_command !== undefined;
  const grandparent = startedByNpm ? await parentOf(ppid) : undefined;
  return until(async () => process.ppid !== ppid || (startedByNpm && (await parentOf(ppid)) !== grandparent));
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) await new Promise((resolve) => setTimeout(resolve, INTERVAL).unref());
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The parent of a process; undefined if it has ended. */
async function parentOf(pid: number): Promise<number | undefined> {
  if (process.platform === 'linux') return (await statusOf(pid))?.parent;
  const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : Number(stdout);
}

interface Status {
  readonly parent: number;
  readonly session: number;
}

/** From /proc (proc_pid_stat(5)): the fields after the name, which may contain anything, are state, ppid, pgrp, session. */
async function statusOf(pid: number): Promise<Status | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [, parent, , session] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(parent), session: Number(session) };
}
