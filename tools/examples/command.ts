import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { EXPECTED, examples, missingToolchain, runExample } from './examples.js';

/** `npm run test:examples [-- NAME...]`: runs every example, or these, as its README says. Downloads their SDKs. */

const CLI = join(packageRoot(), 'dist', 'rolecall.js');

async function main(names: readonly string[]): Promise<number> {
  let [ran, failed] = [0, 0];
  for (const example of examples().filter(({ name }) => names.length === 0 || names.includes(name))) {
    const missing = await missingToolchain(example);
    if (missing !== undefined) {
      console.log(`${example.name.padEnd(8)}skipped: ${missing} is not installed`);
      continue;
    }
    const begin = performance.now();
    const { code, output } = await runExample(example, CLI);
    const worked = code === 0 && output.includes(EXPECTED);
    ran += 1;
    if (!worked) failed += 1;
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${example.name.padEnd(8)}${worked ? 'works' : `ended with ${code}:\n${output}`}  ${seconds} s`);
  }
  if (ran === 0) return 2;
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
