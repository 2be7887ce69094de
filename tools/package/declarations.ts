import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * The declarations that the entries lead to, also through type imports. Others cannot be imported, so the package
 * leaves them out: three quarters of all.
 *
 * @param entries - absolute paths of `.d.ts` files
 */
export function reachableDeclarations(entries: readonly string[]): readonly string[] {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const folder = dirname(file);
    queue.push(...importsOf(file).map((path) => resolve(folder, path.replace(/\.js$/, '.d.ts'))));
  }
  return [...reached].sort();
}

/** Copies the declarations that the entries lead to. @param entries - relative to both folders */
export function copyDeclarations(entries: readonly string[], from: string, to: string): void {
  for (const file of reachableDeclarations(entries.map((entry) => join(from, entry)))) {
    const target = join(to, relative(from, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** The relative paths that a file imports; other packages bring their own files. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName).filter((path) => path.startsWith('.'));
}
