import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { packageRoot } from './contract/load/package-root.js';
import * as rolecall from './index.js';
import { SHORT_RUN } from './test-support/cli.js';

/** The package root: what it exports, and what importing it costs. */

const built = inject('builtPackage');
const small = join(packageRoot(), 'generator/test-support/documents/old.json');

/** Packages that take long to load, and that only one command each needs. */
const HEAVY = [
  'typescript',
  'ts-morph',
  'openapi-typescript',
  '@redocly',
  '@faker-js',
  'fast-check',
  '@peculiar',
  'ajv',
];

/** Prints every module that is loaded. */
const LOADER = `import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  writeSync(1, url + '\\n');
  return next(url, context);
}`;

/** At the end of a program: prints the modules that it has required, which no loader sees. */
const REQUIRED = `
const { createRequire: requireOf } = await import('node:module');
for (const path of Object.keys(requireOf(import.meta.url).cache)) console.log(path);`;

/** The names of the packages that a program loads, the project's own files left out. */
function packagesLoadedBy(program: string): readonly string[] {
  const data = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(data(LOADER))});`;
  const file = join(built, `program-${process.pid}.mjs`);
  writeFileSync(file, program + REQUIRED);
  const options = { cwd: built, encoding: 'utf8' } as const;
  const output = execFileSync(process.execPath, [...SHORT_RUN, '--import', data(register), file], options);
  expect(output, 'the loader reports modules').toContain('/dist/');
  const names = output
    .split('\n')
    .flatMap((url) => url.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/.]+)\//)?.slice(1) ?? []);
  return [...new Set(names)].toSorted();
}

const isHeavy = (name: string): boolean => HEAVY.some((heavy) => name === heavy || name.startsWith(`${heavy}/`));

describe('what an import loads', () => {
  test('the client needs openapi-fetch and nothing else', () => {
    expect(packagesLoadedBy("await import('rolecall/client')")).toEqual(['openapi-fetch']);
  });

  test('the functions need openapi-fetch and nothing else', () => {
    expect(packagesLoadedBy("await import('rolecall/functions')")).toEqual(['openapi-fetch']);
  });

  test('the root needs no package at all', () => {
    expect(packagesLoadedBy("await import('rolecall')")).toEqual([]);
  });

  test('loading a contract needs nothing that generates', () => {
    const loaded = packagesLoadedBy("const { loadContract } = await import('rolecall'); await loadContract();");
    expect(loaded).toContain('js-yaml');
    expect(loaded.filter((name) => name !== 'ajv').filter(isHeavy)).toEqual([]);
  });

  test('verifying does load what is heavy: the measurement sees it', () => {
    const options = JSON.stringify({ only: ['roles.get/token-missing'] });
    const program = `const { verify } = await import('rolecall'); for await (const _ of verify(${options})) break;`;
    expect(packagesLoadedBy(program).filter(isHeavy)).not.toEqual([]);
  });
});

describe('the functions of the root', () => {
  const root = packageRoot();
  const spec = join(root, 'spec/openapi.yaml');

  test('generate compares, and reports drift', async () => {
    // Samples import from the folder's name.
    const out = join(mkdtempSync(join(tmpdir(), 'rolecall-index-')), 'generated');
    try {
      await rolecall.generate({ spec: small, out });
      expect((await rolecall.generate({ spec: small, out, check: true })).drift).toEqual([]);
      rmSync(join(out, 'client.ts'));
      expect((await rolecall.generate({ spec: small, out, check: true })).drift).toEqual([
        { file: 'client.ts', kind: 'missing' },
      ]);
    } finally {
      rmSync(out, { recursive: true });
    }
  });

  test('diff finds no change between a contract and itself', async () => {
    const { contract } = await rolecall.loadContract(spec);
    expect(await rolecall.diff(contract, contract)).toMatchObject({ breaking: false, step: 'none', changes: [] });
  });

  test('replay reports each exchange', async () => {
    const recordings = [join(root, 'test-support/recording.json')];
    const { total } = await rolecall.replay({ recordings });
    expect(total).toMatchObject({ recordings: 1, exchanges: 2, inContract: 2, conform: 2, matched: 2, mismatched: 0 });
  });

  test('an error is an instance of its exported class, with its code', async () => {
    const error = await rolecall.loadContract('nowhere.yaml').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(rolecall.ContractError);
    expect(error).toBeInstanceOf(rolecall.RolecallError);
    expect(error).toMatchObject({ code: 'CONTRACT_UNREADABLE' });
  });
});
