import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packageRoot } from '../contract/load/package-root.js';
import { API_PAGE, apiPage } from './docs/api-page.js';
import { type PackedFile, problemsOfApi, problemsOfFiles, problemsOfLinks } from './package/package-problems.js';

/**
 * Checks the package that `npm pack` makes of the built files: how many there are, that each belongs in it, that
 * TypeScript resolves every entry, and that every export is documented. Prints one line for each problem and exits with 1 if there are any.
 */

/** The ways of resolving an import that can find ES modules; the package has no others. */
const RESOLUTIONS = ['node16-esm', 'bundler'] as const;

/** What is wrong with the types, a line each. */
async function problemsOfTypes(tarball: Uint8Array): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (analysis.types === false) return ['the package has no types'];
  const problems = RESOLUTIONS.flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind }));
  return [...new Set(problems.map((problem) => JSON.stringify(problem)))];
}

/** What publint says of the package, suggestions left out, a line each. */
async function problemsOfManifest(tarball: Uint8Array): Promise<readonly string[]> {
  const buffer = new Uint8Array(tarball).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true, level: 'error' });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** Packs what was built, without building again. */
function pack(folder: string): { readonly files: readonly PackedFile[]; readonly tarball: Uint8Array } {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const output = execFileSync('npm', args, {
    cwd: packageRoot(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [packed] = JSON.parse(output) as readonly {
    readonly filename: string;
    readonly files: readonly PackedFile[];
  }[];
  if (packed === undefined) throw new Error(`"npm pack" printed no package: ${output}`);
  return { files: packed.files, tarball: readFileSync(join(folder, packed.filename)) };
}

if (import.meta.filename === process.argv[1]) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-pack-'));
  try {
    const { files, tarball } = pack(folder);
    const read = (path: string) => readFileSync(join(packageRoot(), path), 'utf8');
    const problems = [
      ...problemsOfFiles(files),
      ...problemsOfLinks(files, read),
      ...problemsOfApi(apiPage(join(packageRoot(), 'dist')), API_PAGE, read(API_PAGE)),
      ...(await problemsOfManifest(tarball)),
      ...(await problemsOfTypes(tarball)),
    ];
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log(`${files.length} files, ${Math.round(tarball.length / 1024)} KB packed: all good`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
