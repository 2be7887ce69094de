import { join } from 'node:path';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { operationSamples } from '../../generator/emit/samples/samples-of.js';
import { NotAvailable } from '../sdks/install.js';
import { exercise } from './exercise.js';
import { type LanguageResult, matrix, summary } from './report.js';
import { openStage } from './stage.js';
import { TOOLCHAINS } from './toolchains.js';

/**
 * `npm run docs:test [-- WORD...]`: runs every sample of the documentation whose toolchain is installed against the
 * tenant of the built package, and compares what the tenant received with the examples of the contract. Words select
 * languages and operations. Exits with 0 if
 * all of them worked, 1 if some did not, 2 if none was run. It installs what samples need from registries, and nothing
 * else: `--help` lists the toolchains and how to install them.
 */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    for (const { language, hint } of TOOLCHAINS) console.log(`${language.padEnd(12)}${hint || 'Node.js'}`);
    return 0;
  }
  const contract = await defaultContract();
  const languages = TOOLCHAINS.filter(({ language }) => args.includes(language));
  const operations = contract.operations.filter(({ id }) => args.includes(id));
  const unknown = args.find(
    (word) => !languages.some(({ language }) => language === word) && !operations.some(({ id }) => id === word),
  );
  if (unknown !== undefined) {
    console.error(`"${unknown}" is neither a language nor an operation; --help lists the languages`);
    return 2;
  }
  const tried = operations.length > 0 ? operations : contract.operations;
  const samples = new Map(
    tried.map((operation) => [operation, operationSamples(contract, operation, { languages: 'all' })]),
  );
  const built = (await import(
    join(packageRoot(), 'dist', 'tenant', 'tenant.js')
  )) as typeof import('../../tenant/tenant.js');
  const { stage, close } = await openStage(contract, built.createTenant);
  const done: LanguageResult[] = [];
  try {
    for (const toolchain of languages.length > 0 ? languages : TOOLCHAINS) {
      const { language } = toolchain;
      const begin = performance.now();
      process.stderr.write(`${language} …\n`);
      try {
        const results = await exercise(toolchain, samples, stage);
        done.push({ language, results, seconds: (performance.now() - begin) / 1000 });
      } catch (error) {
        if (!(error instanceof NotAvailable)) throw error;
        done.push({ language, results: [], seconds: 0, skipped: error.message });
      }
    }
  } finally {
    await close();
  }
  console.log(`${matrix(tried, done)}\n\n${summary(done)}`);
  const results = done.flatMap((one) => one.results);
  if (!results.some(({ kind }) => kind === 'worked' || kind === 'wrong')) return 2;
  return results.some(({ kind }) => kind === 'wrong') ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
