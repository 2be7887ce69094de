import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeBlocks } from '../test-support/pages.js';
import { readConfig, reasonsOf, withConfig, withConfiguredTarget } from './config-file.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a configuration file', () => {
  it.each([
    ['rolecall.config.json', '{"verify": {"depth": "smoke", "timeout": 5}}'],
    ['rolecall.config.ts', "const depth: string = 'smoke';\nexport default { verify: { depth, timeout: 5 } };\n"],
  ])('is read: %s', async (name, text) => {
    await writeFile(join(folder, name), text);
    expect(await readConfig(folder)).toEqual({ depth: 'smoke', timeout: 5 });
    expect(await readdir(folder)).toEqual([name]);
  });

  it('is optional', async () => {
    expect(await readConfig(folder)).toEqual({});
  });

  it.each([
    ['{"verfy": {}}', 'unknown property "verfy"; expected "verify"'],
    ['{"verify": {"dept": "smoke"}}', 'unknown property "verify.dept"; expected "depth"'],
    ['{"verify": {"timeout": "5"}}', '"verify.timeout" is not valid; expected a whole number of at least 1'],
    ['{"verify": {"maxRequests": 0}}', '"verify.maxRequests" is not valid; expected a whole number of at least 1'],
    ['{"verify": {"depth": "deep"}}', '"verify.depth" is not valid; expected smoke, standard, exhaustive'],
    ['{"verify": {"target": "tenant"}}', '"verify.target" is not valid; expected a URL such as'],
    ['{"verify": {"skip": [{"checks": "*"}]}}', '"verify.skip" is not valid; expected a list of globs'],
    ['[]', 'the configuration is not an object'],
    ['{', 'cannot read'],
  ])('is refused: %s', async (text, want) => {
    await writeFile(join(folder, 'rolecall.config.json'), text);
    await expect(readConfig(folder)).rejects.toThrow(want);
  });
});

describe('options', () => {
  const skip = ['a/*', { checks: 'b/*', reason: 'not ours' }];

  it('override the configuration, and add to its skips', () => {
    expect(withConfig({ depth: 'smoke', skip: ['c/*'] }, { depth: 'exhaustive', maxRequests: 9, skip })).toEqual({
      depth: 'smoke',
      maxRequests: '9',
      skip: ['a/*', 'b/*', 'c/*'],
    });
    expect(reasonsOf({ skip })).toEqual([{ checks: 'b/*', reason: 'not ours' }]);
  });

  it('of the document come from the configuration where they are absent', () => {
    const config = { spec: 'api.yaml', overlay: ['ours.yaml'], setPath: ['account_id=42'] };
    expect(withConfig({ setPath: ['account_id=7'] }, config)).toEqual({ ...config, setPath: ['account_id=7'] });
  });

  it('the example of the documentation is valid', async () => {
    const [example = ''] = codeBlocks('docs/verify-in-ci.md', 'json').filter((block) => block.includes('"verify"'));
    await writeFile(join(folder, 'rolecall.config.json'), example);
    expect(await readConfig(folder)).toHaveProperty('setPath', ['account_id=42']);
  });

  it('of the environment are above the configured target', () => {
    expect(withConfiguredTarget({ ROLECALL_URL: 'http://e' }, { target: 'http://c', audience: 'a' })).toEqual({
      ROLECALL_URL: 'http://e',
      ROLECALL_AUDIENCE: 'a',
    });
    expect(withConfiguredTarget({ ROLECALL_URL: '' }, { target: 'http://c' }).ROLECALL_URL).toBe('http://c');
  });
});
