import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { NotAvailable } from '../sdks/install.js';
import { EXPECTED, examples, missingToolchain, runExample } from './examples.js';
import { checkRecipe, RECIPES } from './recipes.js';

/**
 * `npm run test:examples [-- NAME...]`: runs every example, and every recipe of `docs/testing.md` with the tool that it is
 * for; or these. Downloads SDKs and tools.
 */

const CLI = join(packageRoot(), 'dist', 'rolecall.js');

/** Returns what went wrong, if anything. @throws NotAvailable if its toolchain is missing */
type Trial = () => Promise<string | undefined>;

const trials: Readonly<Record<string, Trial>> = Object.fromEntries([
  ...examples().map((example): [string, Trial] => [
    example.name,
    async () => {
      const missing = await missingToolchain(example);
      if (missing !== undefined) throw new NotAvailable(`${missing} is not installed`);
      const { code, output } = await runExample(example, CLI);
      return code === 0 && output.includes(EXPECTED) ? undefined : `ended with ${code}:\n${output}`;
    },
  ]),
  ...RECIPES.map((recipe): [string, Trial] => [recipe.name, () => checkRecipe(recipe)]),
]);

async function main(names: readonly string[]): Promise<number> {
  let [ran, failed] = [0, 0];
  for (const [name, trial] of Object.entries(trials)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const begin = performance.now();
    try {
      const problem = await trial();
      ran += 1;
      if (problem !== undefined) failed += 1;
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      console.log(`${name.padEnd(24)}${problem ?? 'works'}  ${seconds} s`);
    } catch (error) {
      if (!(error instanceof NotAvailable)) throw error;
      console.log(`${name.padEnd(24)}skipped: ${error.message}`);
    }
  }
  if (ran === 0) return 2;
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
