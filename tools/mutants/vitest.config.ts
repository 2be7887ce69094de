import { defineConfig } from 'vitest/config';
import { packageRoot } from '../../contract/load/package-root.js';

export default defineConfig({
  test: {
    root: packageRoot(),
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', '.stryker-tmp', '**/test-support/**', '**/*.e2e.test.ts'],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
