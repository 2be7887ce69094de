import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../contract/load/package-root.js';

/** What a package exports and runs. */
interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/** Folders of `dist` that the package leaves out, and that npm scripts run. */
const SCRIPTS = ['tools', 'bench'];

/** Type declarations that no entry of the package leads to, so they cannot be imported. */
export function unreachableDeclarations(root: string): readonly string[] {
  const entries = entriesOf(root).map(({ types }) => types);
  return unreachable(builtFiles(root, '.d.ts'), entries, (file) =>
    importsOf(file).map((path) => path.replace(/\.js$/, '.d.ts')),
  );
}

/** Modules that no entry, command or script leads to: those that had types only, and the client's runtime, which
 * `generate` copies as text. */
export function unreachableModules(root: string): readonly string[] {
  const { bin = {} } = manifestOf(root);
  const modules = builtFiles(root, '.js');
  const scripts = modules.filter((file) => SCRIPTS.some((folder) => file.startsWith(join(root, 'dist', folder) + sep)));
  const entries = [...entriesOf(root).map((entry) => entry.default), ...Object.values(bin)];
  return unreachable(
    modules,
    [...entries, ...scripts].map((path) => resolve(root, path)),
    (file) => [...importsOf(file), ...workersOf(file)],
  );
}

function unreachable(
  files: readonly string[],
  entries: readonly string[],
  next: (file: string) => readonly string[],
): readonly string[] {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const folder = dirname(file);
    queue.push(...next(file).map((path) => resolve(folder, path)));
  }
  return files.filter((file) => !reached.has(file));
}

function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** The entries in `exports` with code, as absolute paths. */
function entriesOf(root: string): readonly { readonly types: string; readonly default: string }[] {
  return Object.values(manifestOf(root).exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [{ types: join(root, entry.types), default: join(root, entry.default) }],
  );
}

function builtFiles(root: string, extension: string): readonly string[] {
  return readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(root, 'dist', name));
}

/** The relative paths that a file imports; other packages bring their own files. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName).filter((path) => path.startsWith('.'));
}

/** The modules that a file starts as threads or processes. */
function workersOf(file: string): readonly string[] {
  const urls = readFileSync(file, 'utf8').matchAll(/new URL\('(\.[^']+\.js)', import\.meta\.url\)/g);
  return [...urls].map(([, path = '']) => path);
}

/** The last step of the build: removes the unusable files, a fifth of all. */
if (import.meta.filename === process.argv[1]) {
  const root = packageRoot();
  for (const file of [...unreachableDeclarations(root), ...unreachableModules(root)]) rmSync(file);
}
