import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFiles } from '../test-support/write-files.js';
import { defaultContract, defaultSpec, selectedContract } from './default.js';
import { packageRoot } from './package-root.js';

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
    save(folder, 'paths.yaml', 'parameters: [{in: query}]\n', OLD);
    await expect(defaultContract(folder)).rejects.toThrow('paths.yaml:1:14');
    save(folder, 'paths.yaml', PATHS, OLD);
    expect((await defaultContract(folder)).operations).toHaveLength(1);
  });
});

describe('the contract of a command', () => {
  test('is the one that --spec names, with the references that --allow-ref allows', async () => {
    const folder = project();
    const spec = join(folder, 'spec', 'openapi.yaml');
    expect((await selectedContract({ spec })).title).toBe('Things');
    const outside = writeFiles({ 'shared.yaml': PATHS });
    save(folder, 'openapi.yaml', OPENAPI.replace('paths.yaml', join(outside, 'shared.yaml')), OLD);
    await expect(selectedContract({ spec })).rejects.toThrow('--allow-ref');
    expect((await selectedContract({ spec, allowRef: [outside] })).operations).toHaveLength(1);
  });

  test('without --spec is that of the working directory, else the packaged one', async () => {
    const [folder, empty] = [project(), writeFiles({ 'a.txt': '' })];
    expect(defaultSpec(folder)).toBe(join(folder, 'spec', 'openapi.yaml'));
    expect(defaultSpec(empty)).toBe(join(packageRoot(), 'spec', 'openapi.yaml'));
    const packaged = await selectedContract({});
    expect(packaged.title).toBe((await defaultContract(empty)).title);
    expect(packaged.title).not.toBe('Things');
  });
});
