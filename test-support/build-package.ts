import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '../contract/load/package-root.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of a built Rolecall, laid out as the published package. */
    readonly builtPackage: string;
  }
}

const SOURCES = ['contract', 'diff', 'generated', 'generator', 'conformance', 'replay', 'tenant', 'tools'];

/**
 * Vitest's global setup of the end-to-end tests: builds the package once for all files, which find it with
 * `inject('builtPackage')`. It has what `files` of package.json lists, so that a file missing there fails the tests;
 * its code is transpiled, not checked, which takes a second where the compiler takes eight.
 */
export default async function buildPackage(project: TestProject): Promise<() => void> {
  const root = packageRoot();
  // Below node_modules, so that the built code finds its dependencies and no tool takes it for a source.
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'rolecall-package-'));
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: readonly string[] };
  const published = files.filter((entry) => !entry.startsWith('!') && entry !== 'dist');
  for (const entry of ['package.json', ...published]) {
    const path = entry.includes('*') ? dirname(entry) : entry;
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  await build({
    absWorkingDir: root,
    entryPoints: ['index.ts', 'rolecall.ts', ...SOURCES.flatMap((source) => codeIn(root, source))],
    outbase: root,
    outdir: join(folder, 'dist'),
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  execFileSync(process.execPath, [join(folder, 'dist', 'tools', 'package-contract.js')]);
  project.provide('builtPackage', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The TypeScript files of a folder that are not tests, relative to the root. */
function codeIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}
