import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { JournalProcess } from './entry.js';

/** The field of /proc/PID/stat that holds the start time, counted after the process name: Linux, proc(5). */
const START_TIME_FIELD = 19;

/** What identifies the current process in a journal. */
export function thisProcess(): JournalProcess {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** Whether the process that writes a journal still runs, as far as this machine can say. */
export function isRunning({ pid, host, started }: JournalProcess): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === '' || started === startOf(pid);
}

/** When a process started, as a text that no later process with its pid has; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the process, in parentheses, may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD] ?? '';
  } catch {
    return '';
  }
}
