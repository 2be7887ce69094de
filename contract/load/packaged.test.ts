import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../test-support/write-files.js';
import { filesLikePackaged, hashesOf } from './packaged.js';

const FILES = { 'openapi.yaml': 'paths: {/things: {$ref: paths/things.yaml}}\n', 'paths/things.yaml': 'get: {}\n' };
const paths = (folder: string) => [join(folder, 'openapi.yaml'), join(folder, 'paths/things.yaml')] as const;

function replace(path: string, make: (path: string) => void): void {
  rmSync(path);
  make(path);
}

/** The folder of a package with the hashes of these files, and a copy of the files. */
async function packageAndCopy(): Promise<{ readonly packaged: string; readonly copy: string }> {
  const packaged = writeFiles({ 'a.txt': '' });
  mkdirSync(join(packaged, 'spec'));
  const hashes = await hashesOf([...paths(writeFiles(FILES))]);
  writeFileSync(join(packaged, 'spec/contract-sources.json'), JSON.stringify(hashes));
  return { packaged, copy: writeFiles(FILES) };
}

test('a copy of the files of the packaged contract is known by its content', async () => {
  const { packaged, copy } = await packageAndCopy();
  expect(await filesLikePackaged(paths(copy)[0], packaged)).toEqual(paths(copy));
});

test.each<[string, (root: string, path: string) => void]>([
  ['the root document has another byte', (root) => writeFileSync(root, `${FILES['openapi.yaml']}\n`)],
  ['a file has another byte of the same number', (_, path) => writeFileSync(path, 'put: {}\n')],
  ['a file is missing', (_, path) => rmSync(path)],
  [
    'a file is a link out of the folder',
    (_, path) => replace(path, (to) => symlinkSync(paths(writeFiles(FILES))[1], to)),
  ],
  ['a file is a FIFO, which would never end', (_, path) => replace(path, (to) => execFileSync('mkfifo', [to]))],
])('it is not where %s', async (_, change) => {
  const { packaged, copy } = await packageAndCopy();
  change(...paths(copy));
  expect(await filesLikePackaged(paths(copy)[0], packaged)).toBeUndefined();
});

test('it is not where the root document has another name, or the code runs from elsewhere', async () => {
  const { packaged, copy } = await packageAndCopy();
  expect(await filesLikePackaged(join(copy, 'contract.yaml'), packaged)).toBeUndefined();
  expect(await filesLikePackaged(paths(copy)[0])).toBeUndefined();
});
