import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '../contract/load/package-root.js';
import { bundleModules, bundlePackage } from '../tools/package/bundle.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of a built Rolecall, laid out as the published package. */
    readonly builtPackage: string;
  }
}

/** Modules that end-to-end tests run as processes and that are not entries of the package. */
const SCRIPTS = [
  'tenant/http/certificate.ts',
  'tenant/test-support/sdk-session.ts',
  'tenant/test-support/sdk-limit.ts',
  'tools/sdks/exercise.ts',
  'tools/sdks/drivers/node-sdk.ts',
];

/**
 * Vitest's global setup of the end-to-end tests: builds the package once for all files, which find it with
 * `inject('builtPackage')`. It has what `files` of package.json lists, so that a file missing there fails the tests.
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
  await bundlePackage(root, join(folder, 'dist'));
  await bundleModules(root, SCRIPTS, join(folder, 'scripts'));
  mkdirSync(join(folder, 'elsewhere'));
  project.provide('builtPackage', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
