import { defineConfig } from 'vitest/config';
import { packageRoot } from '../../contract/load/package-root.js';

/** Compare sources with committed texts, which differ while mutants are in the sources. */
const SOURCE_TEXTS = ['generator/emit/emit-files.test.ts'];

/** Test files that the command line leaves out. */
function withoutTests(): readonly string[] {
  return process.env.MUTANTS_WITHOUT?.split(',') ?? [];
}

export default defineConfig({
  test: {
    root: packageRoot(),
    include: ['**/*.test.ts'],
    exclude: [
      'node_modules',
      'build/**',
      'dist',
      '.stryker-tmp',
      '**/test-support/**',
      '**/*.e2e.test.ts',
      ...SOURCE_TEXTS,
      ...withoutTests(),
    ],
    isolate: false,
    // Instrumented code is slow, and so is a machine that does other work meanwhile.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
