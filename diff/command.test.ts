import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ContractError } from '../contract/errors.js';
import { command } from './command.js';
import { asking, documentOf } from './test-support/document.js';

let folder: string;
let printed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-diff-'));
  const document = (maximum: number) =>
    JSON.stringify(documentOf({ '/things': { get: asking({ schema: { type: 'integer', maximum } }) } }));
  await writeFile(join(folder, 'old.json'), document(100));
  await writeFile(join(folder, 'new.json'), document(50));
  await writeFile(join(folder, 'broken.json'), '{"openapi": ');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

function run(...args: string[]) {
  return command().parseAsync(
    args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg)),
    { from: 'user' },
  );
}

describe('--overlay', () => {
  test('prints the overlay that turns the first document into the second', async () => {
    await run('old.json', 'new.json', '--overlay');
    expect(printed.replace(/^extends: .*$/m, 'extends: OLD')).toMatchInlineSnapshot(`
      "overlay: 1.0.0
      info:
        title: old.json to new.json
        version: 1.0.0
      extends: OLD
      actions:
        - target: $.paths['/things'].get.parameters[0].schema
          update:
            maximum: 50
      "
    `);
    expect(process.exitCode ?? 0).toBe(0);
  });

  test('applied to the first document, there is no difference', async () => {
    await run('old.json', 'new.json', '--overlay', '--json');
    await writeFile(join(folder, 'changes.json'), printed);
    printed = '';
    const { loadDocument } = await import('../contract/load/load.js');
    const [changed, wanted] = await Promise.all([
      loadDocument(join(folder, 'old.json'), { overlay: [join(folder, 'changes.json')] }),
      loadDocument(join(folder, 'new.json')),
    ]);
    expect(changed.document).toEqual(wanted.document);
    expect(changed.warnings).toEqual([]);
  });

  test('of the same document is empty', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await run('old.json', 'old.json', '--overlay');
    expect(printed).toBe('');
    expect(stderr).toHaveBeenCalledWith('The documents have the same content: no overlay is needed.\n');
  });
});

test('--apply changes both documents', async () => {
  const actions = [{ target: '$.paths.*.get.parameters[*].schema', update: { maximum: 7 } }];
  const overlay = { overlay: '1.0.0', info: { title: 'T', version: '1' }, actions };
  await writeFile(join(folder, 'same.json'), JSON.stringify(overlay));
  await run('old.json', 'new.json', '--apply', 'same.json');
  expect(printed).toContain('0 breaking, 0 other');
});

describe('exit code', () => {
  const cases = [
    { given: ['old.json', 'old.json'], want: 0 },
    { given: ['old.json', 'new.json'], want: 1 },
    { given: ['new.json', 'old.json'], want: 0 },
  ];
  test.each(cases)('$given: $want', async ({ given, want }) => {
    await run(...given);
    expect(process.exitCode).toBe(want);
  });
});

test('the last line is the verdict', async () => {
  await run('old.json', 'new.json');
  expect(printed.trimEnd().split('\n').at(-1)).toBe('1 breaking, 0 other: the next version is major');
});

test('--json prints one JSON document and nothing else', async () => {
  await run('old.json', 'new.json', '--json');
  expect(JSON.parse(printed)).toMatchObject({ breaking: true, step: 'major', counts: { breaking: 1, other: 0 } });
});

test.each([
  ['as text', []],
  ['as JSON', ['--json']],
])('control characters and workflow commands of a contract are escaped %s', async (_, options) => {
  const hostile = '::error::a\u001b[2J\u0007##[group]b\u009b\u202e';
  const document = (type: string) =>
    documentOf({ '/things': { get: { ...asking({ schema: { type } }), operationId: hostile } } });
  const titled = (name: string, type: string) => ({
    ...document(type),
    info: { title: `${hostile}${name}`, version: '1' },
  });
  await writeFile(join(folder, 'hostile-old.json'), JSON.stringify(titled('old', 'string')));
  await writeFile(join(folder, 'hostile-new.json'), JSON.stringify(titled('new', 'boolean')));
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  await run('hostile-old.json', 'hostile-new.json', ...options);
  vi.unstubAllEnvs();
  expect(printed).toContain('error::a');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be printed
  expect(printed).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(printed).not.toMatch(/^\s*::/m);
  expect(printed).not.toContain('##[');
});

test('a contract that cannot be read is an error without output', async () => {
  await expect(run('old.json', 'missing.json')).rejects.toThrow(ContractError);
  await expect(run('broken.json', 'old.json')).rejects.toThrow(ContractError);
  expect(printed).toBe('');
});

test('the problems of both contracts are reported together', async () => {
  await expect(run('broken.json', 'missing.json')).rejects.toThrow(/broken\.json[\s\S]*missing\.json/);
});
