import { spawn } from 'node:child_process';
import { median } from './statistics.js';

/** A whole process: `node` with these arguments. */
export interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Done before each run, out of the measured time: makes a folder, removes another. */
  readonly prepare?: () => void | Promise<void>;
}

/**
 * The wall time of one run in milliseconds.
 *
 * @throws where the process ends otherwise than by 0, with the end of what it wrote
 */
export async function timeProcess({ name, args, cwd, prepare }: Command): Promise<number> {
  await prepare?.();
  const begin = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  const keep = (chunk: Buffer): void => {
    written = (written + chunk).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code, end] = await new Promise<[number | null, number]>((resolve, reject) => {
    child.once('error', reject);
    // "exit" means that the process ended, "close" that its output has been read too
    let ended = 0;
    child.once('exit', () => {
      ended = performance.now();
    });
    child.once('close', (status) => resolve([status, ended]));
  });
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${written.trim()}`);
  return end - begin;
}

/**
 * Median wall times in milliseconds, by the name of the command: a warm-up each, then all of them by turns, so that
 * whatever else the machine does meets them alike.
 */
export async function timeByTurns(commands: readonly Command[], rounds = 5): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const command of commands) {
      const time = await timeProcess(command);
      if (round > 0) times.get(command.name)?.push(time);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}
