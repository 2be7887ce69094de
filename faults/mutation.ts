import { RunError } from '../conformance/errors.js';
import { embeddedTarget } from '../conformance/target/embedded.js';
import { defaultContract } from '../contract/load/default.js';
import { type ContractMutant, contractMutants } from './contract-mutants.js';
import { toolCommand } from './tool-command.js';
import { verifyOperation } from './verify-fault.js';
import { wholeNumber } from './whole-number.js';

/**
 * `npm run power:mutants`: a tenant runs the contract with one change, verify judges by the original. Prints the mutants
 * that were not noticed, those that no request can show, and totals by kind. Exits with 1 where fewer than 95 % of the
 * others are noticed.
 */

const BOUND = 0.95;

interface Options {
  readonly sample: number;
  readonly offset: number;
  readonly seed: number;
  readonly only?: string;
}

const program = toolCommand(
  'power:mutants',
  'run the embedded tenant with one change of the contract at a time;\nprint the changes that verify does not notice',
)
  .option('--sample <n>', 'every nth mutant', wholeNumber(1), 1)
  .option('--offset <n>', 'the first one, counted from 0', wholeNumber(0), 0)
  .option('--seed <n>', 'the seed of each run', wholeNumber(1), 1)
  .option('--only <text>', 'only mutants whose title contains this text')
  .parse();
const { sample, offset, seed, only } = program.opts<Options>();
if (offset >= sample) program.error(`error: --offset ${offset} must be less than --sample ${sample}`);
const contract = await defaultContract();
const mutants = contractMutants(contract).filter(
  ({ title }, index) => index % sample === offset && (only === undefined || title.includes(only)),
);
const print = (line: string) => process.stdout.write(`${line}\n`);

async function isNoticed({ operation, contract: changed }: ContractMutant): Promise<boolean | 'invalid'> {
  let target: Awaited<ReturnType<typeof embeddedTarget>>;
  try {
    target = await embeddedTarget(changed());
  } catch {
    return 'invalid';
  }
  try {
    const { findings } = await verifyOperation(target, contract, { operation, seed });
    return findings.length > 0;
  } catch (error) {
    // A run that cannot begin says why, and exits with 2.
    if (error instanceof RunError) return true;
    throw error;
  }
}

const counts = new Map<string, { noticed: number; all: number }>();
let invalid = 0;
let equivalent = 0;
for (const mutant of mutants) {
  if (mutant.equivalent !== undefined) {
    equivalent += 1;
    print(`equivalent: ${mutant.title} (${mutant.equivalent})`);
    continue;
  }
  const noticed = await isNoticed(mutant);
  if (noticed === 'invalid') {
    invalid += 1;
    continue;
  }
  const count = counts.get(mutant.kind) ?? { noticed: 0, all: 0 };
  counts.set(mutant.kind, { noticed: count.noticed + (noticed ? 1 : 0), all: count.all + 1 });
  if (!noticed) print(`not noticed: ${mutant.title}`);
}
print('');
for (const [kind, { noticed, all }] of counts) print(`${kind}: ${noticed} of ${all}`);
const sum = [...counts.values()].reduce(
  (total, { noticed, all }) => ({ noticed: total.noticed + noticed, all: total.all + all }),
  { noticed: 0, all: 0 },
);
const share = sum.noticed / Math.max(1, sum.all);
print(`all: ${sum.noticed} of ${sum.all} (${(100 * share).toFixed(1)} %)`);
print(`besides: ${equivalent} equivalent, ${invalid} that are not contracts`);
if (share < BOUND) process.exitCode = 1;
