import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../contract/load/package-root.js';

/** Type declarations that no entry of the package leads to, so they cannot be imported. */
export function unreachableDeclarations(root: string): readonly string[] {
  const reached = new Set<string>();
  const queue = entryDeclarations(root);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    queue.push(...importedBy(file));
  }
  return builtFiles(root, '.d.ts').filter((file) => !reached.has(file));
}

/** Modules that had types only: their compiled code is empty, and no code imports them. */
export function emptyModules(root: string): readonly string[] {
  const files = builtFiles(root, '.js');
  const imported = new Set(files.flatMap((file) => importsOf(file).map((path) => resolve(dirname(file), path))));
  return files.filter((file) => readFileSync(file, 'utf8').trim() === 'export {};' && !imported.has(file));
}

function builtFiles(root: string, extension: string): readonly string[] {
  return readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(root, 'dist', name));
}

/** The `types` of each entry in `exports`. */
function entryDeclarations(root: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { exports } = manifest as { readonly exports: Readonly<Record<string, string | { readonly types: string }>> };
  return Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [join(root, entry.types)]));
}

/** Files of the package alone; other packages bring their own declarations. */
function importedBy(file: string): readonly string[] {
  return importsOf(file).map((path) => resolve(dirname(file), path.replace(/\.js$/, '.d.ts')));
}

/** The relative paths that a file imports. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName).filter((path) => path.startsWith('.'));
}

/** The last step of the build: removes the unusable files, a fifth of all. */
if (import.meta.filename === process.argv[1]) {
  const root = packageRoot();
  for (const file of [...unreachableDeclarations(root), ...emptyModules(root)]) rmSync(file);
}
