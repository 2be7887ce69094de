import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../emit/generated-file.js';
import { marker } from '../emit/text/header.js';

/** How a folder differs from what it should hold. */
export interface Drift {
  readonly file: string;
  /** `surplus`: an earlier run wrote it, and this one would not. */
  readonly kind: 'stale' | 'missing' | 'surplus';
}

/** What a run would change in the output folder, in the order of paths. */
export function compareOutput(out: string, files: readonly GeneratedFile[]): readonly Drift[] {
  const drift = files.flatMap(({ path, text }): Drift[] => {
    const found = readIfThere(join(out, path));
    if (found === text) return [];
    return [{ file: path, kind: found === undefined ? 'missing' : 'stale' }];
  });
  const surplus = surplusFiles(
    out,
    files.map(({ path }) => path),
  );
  return [...drift, ...surplus.map((file): Drift => ({ file, kind: 'surplus' }))].sort((a, b) =>
    a.file < b.file ? -1 : 1,
  );
}

/** Generated files that are not wanted any more: in the folders that hold wanted ones, and by their first line. */
export function surplusFiles(out: string, wanted: readonly string[]): readonly string[] {
  const known = new Set(wanted);
  const folders = new Set(['docs', ...wanted.map(dirname)]);
  return [...folders].flatMap((folder) =>
    filesIn(join(out, folder))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`))
      .filter((path) => !known.has(path) && isGenerated(join(out, path))),
  );
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|md)$/.test(entry.name))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Whether its first line says that it is generated. */
function isGenerated(file: string): boolean {
  return readIfThere(file)?.split('\n', 1)[0]?.includes(marker) ?? false;
}

/** A file that somebody else wrote: it has a text, and its first line does not say that it is generated. */
export function isForeign(file: string): boolean {
  return (readIfThere(file) ?? '') !== '' && !isGenerated(file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
