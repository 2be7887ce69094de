import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  /** The end of what it wrote to both streams. */
  readonly output: string;
}

/** Runs a command to its end. A command that does not exist ends with null. */
export function run(
  [file = '', ...args]: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', ({ message }) => resolve({ code: null, output: message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
