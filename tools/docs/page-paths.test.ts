import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';

/** Files and folders that the pages name exist. */

const root = packageRoot();
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Pages that describe the project as it is: each path in a code span is one from the root. */
const MAPS = ['ARCHITECTURE.md', 'SECURITY.md'];
const LINKING = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'SUPPORTED.md',
  'examples/README.md',
  'findings/README.md',
  'spec/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Code spans with a folder or a file extension in them, commands and snippets left out. */
function pathsIn(page: string): readonly string[] {
  const spans = [...read(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const paths = spans.filter(
    (span) => /^[\w.-]+(\/[\w.-]+)*\/?$/.test(span) && /\/|\.(ts|md|json|yaml|js)$/.test(span),
  );
  return [...new Set(paths)].filter((path) => !NO_PATHS.includes(path));
}

/** Entries of the package, and names that several folders have. */
const NO_PATHS = [
  'rolecall/client',
  'rolecall/tenant',
  'rolecall/testing',
  'rolecall/vitest',
  'rolecall/contract',
  'auth0/',
  'command.ts',
];

describe.each(MAPS)('%s', (page) => {
  test('names files', () => {
    expect(pathsIn(page).length).toBeGreaterThan(8);
  });

  test.each(pathsIn(page))('%s', (path) => {
    expect(existsSync(join(root, path)), `${page} names "${path}", which does not exist`).toBe(true);
  });
});

describe.each(LINKING)('the links of %s', (page) => {
  test('lead to files', () => {
    const text = read(page).replaceAll(/^```[\s\S]*?^```/gm, '');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });
});

test('every page of docs/ is linked from README.md', () => {
  const pages = LINKING.filter((page) => page.startsWith('docs/'));
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((page) => !read('README.md').includes(`](${page})`))).toEqual([]);
});

test('each script that shows a finding has a row, and each row a script', () => {
  const scripts = readdirSync(join(root, 'findings')).filter((name) => name.endsWith('.sh'));
  const rows = [...read('findings/README.md').matchAll(/^\| `([\w-]+\.sh)` \|/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(scripts.toSorted());
});
