import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { SHORT_RUN } from '../../test-support/cli.js';
import type { GeneratedFile } from '../emit/generated-file.js';

/** The versions of TypeScript that must compile generated code, with the name of the installed package. */
export const compilers = { '5.9': 'typescript', '6.0': 'typescript-6', '7.0': 'typescript-7' } as const;

/** Several threads each check types that the others checked. */
const FLAGS: Partial<Record<keyof typeof compilers, readonly string[]>> = { '7.0': ['--singleThreaded'] };

/** Writes files to a folder below this project, so that they can import openapi-fetch. */
export function placeFiles(files: readonly GeneratedFile[]): { readonly folder: string; remove(): void } {
  const cache = join(packageRoot(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'generated-'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * Compiles all TypeScript files in a folder with the strictest options. @returns the errors; empty if there are none
 *
 * @param changes options that differ
 * @param where whether the web's types come from the compiler or from Node.js, which differ slightly
 */
export function compile(
  folder: string,
  version: keyof typeof compilers,
  where: 'browser' | 'node' = 'browser',
  changes: Readonly<Record<string, boolean | string>> = {},
): Promise<string> {
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2023',
    lib: where === 'browser' ? ['es2023', 'dom', 'dom.iterable'] : ['es2023'],
    types: where === 'browser' ? [] : ['node'],
    ...changes,
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, include: ['**/*.ts'], exclude: [] }));
  const tsc = join(packageRoot(), 'node_modules', compilers[version], 'bin', 'tsc');
  return new Promise((resolve, reject) => {
    const args = [...SHORT_RUN, tsc, '-p', project, ...(FLAGS[version] ?? [])];
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error !== null && stdout === '') reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
}
