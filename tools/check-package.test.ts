import { expect, test } from 'vitest';
import { problemsOfFiles } from './check-package.js';

const paths = (...names: readonly string[]) => names.map((path) => ({ path }));

test('files that a user needs are fine', () => {
  const files = paths(
    'package.json',
    'dist/rolecall.js',
    'dist/tenant/tenant.d.ts',
    'spec/openapi.yaml',
    'docs/errors.md',
  );
  expect(problemsOfFiles(files)).toEqual([]);
});

test.each([
  'dist/tenant/tenant.test.js',
  'dist/tenant/test-support/cli.js',
  'dist/bench/tenant/serve.js',
  'dist/tools/check-package.js',
  'dist/vitest.config.js',
  'generated/client.ts',
])('"%s" does not belong in the package', (path) => {
  expect(problemsOfFiles(paths('package.json', path))).toEqual([expect.stringContaining(`"${path}"`)]);
});

test('more than 700 files are too many', () => {
  const files = paths(...Array.from({ length: 701 }, (_, index) => `dist/${index}.js`));
  expect(problemsOfFiles(files)).toEqual(['expected at most 700 files, received 701']);
});
