import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../contract/load/package-root.js';

/**
 * The second step of the build: removes type declarations that no entry of the package leads to. They are a third of all
 * files, and nobody can import them.
 */
export function unreachableDeclarations(root: string): readonly string[] {
  const reached = new Set<string>();
  const queue = entryDeclarations(root);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    queue.push(...importedBy(file));
  }
  return readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(root, 'dist', name))
    .filter((file) => !reached.has(file));
}

/** The `types` of each entry in `exports`. */
function entryDeclarations(root: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { exports } = manifest as { readonly exports: Readonly<Record<string, string | { readonly types: string }>> };
  return Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [join(root, entry.types)]));
}

/** Files of the package alone; other packages bring their own declarations. */
function importedBy(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName.replace(/\.js$/, '.d.ts')));
}

if (import.meta.filename === process.argv[1]) {
  for (const file of unreachableDeclarations(packageRoot())) rmSync(file);
}
