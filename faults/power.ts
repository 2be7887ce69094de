import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { defaultContract } from '../contract/load/default.js';
import { faults } from './catalogue.js';
import type { Fault, Level } from './fault.js';
import { FAULTS_FILE, faultsData } from './faults-data.js';
import { type PeerDetection, Schemathesis } from './schemathesis.js';
import { toolCommand } from './tool-command.js';
import { type Detection, detect } from './verify-fault.js';
import { wholeNumber } from './whole-number.js';

/**
 * `npm run power`: what verify finds of the planted faults. Prints a table, fault by fault, and totals; exits with 1 where
 * a fault of level `standard` is missed.
 */

interface Options {
  readonly only?: string;
  readonly level?: Level;
  readonly seeds: number;
  readonly sample?: number;
  readonly missed: boolean;
  readonly schemathesis: boolean;
  readonly data: boolean;
}

const program = toolCommand(
  'power',
  'plant one fault at a time in a conforming server, and print what verify finds;\nexit with 1 where a standard fault is missed',
)
  .option('--only <text>', 'only faults whose name contains this text')
  .addOption(new Option('--level <level>', 'only faults of this level').choices(['standard', 'hard']))
  .option('--seeds <n>', 'how many seeds each fault is tried with, from 1 on', wholeNumber(1), 3)
  .option('--sample <n>', 'so many faults, spread over the catalogue', wholeNumber(1))
  .option('--missed', 'print only faults that a seed misses or blames wrongly', false)
  .option('--schemathesis', 'test the same servers with the newest Schemathesis, too', false)
  .option('--data', 'write docs/faults.json instead', false)
  .parse();
const values = program.opts<Options>();
if (values.data) {
  writeFileSync(FAULTS_FILE, faultsData());
  process.exit();
}
const contract = await defaultContract();
const seeds = Array.from({ length: values.seeds }, (_, index) => index + 1);
const named = faults.filter(
  ({ name, level }) =>
    (values.only === undefined || name.includes(values.only)) && (values.level === undefined || level === values.level),
);
if (named.length === 0)
  program.error(`error: no fault has a name with "${values.only ?? ''}"; docs/faults.json lists them`);
const sample = Math.min(named.length, values.sample ?? named.length);
const chosen = named.filter(
  (_, index) => Math.floor((index * sample) / named.length) !== Math.floor(((index - 1) * sample) / named.length),
);
const peer = values.schemathesis ? await Schemathesis.install(contract) : undefined;
process.once('exit', () => peer?.remove());

interface Row {
  readonly fault: Fault;
  readonly detections: readonly Detection[];
  /** Absent: it was not asked. */
  readonly peer?: PeerDetection;
}

const rows: Row[] = [];
const print = (line: string) => process.stdout.write(`${line}\n`);
const peerHead = peer === undefined ? '' : ` Schemathesis ${peer.version} | seconds |`;
print(`| fault | operation | level | found | blamed right | requests | seconds | first finding |${peerHead}`);
print(`| --- | --- | --- | --- | --- | --- | --- | --- |${peer === undefined ? '' : ' --- | --- |'}`);
for (const fault of chosen) {
  const detections: Detection[] = [];
  for (const seed of seeds) detections.push(await detect(fault, contract, { seed }));
  const theirs = await peer?.detect(fault);
  rows.push({ fault, detections, ...(theirs === undefined ? {} : { peer: theirs }) });
  const count = (is: (detection: Detection) => boolean) => `${detections.filter(is).length}/${seeds.length}`;
  const mean = (of: (detection: Detection) => number) =>
    detections.reduce((sum, each) => sum + of(each), 0) / seeds.length;
  const shown = detections.find(({ shown: text }) => text !== '')?.shown ?? '-';
  const isRight = detections.every(({ found, blamed }) => found && blamed);
  if (values.missed && isRight) continue;
  print(
    `| ${fault.name} | ${fault.operation} | ${fault.level} | ${count(({ found }) => found)} | ${count(({ blamed }) => blamed)} | ${Math.round(mean(({ requests }) => requests))} | ${mean(({ seconds }) => seconds).toFixed(1)} | ${shown.replaceAll('|', '\\|')} |${peerCells(theirs)}`,
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
printPeer();
if (standard.some(({ detections }) => detections.some(({ found }) => !found))) process.exitCode = 1;

function peerCells(theirs: PeerDetection | undefined): string {
  if (theirs === undefined) return '';
  const { found, shown, seconds } = theirs;
  return ` ${found ? shown.replaceAll('|', '\\|') : '-'} | ${seconds.toFixed(1)} |`;
}

/** Both tools beside each other: verify with its first seed, since Schemathesis runs once. */
function printPeer(): void {
  if (peer === undefined) return;
  const asked = rows.flatMap(({ detections: [ours], peer: theirs }) =>
    ours === undefined || theirs === undefined ? [] : [{ ours, theirs }],
  );
  const found = (which: 'ours' | 'theirs') => asked.filter((each) => each[which].found).length;
  const seconds = (which: 'ours' | 'theirs') => asked.reduce((sum, each) => sum + each[which].seconds, 0).toFixed(0);
  const alone = asked.filter(({ ours, theirs }) => theirs.found && !ours.found).length;
  print('');
  print(`found of ${asked.length} faults: verify ${found('ours')}, Schemathesis ${peer.version} ${found('theirs')}`);
  print(`found by Schemathesis alone: ${alone}`);
  print(`seconds: verify ${seconds('ours')}, Schemathesis ${seconds('theirs')}`);
}
