import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built, builtCli } from '../test-support/cli.js';

/** Packages that take a tenth of a second or more to load: only the command that needs one may load it. */
const heavy = ['typescript', 'ts-morph', 'openapi-typescript', '@redocly/openapi-core', '@faker-js/faker'];

let folder: string;
let cli: string;
let client: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weight-'));
  cli = builtCli();
  client = built('generated/client.ts');
  writeFileSync(join(folder, 'record.cjs'), recorder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Appends each specifier that is imported or required to the file of `LOADED`. */
const recorder = `
const { appendFileSync } = require('node:fs');
const Module = require('node:module');
const load = Module._load;
Module._load = function (specifier, ...rest) {
  appendFileSync(process.env.LOADED, specifier + '\\n');
  return load.call(this, specifier, ...rest);
};
Module.register('data:text/javascript,' + encodeURIComponent(\`
  import { appendFileSync } from 'node:fs';
  export async function resolve(specifier, context, next) {
    appendFileSync(process.env.LOADED, specifier + '\\\\n');
    return next(specifier, context);
  }
\`));
`;

/** The packages that a Node.js process loads until it ends; with `--json`, until it prints the first line. */
async function packagesOf(...args: readonly string[]): Promise<readonly string[]> {
  const loaded = join(folder, 'loaded.txt');
  writeFileSync(loaded, '');
  const child = spawn(process.execPath, ['--require', join(folder, 'record.cjs'), ...args], {
    env: { ...process.env, LOADED: loaded, ROLECALL_TOKEN: 'any' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.on('data', () => void (args.includes('--json') && child.kill()));
  await new Promise((resolve) => child.once('close', resolve));
  const names = readFileSync(loaded, 'utf8')
    .split('\n')
    .map((specifier) => /^(?:@[^/]+\/)?[^./][^/]*/.exec(specifier)?.[0] ?? '')
    .filter((name) => name !== '' && !name.includes(':'));
  return [...new Set(names)];
}

describe('heavy packages are loaded only where they are needed', () => {
  test('the client loads openapi-fetch and nothing else', async () => {
    expect(await packagesOf(client)).toEqual(['openapi-fetch']);
  });

  test('rolecall --help loads no package: what it needs is in the bundle', async () => {
    expect(await packagesOf(cli, '--help')).toEqual([]);
  });

  test('rolecall verify loads no package before the target has answered', async () => {
    // Nothing listens there.
    expect(await packagesOf(cli, 'verify', 'http://127.0.0.1:9')).toEqual([]);
  });

  test('rolecall tenant', async () => {
    const packages = await packagesOf(cli, 'tenant', '--json', '--port', '0');
    expect(packages).toContain('openapi-fetch');
    // What makes and signs tokens is loaded for the first one.
    expect(packages.filter((name) => [...heavy, 'jose'].includes(name))).toEqual([]);
  });

  test('the recorder sees a required package, too', async () => {
    const script = join(folder, 'require.cjs');
    writeFileSync(script, "try { require('typescript'); } catch {}");
    expect(await packagesOf(script)).toEqual(['typescript']);
  });
});
