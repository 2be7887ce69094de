import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFiles } from '../test-support/write-files.js';
import { defaultContract } from './default.js';

const OPENAPI = `openapi: 3.1.0
info: {title: Things, version: '1'}
paths: {/things: {$ref: paths.yaml}}
`;
const PATHS = "get: {operationId: things.list, responses: {'200': {description: Things.}}}\n";
/** Long enough ago that the files count as settled. */
const OLD = new Date(Date.now() - 60_000);

function project(): string {
  const folder = writeFiles({ 'a.txt': '' });
  mkdirSync(join(folder, 'spec'));
  save(folder, 'openapi.yaml', OPENAPI, OLD);
  save(folder, 'paths.yaml', PATHS, OLD);
  return folder;
}

function save(folder: string, name: string, text: string, time: Date): void {
  writeFileSync(join(folder, 'spec', name), text);
  utimesSync(join(folder, 'spec', name), time, time);
}

describe('the contract of a working directory', () => {
  test('is the same value while its files do not change', async () => {
    const folder = project();
    expect(await defaultContract(folder)).toBe(await defaultContract(folder));
    expect(await defaultContract(project())).not.toBe(await defaultContract(folder));
  });

  test.each([
    ['another time', PATHS, new Date(OLD.getTime() + 1000)],
    ['another size', PATHS.replace('things.list', 'things.all'), OLD],
  ])('is loaded anew where a file of it has %s', async (_, text, time) => {
    const folder = project();
    const before = await defaultContract(folder);
    save(folder, 'paths.yaml', text, time);
    const after = await defaultContract(folder);
    expect(after).not.toBe(before);
    expect(after.operations.map(({ id }) => id)).toEqual([/operationId: ([\w.]+)/.exec(text)?.[1]]);
  });

  test('is not kept where a file was saved just now: the text that was read may be the one before', async () => {
    const folder = project();
    save(folder, 'paths.yaml', readFileSync(join(folder, 'spec', 'paths.yaml'), 'utf8'), new Date());
    expect(await defaultContract(folder)).not.toBe(await defaultContract(folder));
  });

  test('is refused as often as it is invalid', async () => {
    const folder = project();
    save(folder, 'paths.yaml', 'get: 7\n', OLD);
    await expect(defaultContract(folder)).rejects.toThrow('paths.yaml:1:1');
    save(folder, 'paths.yaml', PATHS, OLD);
    expect((await defaultContract(folder)).operations).toHaveLength(1);
  });
});
