import { defineConfig } from 'vitest/config';

const exclude = ['node_modules', 'dist', '**/test-support/**'];
const e2e = ['**/*.e2e.test.ts'];
// The two processors are shared with the servers and compilers that tests start.
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // In process: no command, compiler or browser is started. Files of a worker share their modules.
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...exclude, ...e2e], ...timeouts } },
      // Starts processes, builds, or talks HTTP with whole servers.
      { test: { name: 'e2e', include: e2e, exclude, ...timeouts } },
    ],
  },
});
