import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import { command } from './command.js';
import { codeHeader } from './emit/text/comment.js';
import { generate } from './generate.js';

const root = packageRoot();
const home = process.cwd();
let folder: string;

/** A separate project with a contract in `api.json` and a cache. */
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'generate-')));
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(root, 'generator', 'test-support', 'documents', 'old.json'), join(folder, 'api.json'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs a command line. @returns what it printed, and its exit code */
async function rolecall(...args: readonly string[]) {
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  try {
    await command()
      .exitOverride()
      .parseAsync([...args], { from: 'user' });
    return { printed, exit: process.exitCode ?? 0 };
  } finally {
    log.mockRestore();
    process.exitCode = undefined;
  }
}

const tree = (at: string) => readdirSync(at, { recursive: true, encoding: 'utf8' }).sort();
const api = ['--spec', 'api.json', '--out', 'out'];
const saveContract = (change: (text: string) => string) =>
  writeFileSync('api.json', change(readFileSync('api.json', 'utf8')));

describe('generate', () => {
  test('does not overwrite a file of the user', async () => {
    mkdirSync('out');
    writeFileSync(join('out', 'client.ts'), 'export const mine = 1;\n');
    await expect(rolecall(...api)).rejects.toThrow(
      /contains "client.ts", which rolecall did not write .*; move it away/,
    );
    expect(tree('out')).toEqual(['client.ts']);
    expect(readFileSync(join('out', 'client.ts'), 'utf8')).toBe('export const mine = 1;\n');
  });

  test('refuses an empty --out', async () => {
    await expect(rolecall('--spec', 'api.json', '--out', '')).rejects.toThrow(
      'invalid --out ""; expected a folder (default: generated)',
    );
  });

  test('writes, and does nothing if nothing changed', async () => {
    const first = await rolecall(...api);
    expect(first).toEqual({ printed: [expect.stringMatching(/^out: \d+ files written, 0 unchanged$/)], exit: 0 });
    expect(tree('out')).toEqual(expect.arrayContaining(['client.ts', 'docs/README.md', 'runtime/call.ts', 'types.ts']));
    expect(await rolecall(...api)).toEqual({
      printed: [expect.stringMatching(/^out: \d+ files, all up to date$/)],
      exit: 0,
    });
  });

  test('writes only the files that a changed contract changes', async () => {
    await rolecall(...api);
    saveContract((text) => text.replace('A pet.', 'The new pet.'));
    const { printed } = await rolecall(...api);
    expect(printed).toEqual([expect.stringMatching(/^out: 3 files written, \d+ unchanged$/)]);
    expect(readFileSync('out/client.ts', 'utf8')).toContain('The new pet.');
  });

  test('removes its files that are no longer needed, and no others', async () => {
    await rolecall(...api);
    writeFileSync('out/docs/mine.md', 'My notes.\n');
    saveContract((text) => text.replace('"operationId": "showPet"', '"operationId": "seePet"'));
    expect((await rolecall(...api)).printed).toEqual([expect.stringMatching(/, 1 removed$/)]);
    expect(tree('out/docs')).toEqual(['README.md', 'createPet.md', 'listPets.md', 'mine.md', 'seePet.md']);
  });

  test.each([
    ['long before the run', -3600],
    ['at the same moment as the run, or by a clock that is ahead', 3600],
  ])('restores a file that was edited by hand; the contract was saved %s', async (_, seconds) => {
    const saved = Date.now() / 1000 + seconds;
    utimesSync('api.json', saved, saved);
    await rolecall(...api);
    const text = readFileSync('out/routes.ts', 'utf8');
    writeFileSync('out/routes.ts', 'nonsense');
    expect((await rolecall(...api)).printed).toEqual([expect.stringMatching(/^out: 1 file written/)]);
    expect(readFileSync('out/routes.ts', 'utf8')).toBe(text);
  });

  test('removes what a killed run left', async () => {
    await rolecall(...api);
    mkdirSync('out/.rolecall-999999999');
    writeFileSync('out/client.ts', '');
    await rolecall(...api);
    expect(tree('out').filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('generate --site', () => {
  const both = [...api, '--site', 'site'];

  test('writes both folders, checks both, and restores what was edited', async () => {
    expect((await rolecall(...both)).printed).toEqual([expect.stringMatching(/^out, site: \d+ files written/)]);
    expect(tree('site')).toEqual(
      expect.arrayContaining(['index.html', 'index.md', 'assets/search.js', 'llms.txt', 'openapi.json']),
    );
    expect((await rolecall(...both, '--check')).exit).toBe(0);
    writeFileSync('site/openapi.json', '{}');
    writeFileSync('site/gone.html', readFileSync('site/index.html', 'utf8'));
    rmSync('site/llms.txt');
    const drift = ['surplus: site/gone.html', 'missing: site/llms.txt', 'stale: site/openapi.json'];
    const error = vi.spyOn(console, 'error').mockReturnValue();
    expect(await rolecall(...both, '--check')).toEqual({ printed: drift, exit: 1 });
    error.mockRestore();
    expect((await rolecall(...both)).printed).toEqual([
      expect.stringMatching(/: 2 files written, \d+ unchanged, 1 removed$/),
    ]);
    expect((await rolecall(...both, '--check')).exit).toBe(0);
  });

  test('does not overwrite a file of the user', async () => {
    mkdirSync('site');
    writeFileSync('site/llms.txt', '# My own\n');
    await expect(rolecall(...both)).rejects.toThrow(
      /^--site ".*site" contains "llms.txt", which rolecall did not write/,
    );
    expect(tree('site')).toEqual(['llms.txt']);
  });

  test.each([
    ['', 'invalid --site ""; expected a folder'],
    ['out', 'invalid --site "out"; expected another folder than that of --out'],
    [homedir(), /^invalid --site ".*"; expected a folder for generated files only/],
  ])('refuses "%s"', async (site, message) => {
    await expect(rolecall(...api, '--site', site)).rejects.toThrow(message);
  });
});

describe('what the output folder must not lose', () => {
  test('folders of the user whose names look like those of rolecall', async () => {
    await rolecall(...api);
    for (const name of ['.rolecall-notes', '.rolecall-999999999', '.rolecall-']) {
      mkdirSync(join('out', name));
      writeFileSync(join('out', name, 'mine.md'), 'My notes.\n');
    }
    writeFileSync('out/.rolecall-999999998', 'A file.\n');
    writeFileSync('out/client.ts', '');
    await rolecall(...api);
    expect(tree('out').filter((name) => name.startsWith('.'))).toEqual([
      '.rolecall-',
      '.rolecall-/mine.md',
      '.rolecall-999999998',
      '.rolecall-999999999',
      '.rolecall-999999999/mine.md',
      '.rolecall-notes',
      '.rolecall-notes/mine.md',
    ]);
  });

  test.each([
    ['the root', '/', 'the root of a file system'],
    ['the home folder', homedir(), 'the home folder or a parent of it'],
    [
      'a parent of the home folder',
      join(homedir(), '..'),
      /the root of a file system|the home folder or a parent of it/,
    ],
  ])('%s is not written to', async (_, out, received) => {
    await expect(rolecall('--spec', 'api.json', '--out', out)).rejects.toMatchObject({
      code: 'OUTPUT_PROTECTED',
      message: expect.stringMatching(received),
    });
  });

  test('the home folder, through a link', async () => {
    symlinkSync(homedir(), 'link');
    await expect(rolecall('--spec', 'api.json', '--out', 'link')).rejects.toMatchObject({ code: 'OUTPUT_PROTECTED' });
  });

  test('two runs at a time: the files are all of one contract', async () => {
    cpSync('api.json', 'other.json');
    writeFileSync(
      'other.json',
      readFileSync('other.json', 'utf8').replaceAll('Pets, in', 'Others, in').replace('A pet.', 'Another.'),
    );
    const runs = ['api.json', 'other.json', 'api.json', 'other.json'].map((spec) => generate({ spec, out: 'both' }));
    await Promise.all(runs);
    const texts = ['client.ts', 'docs/README.md', 'docs/createPet.md'].map((name) =>
      readFileSync(join('both', name), 'utf8'),
    );
    const others = texts.map((text) => /Others, in|Another\./.test(text));
    expect(new Set(others).size).toBe(1);
    expect(tree('both').filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('generate --check', () => {
  test('prints nothing if everything is up to date', async () => {
    await rolecall(...api);
    expect(await rolecall(...api, '--check')).toEqual({ printed: [], exit: 0 });
    // Without the cache, too.
    rmSync('node_modules/.cache', { recursive: true });
    expect(await rolecall(...api, '--check')).toEqual({ printed: [], exit: 0 });
  });

  test('names --no-strict where a document has warnings only', async () => {
    saveContract((text) => text.replace('"operationId"', '"operationID"'));
    const errors: string[] = [];
    const error = vi.spyOn(console, 'error').mockImplementation((line: string) => void errors.push(line));
    try {
      await expect(rolecall(...api, '--check')).rejects.toThrow('unknown field "operationID"');
    } finally {
      error.mockRestore();
    }
    expect(errors).toEqual([expect.stringContaining('pass --no-strict to accept these')]);
  });

  test('lists each file that differs, and writes nothing', async () => {
    await rolecall(...api);
    writeFileSync('out/client.ts', 'nonsense');
    rmSync('out/types.ts');
    writeFileSync('out/runtime/old.ts', `${codeHeader}export {};\n`);
    writeFileSync('out/mine.ts', 'export {};\n');
    expect(await rolecall(...api, '--check')).toEqual({
      printed: ['stale: out/client.ts', 'surplus: out/runtime/old.ts', 'missing: out/types.ts'],
      exit: 1,
    });
    expect(existsSync('out/types.ts')).toBe(false);
  });

  test('lists the files that a changed limit of our contract makes stale, and generate updates them', async () => {
    for (const folder of ['spec', 'generated']) cpSync(join(root, folder), folder, { recursive: true });
    const file = 'spec/components/schemas.yaml';
    const text = readFileSync(file, 'utf8');
    const raised = text.replace(
      /(members:\n +type: array\n +minItems: 1\n +maxItems: )10/,
      (_, before) => `${before}12`,
    );
    expect(raised).not.toBe(text);
    writeFileSync(file, raised);
    const { printed, exit } = await rolecall('--check');
    expect(exit).toBe(1);
    expect(printed).toEqual(
      expect.arrayContaining([
        'stale: generated/client.ts',
        'stale: generated/operations.ts',
        'stale: generated/routes.ts',
      ]),
    );
    expect(printed.some((line) => line.startsWith('stale: generated/docs/'))).toBe(true);
    await rolecall();
    expect(readFileSync('generated/client.ts', 'utf8')).toContain('1 to 12 `members` per request.');
    expect(readFileSync('generated/operations.ts', 'utf8')).toContain('most: 12');
  });
});

describe('a run that fails changes nothing', () => {
  const everything = () => tree('out').map((name) => [name, existsSync(join('out', name))]);

  test.each([
    ['bad YAML or JSON', '{"openapi": '],
    [
      'an unknown $ref',
      '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {"/a": {"$ref": "no.yaml"}}}',
    ],
    [
      'a misspelt keyword',
      '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, "x-rate-limits": {"a": 1}, "components": {"x-resources": {"a": {"kee": "id"}}}}',
    ],
  ])('%s', async (_, text) => {
    await rolecall(...api);
    const before = everything();
    writeFileSync('api.json', text);
    await expect(rolecall(...api)).rejects.toMatchObject({
      code: expect.stringMatching(/^CONTRACT_/),
      message: expect.stringMatching(/api\.json:\d+:\d+ /),
    });
    expect(everything()).toEqual(before);
  });

  test('a missing contract', async () => {
    await expect(rolecall('--spec', 'none.yaml', '--out', 'out')).rejects.toMatchObject({
      code: 'CONTRACT_UNREADABLE',
    });
    expect(existsSync('out')).toBe(false);
  });

  test('an output folder below a file', async () => {
    writeFileSync('file', 'mine');
    await expect(rolecall('--spec', 'api.json', '--out', 'file/out')).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringMatching(/^--out ".*file\/out": expected a writable folder, received: .*$/),
    });
    expect(readFileSync('file', 'utf8')).toBe('mine');
  });

  test('a folder in the place of a file', async () => {
    mkdirSync('out/client.ts', { recursive: true });
    await expect(rolecall(...api)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(tree('out')).toEqual(['client.ts']);
  });

  test('--check together with --watch', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(rolecall(...api, '--check', '--watch')).rejects.toMatchObject({ code: 'commander.conflictingOption' });
    write.mockRestore();
  });
});

test('a run that finds everything up to date loads no heavy package', async () => {
  const { metafile } = await build({
    entryPoints: [join(root, 'generator', 'command.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: join(folder, 'bundle'),
    metafile: true,
    logLevel: 'silent',
  });
  const outputs = Object.entries(metafile.outputs);
  const [entry] = outputs.filter(([, { entryPoint }]) => entryPoint?.endsWith('generator/command.ts'));
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(next);
  };
  visit(entry?.[0] ?? '');
  expect([...reached].filter((path) => !path.startsWith('node:') && metafile.outputs[path] === undefined)).toEqual([
    'commander',
  ]);
});
