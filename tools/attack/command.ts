import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { packageRoot } from '../../contract/load/package-root.js';
import { attacks } from './attacks.js';
import { type AttackRun, formatRuns, runAttack } from './run-attacks.js';

/** Attacks every part of Rolecall with hostile requests, files, servers and moments. Exits with 1 if one gets through. */

const natural = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number from 1');
  return value;
};

const { only, requests, seed } = new Command('attack')
  .description('attack every part of Rolecall and print what was tried and what failed')
  .addOption(new Option('--only <attack...>', 'attacks to run').choices(attacks.map(({ name }) => name)))
  .option('--requests <count>', 'the most attempts of one attack', natural, Number.POSITIVE_INFINITY)
  .option('--seed <number>', 'chooses the attempts', natural, 1)
  .parse()
  .opts<{ only?: string[]; requests: number; seed: number }>();

const runs: AttackRun[] = [];
for (const attack of attacks.filter(({ name }) => only?.includes(name) ?? true)) {
  const size = Math.min(attack.size, requests);
  process.stderr.write(`${attack.name}: ${size} attempts\n`);
  const run = await runAttack(attack, { size, seed, rolecall: join(packageRoot(), 'dist', 'rolecall.js') });
  for (const failure of run.result.failures) console.log(`✗ ${attack.name}: ${failure}`);
  runs.push(run);
}
console.log(`${formatRuns(runs)}\n\nseed ${seed}`);
process.exitCode = runs.some(({ result }) => result.failures.length > 0) ? 1 : 0;
