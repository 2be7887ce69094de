import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atMost, duration, type Figure } from '../measure/figures.js';
import { timeByTurns } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import type { Tools } from './tools.js';
import type { Workplace } from './workplace.js';

const SAVES = 5;
/** Milliseconds from the start to the first save, as long as its author reads: a large document longer. */
const READING = 3000;
const READING_LARGE = 15_000;
/** Milliseconds from one save to the next. */
const WRITING = 500;

/** From the save of our contract until `generate --watch` says that everything is written. */
export async function measureWatch(place: Workplace): Promise<readonly Figure[]> {
  const spec = place.copyContract();
  const times = await timesOfSaves(place, { spec, edited: operationFile(spec), reading: READING });
  const time = median(times);
  return [
    { name: 'from a save to everything generated', measured: duration(time), ...atMost(time, 300, ' ms') },
    { name: `  the slowest of ${SAVES}`, measured: duration(Math.max(...times)) },
  ];
}

/** The same for a large document in one file, beside a whole run. */
export async function measureWatchOf(document: string, place: Workplace, { ours }: Tools): Promise<readonly Figure[]> {
  const copy = place.path('watched.json');
  copyFileSync(document, copy);
  const time = median(await timesOfSaves(place, { spec: copy, edited: copy, reading: READING_LARGE }));
  const whole = (await timeByTurns([ours.run(document)])).get(ours.name) ?? Number.NaN;
  return [
    {
      name: 'official document: from a save to everything generated',
      measured: duration(time),
      ratio: `${(time / whole).toFixed(2)} × a whole run`,
      ...atMost(time / whole, 0.35, ' ×'),
    },
  ];
}

interface Watched {
  readonly spec: string;
  /** The file that is saved. */
  readonly edited: string;
  /** Milliseconds before the first save. */
  readonly reading: number;
}

/** Milliseconds from each save of a file with another summary of an operation. */
async function timesOfSaves(place: Workplace, { spec, edited, reading }: Watched): Promise<readonly number[]> {
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
    await pause(reading);
    for (let save = 1; save <= SAVES; save++) {
      const generated = next();
      const begin = performance.now();
      writeFileSync(edited, before.replace(SUMMARY, `$1 ${save}$2`));
      await generated;
      times.push(performance.now() - begin);
      await pause(WRITING);
    }
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
  return times;
}

/** The first summary of an operation, in YAML or JSON. */
const SUMMARY = /^( +(?:summary: .*|"summary": *"[^"]+))(",?)?$/m;

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
