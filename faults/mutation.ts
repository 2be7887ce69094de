import { parseArgs } from 'node:util';
import { RunError } from '../conformance/errors.js';
import { embeddedTarget } from '../conformance/target/embedded.js';
import { defaultContract } from '../contract/load/default.js';
import { type ContractMutant, contractMutants } from './contract-mutants.js';
import { verifyOperation } from './verify-fault.js';

/**
 * `npm run power:mutants`: a tenant runs the contract with one change, verify judges by the original. Prints the mutants
 * that were not noticed, and totals by kind.
 */

const { values } = parseArgs({ options: { sample: { type: 'string', default: '1' }, only: { type: 'string' } } });
const contract = await defaultContract();
const step = Number(values.sample);
const mutants = contractMutants(contract).filter(
  ({ title }, index) => index % step === 0 && (values.only === undefined || title.includes(values.only)),
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
    const { findings } = await verifyOperation(target, contract, { operation, seed: 1 });
    return findings.length > 0;
  } catch (error) {
    // A run that cannot begin says why, and exits with 2.
    if (error instanceof RunError) return true;
    throw error;
  }
}

const counts = new Map<string, { noticed: number; all: number }>();
let invalid = 0;
for (const mutant of mutants) {
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
print(
  `all: ${sum.noticed} of ${sum.all} (${((100 * sum.noticed) / Math.max(1, sum.all)).toFixed(1)} %); ${invalid} are not contracts`,
);
