import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '../../tenant/random.js';
import type { Attack, AttackResult } from './attack.js';

export interface AttackRun {
  readonly attack: Attack;
  readonly result: AttackResult;
  readonly milliseconds: number;
}

/** Runs one attack with its own sequence of random numbers, so that it repeats alone. */
export async function runAttack(
  attack: Attack,
  { size, seed, rolecall }: { readonly size: number; readonly seed: number; readonly rolecall: string },
): Promise<AttackRun> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-attack-'));
  const start = performance.now();
  try {
    const result = await attack.run({ size, random: randomFrom(seed), rolecall, folder });
    return { attack, result, milliseconds: performance.now() - start };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A row for each attack: its name, what it tried, what failed, seconds, and what was expected. */
export function formatRuns(runs: readonly AttackRun[]): string {
  const rows = runs.map(({ attack, result, milliseconds }) => [
    attack.name,
    String(result.tried),
    String(result.failures.length),
    (milliseconds / 1000).toFixed(0),
    attack.expects,
  ]);
  return [['attack', 'tried', 'failed', 'seconds', 'expected of each'], ...rows]
    .map(([name = '', tried = '', failed = '', seconds = '', expects = '']) =>
      [name.padEnd(12), tried.padStart(9), failed.padStart(8), seconds.padStart(9), `  ${expects}`].join(''),
    )
    .join('\n');
}
