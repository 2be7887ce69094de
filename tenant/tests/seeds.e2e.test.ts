import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import type { Listening } from '../http/server.js';
import type { Tenant } from '../tenant.js';
import { createTenant, defaultContract } from '../tenant.js';
import { key } from '../test-support/school.js';

/** The curl commands of the seed documents with their placeholders replaced. */
const folder = join(packageRoot(), '../../shared/seeds');
const lines = existsSync(folder)
  ? readdirSync(folder).flatMap((name) => curlLines(readFileSync(join(folder, name), 'utf8')))
  : [];
if (lines.length === 0) console.log(`skipped: no seed documents at ${folder}`);

const STATE = {
  users: [{ user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' }],
  roles: [{ id: 'rol_0000000000000001', name: 'Guide' }],
  organizations: [{ id: 'org_0000000000000001', name: 'crew' }],
  'organization-members': [{ organization: 'crew', user: 'auth0|ada' }],
};

let now = Date.UTC(2026, 10, 22);
let tenant: Tenant;
let listening: Listening;

beforeAll(async () => {
  tenant = await createTenant(await defaultContract(), {
    key: await key,
    state: STATE,
    plan: 'essentials',
    clock: () => now,
  });
  listening = await tenant.listen();
});

afterAll(() => listening.close());

function curlLines(document: string): string[] {
  return [...document.matchAll(/^curl --request (?:.*\\\n)+.*$/gm)].map(([line]) => line);
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> | undefined;
}

/** Runs a curl command of a seed document with a full rate limit bucket. */
async function curl(line: string, token: string, replace: (line: string) => string = (same) => same): Promise<Answer> {
  now += 3_600_000;
  const command = replace(line)
    .replace(/https:\/\/(YOUR_DOMAIN|your_auth0_domain|\{yourDomain\})/, listening.url)
    .replaceAll('MGMT_API_ACCESS_TOKEN', token)
    .replaceAll('USER_ID', 'auth0|ada')
    .replaceAll('ROLE_ID', 'rol_0000000000000001')
    .replaceAll('ORG_ID', 'org_0000000000000001')
    .replace(/(--url )([^'\s]\S*)/, "$1'$2'");
  return shell(`${command} --silent --write-out '\\n%{http_code}'`);
}

/** Asynchronous, because the tenant answers in this process. */
async function shell(command: string): Promise<Answer> {
  const { exec } = await import('node:child_process');
  const output = await new Promise<string>((resolve, reject) =>
    exec(command, (error, stdout) => (error === null ? resolve(stdout) : reject(error))),
  );
  const at = output.lastIndexOf('\n');
  const text = output.slice(0, at);
  return {
    status: Number(output.slice(at + 1)),
    body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
  };
}

const all = (): Promise<string> => tenant.token();

test.runIf(lines.length > 0)('curl is available', () => {
  expect(spawnSync('curl', ['--version']).status).toBe(0);
});

test.each(lines)('%s', async (line) => {
  expect(await curl(line, await all())).toEqual({ status: 204, body: undefined });
  const cut = (text: string): string => text.replace(/--data '.*'/, "--data '{'");
  expect(await curl(line, await all(), cut)).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
  const many = (text: string): string => text.replace(/\[.*\]/, '[5]');
  expect(await curl(line, await all(), many)).toMatchObject({
    status: 400,
    body: {
      errorCode: 'invalid_body',
      message: expect.stringMatching(/^Payload validation error: 'Expected type string but found type integer'/),
    },
  });
  expect(await curl(line, 'not-a-token')).toMatchObject({ status: 400, body: { errorCode: 'Bearer' } });
  expect(await curl(line, 'e30.e30.e30')).toMatchObject({ status: 401, body: { message: 'Invalid token' } });
  expect(await curl(line, `${(await all()).slice(0, -4)}AAAA`)).toMatchObject({
    status: 401,
    body: { message: 'Invalid signature received for JSON Web Token validation' },
  });
  expect(await curl(line, await tenant.token({ scopes: ['read:users'] }))).toMatchObject({
    status: 403,
    body: {
      errorCode: 'insufficient_scope',
      message: expect.stringMatching(/^Insufficient scope, expected any of: \S+$/),
    },
  });
  const unknown = (text: string): string =>
    text.replace(/ROLE_ID(?=.*\])/, 'rol_00000000000000zz').replace(/USER_ID(?=.*\])/, 'auth0|none');
  const left = await curl(line, await all(), unknown);
  expect(left.status).toBe(404);
});

test.runIf(lines.length > 0)('the eleventh request at once exceeds the limit of the plan', async () => {
  const [line = ''] = lines;
  const token = await all();
  now += 3_600_000;
  const statuses = [];
  const stopped = now;
  for (let sent = 0; sent < 11; sent += 1) {
    statuses.push((await curl(line, token)).status);
    now = stopped;
  }
  expect(statuses).toEqual([204, 204, 204, 204, 204, 204, 204, 204, 204, 204, 429]);
});
