import { parseArgs } from 'node:util';
import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import type { Fault } from './fault.js';
import { type Detection, detect } from './verify-fault.js';

/**
 * `npm run power`: what verify finds of the planted faults. Prints a table, fault by fault, and totals; exits with 1 where
 * a fault of level `standard` is missed.
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    missed: { type: 'boolean', default: false },
  },
});

const contract = await defaultContract();
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const chosen = faults.filter(({ name }) => values.only === undefined || name.includes(values.only));

interface Row {
  readonly fault: Fault;
  readonly detections: readonly Detection[];
}

const rows: Row[] = [];
const print = (line: string) => process.stdout.write(`${line}\n`);
print('| fault | operation | level | found | blamed right | requests | seconds | first finding |');
print('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const fault of chosen) {
  const detections: Detection[] = [];
  for (const seed of seeds) detections.push(await detect(fault, contract, seed));
  rows.push({ fault, detections });
  const count = (is: (detection: Detection) => boolean) => `${detections.filter(is).length}/${seeds.length}`;
  const mean = (of: (detection: Detection) => number) =>
    detections.reduce((sum, each) => sum + of(each), 0) / seeds.length;
  const shown = detections.find(({ shown: text }) => text !== '')?.shown ?? '-';
  const isRight = detections.every(({ found, blamed }) => found && blamed);
  if (values.missed && isRight) continue;
  print(
    `| ${fault.name} | ${fault.operation} | ${fault.level} | ${count(({ found }) => found)} | ${count(({ blamed }) => blamed)} | ${Math.round(mean(({ requests }) => requests))} | ${mean(({ seconds }) => seconds).toFixed(1)} | ${shown.replaceAll('|', '\\|')} |`,
  );
}

const share = (of: readonly Row[], is: (detection: Detection) => boolean): string => {
  const all = of.flatMap(({ detections }) => detections);
  return `${all.filter(is).length} of ${all.length} (${((100 * all.filter(is).length) / Math.max(1, all.length)).toFixed(1)} %)`;
};
const standard = rows.filter(({ fault }) => fault.level === 'standard');
const hard = rows.filter(({ fault }) => fault.level === 'hard');
print('');
print(`faults: ${rows.length}, ${standard.length} standard, ${hard.length} hard; seeds: ${seeds.length}`);
print(`found, standard: ${share(standard, ({ found }) => found)}`);
print(`found, hard: ${share(hard, ({ found }) => found)}`);
print(
  `blamed right, of all found: ${share(
    rows.map(({ fault, detections }) => ({ fault, detections: detections.filter(({ found }) => found) })),
    ({ blamed }) => blamed,
  )}`,
);
if (standard.some(({ detections }) => detections.some(({ found }) => !found))) process.exitCode = 1;
