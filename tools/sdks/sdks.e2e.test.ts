import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import { builtCli, builtScript, start } from '../../test-support/cli.js';
import type { CallResult } from './outcome.js';
import { STATE } from './state.js';

/** A small form of `npm run test:sdks`, with the SDK that is a development dependency. */
test('the methods for roles of npm auth0 work with the tenant', async () => {
  const work = await mkdtemp(join(tmpdir(), 'rolecall-sdk-'));
  try {
    const [state, results] = [join(work, 'state.json'), join(work, 'results.json')];
    await writeFile(state, JSON.stringify(STATE));
    const driver = [process.execPath, builtScript('tools/sdks/drivers/node-sdk.ts'), packageRoot()];
    const exercise = [builtScript('tools/sdks/exercise.ts'), 'npm auth0', '^(roles|users\\.roles)\\.', results, work];
    const tenant = ['tenant', '--tls', '--quiet', '--state', state, '--', process.execPath, ...exercise, ...driver];
    const { code, stderr } = await start(builtCli(), tenant, { ROLECALL_HOME: work }, work).finished;
    expect([code, stderr]).toEqual([0, '']);
    const calls = JSON.parse(await readFile(results, 'utf8')) as CallResult[];
    expect(calls.filter(({ kind }) => kind !== 'worked')).toEqual([]);
    expect([...new Set(calls.map(({ method }) => method))].sort()).toEqual([
      'roles.create',
      'roles.delete',
      'roles.get',
      'roles.groups.create',
      'roles.groups.delete',
      'roles.groups.get',
      'roles.list',
      'roles.permissions.add',
      'roles.permissions.delete',
      'roles.permissions.list',
      'roles.update',
      'roles.users.assign',
      'roles.users.list',
      'users.roles.assign',
      'users.roles.delete',
      'users.roles.list',
    ]);
  } finally {
    await rm(work, { recursive: true });
  }
});
