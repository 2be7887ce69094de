import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ContractError } from '../errors.js';
import { writeFiles } from '../test-support/write-files.js';
import { withoutQuotes } from './file-access.js';
import { loadContract } from './load.js';

/** A contract in `api/` whose only schema is what `$ref` names. */
const referring = (reference: string): string => `openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components: {schemas: {A: {$ref: '${reference}'}}}
`;

async function problemsOf(folder: string, allowRef: readonly string[] = []): Promise<readonly string[]> {
  const { warnings: problems } = await loadContract(join(folder, 'api/openapi.yaml'), { allowRef }).catch((error) => {
    if (!(error instanceof ContractError)) throw error;
    return { warnings: error.problems };
  });
  return problems.map(({ file, line, pointer, message }) =>
    `${file}:${line} ${pointer} ${message}`.replaceAll(folder, ''),
  );
}

const SECRET = 'TOKEN=hunter2-not-to-be-printed\n';

test('a reference out of the folder of the contract is refused, and its file is not read', async () => {
  const folder = writeFiles({ 'api/openapi.yaml': referring('../shared/a.yaml'), 'shared/a.yaml': 'type: strin' });
  expect(await problemsOf(folder)).toEqual([
    '/api/openapi.yaml:4 #/components/schemas/A/$ref "/shared/a.yaml" is outside the folder of the contract; ' +
      'pass --allow-ref /shared if you trust the contract',
  ]);
});

test.each([
  { given: 'an absolute path', reference: '/etc/hostname' },
  { given: 'a path with dots that ends inside', reference: '../api/../shared/a.yaml' },
  { given: 'a folder whose name begins like that of the contract', reference: '../api-private/a.yaml' },
  { given: 'a missing file', reference: '../missing.yaml' },
])('$given outside is refused', async ({ reference }) => {
  const files = { 'shared/a.yaml': 'type: string', 'api-private/a.yaml': 'type: string' };
  const folder = writeFiles({ 'api/openapi.yaml': referring(reference), ...files });
  expect(await problemsOf(folder)).toEqual([expect.stringContaining('is outside the folder of the contract')]);
});

test('a symbolic link out of the folder is refused', async () => {
  const folder = writeFiles({ 'api/openapi.yaml': referring('link.yaml'), 'secret.yaml': SECRET });
  symlinkSync(join(folder, 'secret.yaml'), join(folder, 'api/link.yaml'));
  expect(await problemsOf(folder)).toEqual([expect.stringContaining('is outside the folder of the contract')]);
});

test('files in allowed folders are read, also by further references', async () => {
  const folder = writeFiles({
    'api/openapi.yaml': referring('../shared/a.yaml'),
    'shared/a.yaml': 'properties: {b: {$ref: ../more/b.yaml}}',
    'more/b.yaml': 'type: string',
  });
  const [shared, more] = [join(folder, 'shared'), join(folder, 'more')];
  expect(await problemsOf(folder, [shared])).toEqual([
    expect.stringMatching(/^\/shared\/a\.yaml:1 # "…" is outside the folder of the contract/),
  ]);
  expect(await problemsOf(folder, [shared, more])).toEqual([]);
  expect(await problemsOf(folder, [folder])).toEqual([]);
});

test('files beside and below the root document are read, and a folder that begins with dots', async () => {
  const folder = writeFiles({ 'api/openapi.yaml': referring('..parts/a.yaml'), 'api/..parts/a.yaml': 'type: string' });
  expect(await problemsOf(folder)).toEqual([]);
});

test('the folder may be reached through a symbolic link', async () => {
  const folder = writeFiles({ 'real/openapi.yaml': referring('./a.yaml'), 'real/a.yaml': 'type: string' });
  symlinkSync(join(folder, 'real'), join(folder, 'api'));
  expect(await problemsOf(folder)).toEqual([]);
});

test.each([
  { given: 'a folder', make: (path: string) => mkdirSync(path) },
  { given: 'a FIFO, which would never end,', make: (path: string) => execFileSync('mkfifo', [path]) },
])('$given is not read', async ({ make }) => {
  const folder = writeFiles({ 'api/openapi.yaml': referring('a.yaml') });
  make(join(folder, 'api/a.yaml'));
  expect(await problemsOf(folder)).toEqual([
    '/api/openapi.yaml:4 #/components/schemas/A/$ref "/api/a.yaml" is not a regular file; expected a YAML or JSON file',
  ]);
});

test.each([
  { given: 'text of another kind', name: '.env', text: SECRET },
  { given: 'broken YAML', name: '.env', text: `${SECRET}: [` },
  { given: 'YAML with an unknown alias', name: '.env', text: 'a: *hunter2' },
  { given: 'a property', name: '.env', text: 'hunter2: 1\ntype: hunter2' },
  { given: 'a repeated property', name: '.env', text: 'hunter2: 1\nhunter2: 2' },
  { given: 'broken JSON in another folder', name: '../shared/a.json', text: 'hunter2' },
  { given: 'a repeated name in another folder', name: '../shared/a.json', text: '{"hunter2": 1, "hunter2": 2}' },
  { given: 'a schema in another folder', name: '../shared/a.json', text: '{"type": "hunter2", "required": "hunter2"}' },
])('a file that is not of the contract is not quoted: $given', async ({ name, text }) => {
  const folder = writeFiles({ 'api/openapi.yaml': referring(name), [join('api', name)]: text });
  const problems = await problemsOf(folder, [join(folder, 'shared')]);
  expect(problems).not.toEqual([]);
  expect(problems.join('\n')).not.toContain('hunter2');
});

test('a file of the contract is quoted', async () => {
  const folder = writeFiles({ 'api/openapi.yaml': referring('a.yaml'), 'api/a.yaml': 'type: strin' });
  expect(await problemsOf(folder)).toEqual([expect.stringContaining('received "strin"')]);
});

test.each([
  { message: 'is not JSON: expected a value, received "x"', want: 'is not JSON' },
  { message: '"a" expected "b\\"c", received 5; quote it', want: '"…" expected "…", received …; quote it' },
  { message: 'has the number 1e999, which', want: 'has the number …, which' },
])('"$message" without quotes', ({ message, want }) => {
  expect(withoutQuotes(message)).toBe(want);
});
