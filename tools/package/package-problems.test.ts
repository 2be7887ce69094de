import { expect, test } from 'vitest';
import { problemsOfApi, problemsOfFiles, problemsOfLinks } from './package-problems.js';

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

test('a page links only to what is packed', () => {
  const files = paths('README.md', 'docs/errors.md', 'findings/README.md', 'findings/a.sh');
  const texts: Readonly<Record<string, string>> = {
    'README.md': '[a](docs/errors.md#x) [b](findings/) [c](https://example.org/x.md) [d](#top) [e](MISSING.md)',
    'docs/errors.md': '[up](../README.md) [gone](../ARCHITECTURE.md)',
    'findings/README.md': '[a](a.sh)',
  };
  expect(problemsOfLinks(files, (path) => texts[path] ?? '')).toEqual([
    '"README.md" links to "MISSING.md", which the package lacks: add it to "files" of package.json',
    '"docs/errors.md" links to "ARCHITECTURE.md", which the package lacks: add it to "files" of package.json',
  ]);
});

test('every export is documented, and the page of the API is current', () => {
  const page = { text: '# API', undocumented: ['rolecall: Report'] };
  expect(problemsOfApi(page, 'docs/api.md', '# API')).toEqual(['"rolecall: Report" has no docstring: say what it is']);
  expect(problemsOfApi({ ...page, undocumented: [] }, 'docs/api.md', '')).toEqual([
    'docs/api.md is stale: run "npm run docs"',
  ]);
});
