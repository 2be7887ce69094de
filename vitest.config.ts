import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', '**/test-support/**'],
    // Two cores are shared with the servers that the tests start.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
