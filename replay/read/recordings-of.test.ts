import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { othersNote, recordingsOf } from './recordings-of.js';

let folder: string;

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
  await expect(namesOf([answers])).rejects.toThrow(`${answers}: no recording is in this folder or below`);
  await expect(namesOf([join(folder, 'none')])).rejects.toThrow('there is no such file');
});

test('a note names a few of the other files', () => {
  expect(othersNote(['a.json'])).toBe('Passed over, since it is no recording: a.json\n');
  expect(othersNote(['a', 'b', 'c', 'd'])).toBe('Passed over, since they are no recordings: a, b, c and others\n');
});
