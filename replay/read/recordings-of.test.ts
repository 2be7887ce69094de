import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { othersNote, recordingsOf } from './recordings-of.js';

let folder: string;

const har = (attached: string) =>
  JSON.stringify({
    log: {
      entries: [
        {
          startedDateTime: '2024-05-01T10:00:00.000Z',
          request: { method: 'GET', url: 'https://t.example/api/v2/roles', headers: [] },
          response: { status: 200, headers: [], content: { mimeType: 'application/json', _file: attached } },
        },
      ],
    },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
  const vcr = 'http_interactions: []\nrecorded_with: VCR 6.3.1\n';
  const files = {
    'cassettes/users/list.yml': vcr,
    'cassettes/roles.YAML': vcr,
    'cassettes/roles.json': '{"exchanges": []}',
    'cassettes/answer.json': '{"id": 1}',
    'cassettes/.hidden/old.yml': vcr,
    'cassettes/README.md': 'Cassettes',
    'answers/one.json': '{"id": 1}',
    'answers/two.json': '[]',
    'project/a.json': '{"exchanges": []}',
    'project/node_modules/one/package.json': '{"exchanges": []}',
    'project/folder.json/b.yml': vcr,
    'project/tsconfig.json': '{ // no JSON',
    'project/empty.yaml': '',
    'elsewhere/c.yml': vcr,
    'damaged/a.json': '{"exchanges": [',
    'attached/traffic.har': har('3a4f.json'),
    'attached/3a4f.json': '{"id": 1}',
    'attached/5b6c.json': '{"id": 2}',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const namesOf = async (paths: readonly string[], onOther?: (file: string) => void) => {
  const names: string[] = [];
  for await (const read of recordingsOf(paths, onOther && { onOther })) names.push(...read.map(({ name }) => name));
  return names;
};

test('of a folder, recordings in it and below are read, and other files named', async () => {
  const others: string[] = [];
  const cassettes = join(folder, 'cassettes');
  expect(await namesOf([cassettes], (file) => others.push(file))).toEqual(['roles', 'roles', join('users', 'list')]);
  expect(others).toEqual([join(cassettes, 'answer.json')]);
});

test('a file that is given by its name has to be a recording', async () => {
  await expect(namesOf([join(folder, 'answers', 'one.json')])).rejects.toThrow('expected a recording');
});

test('a folder without a recording is an error that says what is read', async () => {
  const answers = join(folder, 'answers');
  await expect(namesOf([answers])).rejects.toThrow(`${answers}: found no recordings in this folder or below`);
  await expect(namesOf([join(folder, 'none')])).rejects.toThrow('there is no such file');
});

test('links are followed, each folder once; packages and binary files are left out', async () => {
  const project = join(folder, 'project');
  await symlink('.', join(folder, 'elsewhere', 'itself'));
  await symlink(join('..', 'elsewhere'), join(project, 'linked'));
  await symlink('nowhere', join(project, 'gone.json'));
  const others: string[] = [];
  const names = await namesOf([project], (file) => others.push(file));
  expect(names).toEqual(['a', join('folder.json', 'b'), join('linked', 'c')]);
  expect(others).toEqual([join(project, 'empty.yaml'), join(project, 'tsconfig.json')]);
});

test('a damaged recording in a folder is an error, and named', async () => {
  const damaged = join(folder, 'damaged');
  await expect(namesOf([damaged])).rejects.toThrow(join(damaged, 'a.json'));
});

test('what a recording has attached is not named as skipped', async () => {
  const others: string[] = [];
  expect(await namesOf([join(folder, 'attached')], (file) => others.push(file))).toEqual(['traffic']);
  expect(others).toEqual([join(folder, 'attached', '5b6c.json')]);
});

test('a note names a few of the other files', () => {
  expect(othersNote(['a.json'])).toBe('Skipped 1 file that is not a recording: a.json\n');
  expect(othersNote(['a', 'b', 'c', 'd'])).toBe('Skipped 4 files that are not recordings: a, b, c and 1 more\n');
  expect(othersNote(['a\n\u001b[31m.json'])).toContain('a\\n\\u{1b}[31m.json\n');
});
