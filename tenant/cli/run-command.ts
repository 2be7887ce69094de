import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { TenantError } from '../errors.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Runs a command that shares the standard streams of this process and gets its signals.
 *
 * @param parentGone resolves when the process that started this one has ended: the command is stopped too
 * @returns the exit code of the command; 128 and the number of the signal if a signal ended it, as in a shell
 * @throws TenantError if the command cannot be started
 */
export async function runCommand(
  [file = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  parentGone: Promise<void>,
): Promise<number> {
  const child = spawn(file, args, { env: { ...env }, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => {
    // A terminal sends SIGINT to both processes; sending it again would look like a second Ctrl-C.
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  void parentGone.then(() => child.kill('SIGTERM'));
  try {
    return await exitCodeOf(child, file);
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward);
  }
}

function exitCodeOf(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'ENOENT' ? 'command not found' : cause.message;
      reject(new TenantError('TENANT_COMMAND', `cannot run "${file}": ${reason}`, { cause }));
    });
  });
}
