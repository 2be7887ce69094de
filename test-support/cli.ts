import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
// It declares what `inject` returns; a build that takes this file alone would not see it.
import type {} from './build-package.js';
import { RARE_OPTIMIZER } from './rare-optimizer.js';

/** The command line of the built package, for tests that start it as a process. */
export function builtCli(): string {
  return built('rolecall.ts');
}

/** What an entry of the package was built to. @param source relative to the project */
export function built(source: string): string {
  return join(inject('builtPackage'), 'dist', source.replace(/\.ts$/, '.js'));
}

/** What a module that is no entry was built to. @param source relative to the project */
export function builtScript(source: string): string {
  return join(inject('builtPackage'), 'scripts', source.replace(/\.ts$/, '.js'));
}

/** Options of Node for short runs. */
export const SHORT_RUN: readonly string[] = [RARE_OPTIMIZER];

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started `rolecall`, with what it has printed so far. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The first line on stdout, once it is there. @throws Error where the process ends before */
  readonly firstLine: Promise<string>;
  readonly finished: Promise<Finished>;
}

/**
 * @param script what `built` made
 * @param cwd where there is no contract unless the test names a folder, so that the packaged one is read
 */
export function start(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd: string = join(inject('builtPackage'), 'elsewhere'),
): Running {
  const child = spawn(process.execPath, [...SHORT_RUN, script, ...args], {
    env: { ...process.env, ...environment },
    cwd,
  });
  let stdout = '';
  let stderr = '';
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      const end = stdout.indexOf('\n');
      if (end >= 0) resolve(stdout.slice(0, end));
    });
    void finished.then(({ code }) => reject(new Error(`It ended with ${code} before it printed a line: ${stderr}`)));
  });
  firstLine.catch(() => undefined); // not every test awaits it
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return { child, stdout: () => stdout, stderr: () => stderr, firstLine, finished };
}
