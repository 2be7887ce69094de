import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { atMost, duration, type Figure } from '../../spec/bench/figures.js';
import { median } from '../../spec/bench/statistics.js';
import type { Workplace } from './workplace.js';

const SAVES = 5;

/** From the save of a changed contract until `generate --watch` says that everything is written. */
export async function measureWatch(place: Workplace): Promise<readonly Figure[]> {
  const spec = place.copyContract();
  const before = readFileSync(spec, 'utf8');
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
    for (let save = 0; save <= SAVES; save++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const generated = next();
      const begin = performance.now();
      writeFileSync(spec, before.replace(/^( +title: .*)$/m, `$1 ${save}`));
      await generated;
      if (save > 0) times.push(performance.now() - begin);
    }
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
  const time = median(times);
  return [{ name: 'from a save to everything generated', measured: duration(time), ...atMost(time, 300, ' ms') }];
}
