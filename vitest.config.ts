import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ownTemporaryFolder } from './test-support/own-temporary-folder.js';
import { RARE_OPTIMIZER } from './test-support/rare-optimizer.js';

setFlagsFromString(RARE_OPTIMIZER);
ownTemporaryFolder();

const END_TO_END = ['**/*.e2e.test.ts'];
const exclude = ['node_modules', 'build/**', 'dist', '.stryker-tmp', '**/test-support/**'];
const shared = {
  isolate: false,
  execArgv: [RARE_OPTIMIZER],
  // Both projects load most modules: the second one finds them as the first one transformed them.
  experimental: { fsModuleCache: true },
  // Node reads these authorities at each start, which takes longer than the rest of a short process.
  env: { NODE_EXTRA_CA_CERTS: '' },
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/**
 * The long files first, so that the short ones fill both workers to the end; and one project after the other, since a
 * worker keeps its modules only while the next file is of the same project.
 */
class EndToEndFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const inProject = (name: string) => sorted.filter(({ project }) => project.name === name);
    return [...inProject('e2e'), ...inProject('unit')];
  }
}

export default defineConfig({
  test: {
    // Each worker loads all modules anew, which costs more than what waiting tests leave idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: EndToEndFirst },
    coverage: {
      include: [
        '{console,contract,diff,generated,generator,conformance,proxy,replay,scopes,tenant,web}/**/*.ts',
        'rolecall.ts',
      ],
      exclude: ['**/test-support/**', '**/*.test.ts'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      // In process: starts no command, compiler or server of its own.
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...exclude, ...END_TO_END], ...shared } },
      // Starts processes, builds, or talks HTTP with whole servers.
      {
        test: {
          name: 'e2e',
          include: END_TO_END,
          exclude,
          globalSetup: ['test-support/build-package.ts'],
          ...shared,
        },
      },
    ],
  },
});
