import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../../test-support/cli.js';
import { builtCli, builtScript, start } from '../../test-support/cli.js';

let home: string;
let cli: string;
const running: Running[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
  cli = builtCli();
});

afterAll(async () => {
  for (const { child, finished } of running) {
    child.kill('SIGTERM');
    await finished;
  }
  await rm(home, { recursive: true, force: true });
});

/** Runs an SDK session against a new tenant and returns its output. */
async function session(source: string, options: readonly string[]): Promise<unknown> {
  const tenant = start(cli, ['tenant', '--json', '--tls', ...options], { ROLECALL_HOME: home }, home);
  running.push(tenant);
  const { url, clientId, clientSecret, ca } = JSON.parse(await tenant.firstLine) as Record<string, string>;
  const client = start(builtScript(source), [url ?? '', clientId ?? '', clientSecret ?? ''], {
    NODE_EXTRA_CA_CERTS: ca ?? '',
  });
  const { code, stdout, stderr } = await client.finished;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test("the provider's SDK works with a tenant over TLS", async () => {
  expect(await session('tenant/test-support/sdk-session.ts', [])).toEqual({
    created: ['ada@travel0.example', 'Leads tours', true],
    rolesAssigned: ['Guide', 'Pilot'],
    rolesRemoved: ['Guide'],
    permissionsAssigned: [['read:tours', 'Tours', ['DIRECT', 'ROLE']]],
    permissionsRemoved: [['read:tours', 'Tours', ['ROLE']]],
    roleUsersByCheckpoint: [0, 1, 2],
    membersByCheckpoint: [0, 1, 2],
    organizationsOfUser: ['crew'],
    memberRoles: ['Guide'],
    memberRolesRemoved: [],
    membersRemoved: 2,
    usersByPage: [2, 3, 1],
    forbidden: ['ForbiddenError', 403, 'insufficient_scope'],
    notFound: ['NotFoundError', 404, 'inexistent_user'],
    conflict: ['ConflictError', 409, 'auth0_idp_error'],
    badRequest: ['BadRequestError', 400, 'invalid_body'],
  });
});

test("the provider's SDK reports the rate limit of a plan", async () => {
  expect(await session('tenant/test-support/sdk-limit.ts', ['--plan', 'free'])).toEqual([
    'TooManyRequestsError',
    429,
    true,
  ]);
});
