import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Source file → the source files that it imports, types included. Paths are relative to the root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** What a `.js` of an import is written in. */
const SOURCES = ['.ts', '.tsx'];

const IGNORED = new Set(['node_modules', 'build', 'dist', 'coverage']);

/** Reads the imports of every TypeScript file below a folder: static, dynamic, re-exports, and `import('…')` in types. */
export function readImportGraph(root: string): ImportGraph {
  return new Map(sourceFiles(root).map((file) => [relative(root, file), importsOf(root, file)]));
}

/** Groups of files that import each other in a circle, each group sorted. Tarjan's algorithm. */
export function importCycles(graph: ImportGraph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: (readonly string[])[] = [];
  const visit = (file: string): number => {
    const own = index.size;
    index.set(file, own);
    lowest.set(file, own);
    stack.push(file);
    for (const imported of graph.get(file) ?? []) {
      const reaches = index.has(imported)
        ? stack.includes(imported)
          ? (index.get(imported) ?? own)
          : own
        : visit(imported);
      lowest.set(file, Math.min(lowest.get(file) ?? own, reaches));
    }
    const low = lowest.get(file) ?? own;
    if (low === own) {
      const group = stack.splice(stack.indexOf(file));
      const importsItself = graph.get(file)?.includes(file) === true;
      if (group.length > 1 || importsItself) cycles.push(group.toSorted());
    }
    return low;
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return cycles;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.has(entry.name) || entry.name.startsWith('.') ? [] : sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(root: string, file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  const paths = importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => SOURCES.map((source) => resolve(dirname(file), fileName.replace(/\.js$/, source))))
    .filter((path) => existsSync(path));
  return [...new Set(paths)].map((path) => relative(root, path));
}
