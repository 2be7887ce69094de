import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { Command } from 'commander';
import { packageRoot } from '../../contract/load/package-root.js';
import { AREAS, areaOf, GENERATED, testFoldersOf } from './areas.js';
import { SAMPLE, type SampleOptions } from './sample-checker.js';
import { formatScores, formatSurvivors, scoresOf, type TriedMutant } from './score.js';

/** Tries the unit tests on changed sources: how many of the changes do they notice? */

const root = packageRoot();
const natural = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`expected a whole number from 1, received "${text}"`);
  return value;
};

interface Options {
  readonly only: readonly string[];
  readonly tests?: readonly string[];
  readonly without: readonly string[];
  readonly sample: number;
  readonly all?: boolean;
  readonly seed: number;
  readonly concurrency: number;
}

const options = new Command('mutants')
  .description('run the unit tests on mutants of the sources and print the score of each folder')
  .option('--only <path...>', 'folders or files to mutate', [...AREAS])
  .option(
    '--tests <path...>',
    "folders or files with the tests to run (default: those of the mutated code's folder and package)",
  )
  .option('--without <file...>', 'test files to leave out, such as one that fails without any mutant', [])
  .option('--sample <count>', 'mutants of each folder to try', natural, 90)
  .option('--all', 'try all mutants: takes hours')
  .option('--seed <number>', 'chooses the sample', natural, 1)
  .option('--concurrency <count>', 'processes that run tests', natural, 2)
  .parse()
  .opts<Options>();

const mutants: TriedMutant[] = [];
for (const path of options.only) mutants.push(...(await mutantsOf(path, options)));
const survivors = join(root, 'coverage', 'mutants.txt');
mkdirSync(join(root, 'coverage'), { recursive: true });
writeFileSync(survivors, `${formatSurvivors(mutants)}\n`);
const tried = options.all ? 'All mutants' : `At most ${options.sample} mutants of each folder, seed ${options.seed}`;
const tests = options.tests === undefined ? 'the unit tests of the same folder and package' : options.tests.join(', ');
console.log(`\n${formatScores(scoresOf(mutants))}\n\n${tried}, tried by ${tests}.`);
console.log(`The survivors are in ${relative(process.cwd(), survivors)}.`);

/** Tries the mutants of a folder or a file. */
async function mutantsOf(path: string, { tests, without, all, sample, seed, concurrency }: Options) {
  // Read by vitest.config.ts, in other processes.
  process.env.MUTANTS_TESTS = (tests ?? testFoldersOf(areaOf(`${path}/`) ?? path)).join();
  process.env.MUTANTS_WITHOUT = without.join();
  const results = await new Stryker({
    mutate: [
      path.endsWith('.ts') ? path : `${path}/**/*.ts`,
      '!**/*.test.ts',
      '!**/test-support/**',
      ...GENERATED.map((folder) => `!${folder}/**`),
    ],
    testRunner: 'vitest',
    vitest: { configFile: 'tools/mutants/vitest.config.ts' },
    plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('./sample-checker.js', import.meta.url))],
    coverageAnalysis: 'perTest',
    disableTypeChecks: false,
    // A change of a module's constants would take all tests of the project each.
    ignoreStatic: true,
    ignorePatterns: ['/bench', '/build', '/coverage', '/dist', '/findings', '/generated/docs', '/.rolecall'],
    concurrency,
    // What each test reaches of instrumented code fills the usual heap.
    testRunnerNodeArgs: ['--max-old-space-size=12288'],
    reporters: ['progress-append-only'],
    clearTextReporter: { allowColor: false },
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 60,
    warnings: false,
    ...(all ? {} : { checkers: [SAMPLE], ...({ sample: { size: sample, seed, root } } satisfies SampleOptions) }),
  }).runMutationTest();
  return results.map(triedOf);
}

function triedOf({ fileName, location, mutatorName, replacement = '', status }: MutantResult): TriedMutant {
  const { start } = location;
  return {
    file: relative(root, fileName),
    line: start.line,
    column: start.column,
    mutator: mutatorName,
    original: codeAt(fileName, location),
    replacement,
    status,
  };
}

/** Stryker counts lines and columns from 1. */
function codeAt(file: string, { start, end }: MutantResult['location']): string {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.pop()?.slice(0, end.column - 1) ?? '';
  return [...lines, last].join('\n').slice(start.column - 1);
}
