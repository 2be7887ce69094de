import { Command, InvalidArgumentError, Option } from 'commander';
import { checks } from '../../conformance/checks/table.js';
import { createPlan } from '../../conformance/engine/plan/plan.js';
import { defaultContract } from '../../contract/load/default.js';
import { circumstances, embedded } from './circumstances.js';
import { alarmsOf, verifyIn } from './verify-in.js';

/**
 * `npm run false-alarms`: verify against a conforming tenant in circumstances that are no fault of its own. Prints a row
 * for each run. Exits with 1 where verify finds something. A run that cannot judge is counted apart: it says so itself.
 */

interface Options {
  readonly only?: readonly string[];
  readonly seeds: number;
  readonly embeddedSeeds: number;
  readonly from: number;
  readonly depth: 'smoke' | 'standard';
}

const natural = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(`expected a whole number from 1, received "${text}"`);
};
const names = circumstances.map(({ name }) => name);
const { only, seeds, embeddedSeeds, from, depth } = new Command('false-alarms')
  .description(
    'verify a conforming tenant in circumstances that are no fault of its own;\nexit with 1 on a false alarm',
  )
  .addOption(new Option('--only <name...>', 'circumstances to try').choices(names))
  .option('--seeds <n>', 'seeds for each circumstance', natural, 5)
  .option('--embedded-seeds <n>', 'seeds for the embedded tenant alone', natural, 100)
  .option('--from <n>', 'the first seed', natural, 1)
  .addOption(new Option('--depth <depth>', 'as of verify').choices(['smoke', 'standard']).default('standard'))
  // 1 says that there was an alarm.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();
const contract = await defaultContract();
const plan = createPlan(contract, checks, { depth, only: [], skip: [] });
const print = (line: string) => process.stdout.write(`${line}\n`);

print('| circumstance | seed | verdict | checks | skipped | requests | seconds | alarms |');
print('| --- | --- | --- | --- | --- | --- | --- | --- |');
let alarms = 0;
let withoutVerdict = 0;
for (const circumstance of circumstances.filter(({ name }) => only?.includes(name) ?? true)) {
  const count = circumstance === embedded ? embeddedSeeds : seeds;
  for (let seed = from; seed < from + count; seed += 1) {
    const begin = performance.now();
    const report = await verifyIn(circumstance, { contract, plan, seed, depth });
    if (typeof report === 'string') {
      print(`| ${circumstance.name} | - | skipped: ${report.replaceAll('|', '\\|')} | | | | | |`);
      break;
    }
    const found = alarmsOf(report);
    if (found.length > 0) alarms += 1;
    else if (report.verdict !== 'conforms') withoutVerdict += 1;
    const { checks: all, skipped, requests } = report.summary;
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const reasons = (report.reasons ?? []).map((reason) => `not judged: ${reason}`);
    const shown = [...found, ...reasons].join('; ').replaceAll('|', '\\|') || '-';
    print(
      `| ${circumstance.name} | ${seed} | ${report.verdict} | ${all} | ${skipped} | ${requests} | ${seconds} | ${shown} |`,
    );
  }
}
print('');
print(`runs with a false alarm: ${alarms}; without a verdict: ${withoutVerdict}`);
if (alarms > 0) process.exitCode = 1;
