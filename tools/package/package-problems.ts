import { posix } from 'node:path';
import type { ApiPage } from '../docs/api-page.js';

/** The most files of the package. */
const MAX_FILES = 700;

/** Files that only this repository uses. */
const FOREIGN = /\.test\.|\/test-support\/|^dist\/(bench|tools|test-support)\/|\.config\.|^generated\/|\.tsbuildinfo$/;

export interface PackedFile {
  readonly path: string;
}

/** What is wrong with the list of files, a sentence each. */
export function problemsOfFiles(files: readonly PackedFile[]): readonly string[] {
  const foreign = files.filter(({ path }) => FOREIGN.test(path));
  return [
    ...(files.length > MAX_FILES ? [`expected at most ${MAX_FILES} files, received ${files.length}`] : []),
    ...foreign.map(({ path }) => `"${path}" does not belong in the package: exclude it in "files" of package.json`),
  ];
}

/**
 * Links of packed pages to files that are not packed, a sentence each.
 *
 * @param read - the text of a packed page
 */
export function problemsOfLinks(files: readonly PackedFile[], read: (path: string) => string): readonly string[] {
  const packed = files.map(({ path }) => path);
  return packed
    .filter((path) => path.endsWith('.md'))
    .flatMap((page) => {
      const targets = [...read(page).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
      const paths = [...new Set(targets)].map((target) => posix.join(posix.dirname(page), target));
      return paths
        .filter((path) => !packed.some((each) => each === path || each.startsWith(`${path.replace(/\/$/, '')}/`)))
        .map((path) => `"${page}" links to "${path}", which the package lacks: add it to "files" of package.json`);
    });
}

/**
 * What is wrong with the documentation of the API, a sentence each.
 *
 * @param path - of its page
 * @param written - the text of that page
 */
export function problemsOfApi({ text, undocumented }: ApiPage, path: string, written: string): readonly string[] {
  return [
    ...undocumented.map((name) => `"${name}" has no docstring: say what it is`),
    ...(text === written ? [] : [`${path} is stale: run "npm run docs"`]),
  ];
}
