import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { Command } from 'commander';
import { packageRoot } from '../../contract/load/package-root.js';
import { AREAS } from './areas.js';
import { SAMPLE, type SampleOptions } from './sample-checker.js';
import { formatScores, formatSurvivors, scoresOf, type TriedMutant } from './score.js';

/** Tries the unit tests on changed sources: how many of the changes do they notice? */

const root = packageRoot();
const natural = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`expected a whole number from 1, received "${text}"`);
  return value;
};

const { only, tests, without, sample, seed, concurrency } = new Command('mutants')
  .description('run the unit tests on mutants of the sources and print the score')
  .option('--only <path...>', 'folders or files to mutate', [...AREAS])
  .option('--tests <path...>', 'folders or files with the tests to run, instead of all unit tests')
  .option('--without <file...>', 'test files to leave out, such as one that fails without any mutant')
  .option('--sample <count>', 'try about this many mutants instead of all', natural)
  .option('--seed <number>', 'chooses the sample', natural, 1)
  .option('--concurrency <count>', 'processes that run tests', natural, 2)
  .parse()
  .opts<{ only: string[]; tests?: string[]; without?: string[]; sample?: number; seed: number; concurrency: number }>();

// Read by vitest.config.ts, in other processes.
if (tests !== undefined) process.env.MUTANTS_TESTS = tests.join();
if (without !== undefined) process.env.MUTANTS_WITHOUT = without.join();

const results = await new Stryker({
  mutate: [
    ...only.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
    '!**/*.test.ts',
    '!**/test-support/**',
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
  reporters: ['progress-append-only'],
  clearTextReporter: { allowColor: false },
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 60,
  warnings: false,
  ...(sample === undefined
    ? {}
    : { checkers: [SAMPLE], ...({ sample: { size: sample, seed, root } } satisfies SampleOptions) }),
}).runMutationTest();

const mutants = results.map(triedOf);
const survivors = join(root, 'coverage', 'mutants.txt');
mkdirSync(join(root, 'coverage'), { recursive: true });
writeFileSync(survivors, `${formatSurvivors(mutants)}\n`);
console.log(`\n${formatScores(scoresOf(mutants))}\n\nThe survivors are in ${relative(process.cwd(), survivors)}.`);

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
