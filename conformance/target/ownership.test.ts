import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunError } from '../errors.js';
import { assertOwned } from './ownership.js';

let stateFolder = '';
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'rolecall-state-'));
});
afterEach(() => rm(stateFolder, { recursive: true }));

async function claim(url: string, claimed?: string, production = false): Promise<string> {
  try {
    const given = claimed === undefined ? {} : { claimed };
    await assertOwned({ url: new URL(url), production, stateFolder, command: 'verify', ...given });
    return 'owned';
  } catch (error) {
    if (error instanceof RunError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const TENANT = 'https://travel0.eu.auth0.com';

describe('whose tenant it is', () => {
  it.each(['http://localhost:4000', 'http://127.0.0.1', 'https://127.8.9.1:8443', 'http://[::1]:4000'])(
    'needs no claim on this machine: %s',
    async (url) => {
      expect(await claim(url)).toBe('owned');
    },
  );

  it.each([
    [TENANT, 'travel0'],
    ['https://travel0.auth0.com', 'travel0'],
    ['https://login.travel0.example', 'login.travel0.example'],
    ['http://localhost.travel0.example', 'localhost.travel0.example'],
    ['http://10.0.0.9:3000', '10.0.0.9'],
  ])('is claimed once: %s as %s', async (url, name) => {
    const refused = await claim(url);
    expect(refused).toMatch(/^NOT_YOUR_TENANT ".*" is not on this machine: .* Pass this once, if it is yours: /);
    expect(refused.endsWith(`--i-own-this-tenant ${name}`)).toBe(true);
    expect(await claim(url, name)).toBe('owned');
    expect(await claim(url)).toBe('owned');
  });

  it('is remembered by tenant', async () => {
    await claim(TENANT, 'travel0');
    expect(await claim('https://travel1.eu.auth0.com')).toContain('NOT_YOUR_TENANT');
  });

  it('is not claimed under another name', async () => {
    const expected = `NOT_YOUR_TENANT --i-own-this-tenant "travel1" is not the name of the tenant at "${TENANT}"; expected "travel0". Nothing was sent.`;
    expect(await claim(TENANT, 'travel1')).toBe(expected);
    expect(await claim(TENANT)).toContain('NOT_YOUR_TENANT');
  });

  it.each([
    [TENANT, 'travel0', true],
    ['https://travel0-prod.eu.auth0.com', 'travel0-prod', false],
  ])('is claimed each time where it is marked as production: %s', async (url, name, production) => {
    expect(await claim(url, name, production)).toBe('owned');
    expect(await claim(url, undefined, production)).toContain('It is marked as production, so pass this each time');
  });

  it('is asked for again where the file is broken', async () => {
    await writeFile(join(stateFolder, 'tenants.json'), '{"tenants": [');
    expect(await claim(TENANT)).toContain('NOT_YOUR_TENANT');
    expect(await claim(TENANT, 'travel0')).toBe('owned');
    expect(await claim(TENANT)).toBe('owned');
  });
});
