import { type ChildProcess, spawn } from 'node:child_process';
import { RARE_OPTIMIZER } from '../../test-support/rare-optimizer.js';

export interface RunOptions {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the process counts as hanging and is killed. */
  readonly timeoutMs: number;
}

export interface Ran {
  /** Null where a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly hung: boolean;
}

/** Starts node with a script in a process group of its own. */
export function startNode({ args, cwd, env = {} }: Omit<RunOptions, 'timeoutMs'>): {
  readonly child: ChildProcess;
  readonly ended: Promise<Omit<Ran, 'hung'>>;
} {
  const child = spawn(process.execPath, [RARE_OPTIMIZER, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<Omit<Ran, 'hung'>>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

export async function runNode(options: RunOptions): Promise<Ran> {
  const { child, ended } = startNode(options);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, options.timeoutMs);
  const result = await ended;
  clearTimeout(timer);
  return { ...result, hung };
}

/** Whether a process of the group that the child led is still there. */
export function hasSurvivors(child: ChildProcess): boolean {
  if (child.pid === undefined || process.platform === 'win32') return false;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the end of any command: a hang, an end without exit code, a stack trace. */
export function badEnd({ code, hung, stdout, stderr }: Ran, allowed: readonly number[]): readonly string[] {
  if (hung) return ['expected an end in time, received none'];
  return [
    ...(code !== null && allowed.includes(code)
      ? []
      : [`expected exit code ${allowed.join(' or ')}, received ${code}: ${stderr.slice(-300)}`]),
    ...(/\n\s+at .*:\d+:\d+/.test(stdout + stderr)
      ? [`expected no stack trace, received ${stderr.slice(0, 500)}`]
      : []),
  ];
}
