import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atMost, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import type { Workplace } from './workplace.js';

const SAVES = 5;
/** Milliseconds from the start to the first save, and from one save to the next. */
const READING = 3000;
const WRITING = 500;

/** From the save of a changed contract until `generate --watch` says that everything is written. */
export async function measureWatch(place: Workplace): Promise<readonly Figure[]> {
  const spec = place.copyContract();
  const edited = operationFile(spec);
  const before = readFileSync(edited, 'utf8');
  const args = [place.program, 'generate', '--watch', '--spec', spec, '--out', place.path('out', 'watched')];
  const child = spawn(process.execPath, args, { cwd: place.folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let gone = (_: Error): void => {};
  let told = (): void => {};
  const next = (): Promise<void> =>
    new Promise((resolve, reject) => {
      told = resolve;
      gone = reject;
    });
  child.stdout.on('data', () => told());
  child.once('exit', (code) => gone(new Error(`generate --watch ended with ${code}.`)));
  const times: number[] = [];
  try {
    await next();
    await pause(READING);
    for (let save = 1; save <= SAVES; save++) {
      const generated = next();
      const begin = performance.now();
      writeFileSync(edited, before.replace(SUMMARY, `$1 ${save}`));
      await generated;
      times.push(performance.now() - begin);
      await pause(WRITING);
    }
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
  const time = median(times);
  return [
    { name: 'from a save to everything generated', measured: duration(time), ...atMost(time, 300, ' ms') },
    { name: `  the slowest of ${SAVES}`, measured: duration(Math.max(...times)) },
  ];
}

const SUMMARY = /^( +summary: .*)$/m;

/** A file with an operation: what people edit. */
function operationFile(spec: string): string {
  const folder = join(dirname(spec), 'paths');
  const file = readdirSync(folder)
    .map((name) => join(folder, name))
    .find((path) => SUMMARY.test(readFileSync(path, 'utf8')));
  if (file === undefined) throw new Error(`No file in ${folder} has an operation with a summary.`);
  return file;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
