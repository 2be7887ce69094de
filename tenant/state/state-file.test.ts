import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StateError } from '../errors.js';
import { locatedIn, openStateFile, readStateFile } from './state-file.js';
import { StateText } from './text/state-text.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-state-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<string> {
  const file = join(folder, 'state.json');
  await writeFile(file, text);
  return file;
}

test.each([
  { text: '', want: /state\.json is empty; expected an object/ },
  { text: ' \n', want: /state\.json is empty; expected an object/ },
  { text: '{\n  "users": [],\n  "users": []\n}', want: /state\.json:3:3 has "users" twice in one object/ },
  { text: 'users: &all\n  - *all\n', want: /state\.json:2:5 has an alias inside the value that it stands for/ },
  { text: 'users:\n  - age: .inf\n', want: /state\.json:2:5 has the number Infinity, which JSON does not have/ },
  { text: '{"users": [{"age": 1e999}]}', want: /state\.json:1:20 has the number 1e999, which is too large/ },
  { text: 'users: []\nusers: []\n', want: /state\.json:2:\d+ is neither JSON nor YAML: duplicated mapping key/ },
])('$text is refused', async ({ text, want }) => {
  await expect(readStateFile(await fileWith(text))).rejects.toThrow(want);
});

test('a file with only comments is null', async () => {
  expect(await readStateFile(await fileWith('# later\n'))).toBeNull();
});

test('a problem has its file, line and column', async () => {
  const file = await fileWith('{\n  "roles": [\n    {"name": 5}\n  ]\n}');
  const error = new StateError([{ pointer: '#/roles/0/name', message: 'Expected a string.' }]);
  expect((await locatedIn(file, error)).message).toBe(`${file}:3:6 #/roles/0/name: Expected a string.`);
});

test('a file that is too long for a text is refused', async () => {
  await expect(openStateFile(await fileWith('{"roles": []}'), 10)).rejects.toThrow(
    /state file .*state\.json has 13 bytes; expected at most 10: leave items out, or start with a part/,
  );
});

test('a large file stays text, and its problems have their place', async () => {
  const roles = Array.from({ length: 20_000 }, (_, index) => ({ name: `role ${index}`, description: 'x'.repeat(30) }));
  const text = await openStateFile(await fileWith(`{"roles": ${JSON.stringify(roles)},\n"groups": 1e999}`));
  expect(text).toBeInstanceOf(StateText);
  await expect((text as StateText).value()).rejects.toThrow(/state\.json:2:11 has the number 1e999/);
});

test.each([readStateFile, openStateFile, (file: string) => locatedIn(file, new StateError([]))])(
  'a file that is not there is said to be (%#)',
  async (read) => {
    const file = join(folder, 'none.json');
    await expect(read(file)).rejects.toMatchObject({
      code: 'TENANT_STATE_INVALID',
      message: `cannot read state file ${file}: there is no such file; check --state`,
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  },
);

test('a short file is parsed at once, be it JSON or YAML', async () => {
  expect(await openStateFile(await fileWith('{"roles": []}'))).toEqual({ roles: [] });
  expect(await openStateFile(await fileWith('roles: []'), 9)).toEqual({ roles: [] });
});
