import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunError } from '../../errors.js';
import { readTokens } from './read-tokens.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-tokens-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<unknown> {
  const file = join(folder, 'tokens.json');
  await writeFile(file, text);
  try {
    return await readTokens(file);
  } catch (error) {
    if (error instanceof RunError) return error.message.replace(folder, '');
    throw error;
  }
}

describe('a file of tokens', () => {
  it('says the scopes of each, or the token does', async () => {
    const claims = Buffer.from(JSON.stringify({ scope: 'update:roles read:roles' })).toString('base64url');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const jwt = `${header}.${claims}.c2ln`;
    expect(await read(JSON.stringify([{ token: 'a', scopes: ['read:users'] }, { token: jwt }]))).toEqual([
      { value: 'a', scopes: ['read:users'] },
      { value: jwt, scopes: ['read:roles', 'update:roles'] },
    ]);
  });

  it.each([
    ['[{"token": "s3cret", ]', 'not valid JSON'],
    ['[]', 'not a list with entries'],
    ['[{"scopes": []}]', 'entry 0 has no token'],
    ['[{"token": "s3cret"}]', 'entry 0 does not say its scopes'],
    ['[{"token": "s3cret", "scopes": "read:roles"}]', 'entry 0 does not say its scopes'],
  ])('is refused without quoting it: %s', async (text, reason) => {
    const message = String(await read(text));
    expect(message).toContain(`--tokens "/tokens.json": ${reason}; expected a list of {"token": "…"`);
    expect(message).not.toContain('s3cret');
  });
});
