import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../emit/generated-file.js';
import { signature } from '../emit/text/comment.js';

/** A file of the output folder that differs from what is generated. */
export interface Drift {
  /** Relative to the output folder, also for a file of the site. */
  readonly file: string;
  /** `surplus`: an earlier run wrote the file, but the contract no longer generates it. */
  readonly kind: 'stale' | 'missing' | 'surplus';
}

/** Compares a generated file with the one at a path. @returns how they differ; undefined if they are the same */
export type CompareFile = (path: string, file: GeneratedFile) => 'stale' | 'missing' | undefined;

export const compareFile: CompareFile = (path, { text }) => {
  const found = readIfExists(path);
  if (found === text) return undefined;
  return found === undefined ? 'missing' : 'stale';
};

/** What a run would change in the output folder, sorted by path. */
export function compareOutput(
  out: string,
  files: readonly GeneratedFile[],
  compare: CompareFile = compareFile,
): readonly Drift[] {
  const drift = files.flatMap((file): Drift[] => {
    const kind = compare(join(out, file.path), file);
    return kind === undefined ? [] : [{ file: file.path, kind }];
  });
  const surplus = surplusFiles(
    out,
    files.map(({ path }) => path),
  );
  return [...drift, ...surplus.map((file): Drift => ({ file, kind: 'surplus' }))].sort((a, b) =>
    a.file < b.file ? -1 : 1,
  );
}

/** Whether a run would change nothing. Stops at the first file that differs, so that a run that changes some is fast. */
export function isUpToDate(out: string, files: readonly GeneratedFile[], compare: CompareFile = compareFile): boolean {
  return (
    files.every((file) => compare(join(out, file.path), file) === undefined) &&
    surplusFiles(
      out,
      files.map(({ path }) => path),
    ).length === 0
  );
}

/** Folders that a contract may no longer need. */
const OPTIONAL_FOLDERS = ['docs', 'docs/tasks', 'docs/guides', 'tasks', 'guides'];

/** Generated files, recognized by their first line, that are no longer wanted. Searches only folders of wanted files. */
export function surplusFiles(out: string, wanted: readonly string[]): readonly string[] {
  const known = new Set(wanted);
  const folders = new Set([...OPTIONAL_FOLDERS, ...wanted.map(dirname)]);
  return [...folders].flatMap((folder) =>
    filesIn(join(out, folder))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`))
      .filter((path) => !known.has(path) && isGenerated(join(out, path))),
  );
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|md|html|js|css|json|txt)$/.test(entry.name))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Whether the first line of the file says that it is generated, or the last one of a format that begins with its title. */
function isGenerated(file: string): boolean {
  const text = readIfExists(file)?.trimEnd() ?? '';
  const [first = ''] = text.split('\n', 1);
  return first.includes(signature) || (file.endsWith('.txt') && text.slice(text.lastIndexOf('\n')).includes(signature));
}

/** Whether rolecall did not write the file: it is not empty, and its first line does not say that it is generated. */
export function isForeign(file: string): boolean {
  return (readIfExists(file) ?? '') !== '' && !isGenerated(file);
}

function readIfExists(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
