import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../contract/load/package-root.js';

/**
 * Identifies the build of the generator by the names, sizes and times of its own files and of the manifests of the
 * packages that emit code for it. Another build may emit other texts from the same contract.
 */
export function buildFingerprint(): string {
  // Of the code that is running: files that change later are not loaded any more.
  fingerprint ??= stampsOfBuild();
  return fingerprint;
}

let fingerprint: string | undefined;

function stampsOfBuild(): string {
  const [folder = ''] = relative(packageRoot(), fileURLToPath(import.meta.url)).split(sep);
  const own = folder === 'generator' ? ['generator', 'contract', 'web'] : [folder, join('generator', 'runtime')];
  const files = own.map((name) => join(packageRoot(), name)).flatMap(codeIn);
  return [...files, ...emitters.flatMap(manifestOf)].map(stamp).join('\n');
}

const emitters = ['openapi-typescript', 'oxc-parser', 'markdown-it'];

function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A package may be installed in the `node_modules` of any parent folder. */
function manifestOf(name: string): readonly string[] {
  for (let folder = packageRoot(); ; folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    if (statSync(manifest, { throwIfNoEntry: false })) return [manifest];
    if (folder === dirname(folder)) return [];
  }
}

function stamp(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}
