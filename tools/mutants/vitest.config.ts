import { defineConfig } from 'vitest/config';
import { packageRoot } from '../../contract/load/package-root.js';

/** Compare sources with committed texts, which differ while mutants are in the sources. */
const SOURCE_TEXTS = ['generator/emit/emit-files.test.ts'];

/** Paths that the command line passes on. */
function paths(name: 'MUTANTS_TESTS' | 'MUTANTS_WITHOUT'): readonly string[] {
  return process.env[name]?.split(',') ?? [];
}

const chosen = paths('MUTANTS_TESTS').map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`));

export default defineConfig({
  test: {
    root: packageRoot(),
    include: chosen.length > 0 ? chosen : ['**/*.test.ts'],
    exclude: [
      'node_modules',
      'build/**',
      'dist',
      '.stryker-tmp',
      '**/test-support/**',
      '**/*.e2e.test.ts',
      ...SOURCE_TEXTS,
      ...paths('MUTANTS_WITHOUT'),
    ],
    isolate: false,
    // Instrumented code is slow, and so is a machine that does other work meanwhile.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
