import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import type { GeneratedFile } from '../emit/generated-file.js';

/** The lines of TypeScript that generated code has to compile under, by the package that each is installed as. */
export const compilers = { '5.9': 'typescript', '6.0': 'typescript-6', '7.0': 'typescript-7' } as const;

/** A folder below this project, so that openapi-fetch is found from there, with these files in it. */
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
 * What a compiler has to say of all TypeScript in a folder, as strictly as it can; nothing where it is content.
 *
 * @param where the web's types come from the compiler, or from those of Node, which differ a little
 */
export function compile(
  folder: string,
  version: keyof typeof compilers,
  where: 'browser' | 'node' = 'browser',
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
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, include: ['**/*.ts'], exclude: [] }));
  const tsc = join(packageRoot(), 'node_modules', compilers[version], 'bin', 'tsc');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [tsc, '-p', project], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error !== null && stdout === '') reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
}
