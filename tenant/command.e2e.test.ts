import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import type { Running } from '../test-support/cli.js';
import { builtCli, start } from '../test-support/cli.js';

const school = join(packageRoot(), 'tenant/test-support/school.yaml');
let cli: string;
let folder: string;
const running: Running[] = [];

beforeAll(async () => {
  cli = builtCli();
  folder = await mkdtemp(join(tmpdir(), 'rolecall-tenant-'));
});

afterAll(async () => {
  for (const { child, finished } of running) {
    child.kill('SIGKILL');
    await finished;
  }
  await rm(folder, { recursive: true });
});

function run(...args: string[]): Running {
  const tenant = start(cli, ['tenant', ...args]);
  running.push(tenant);
  return tenant;
}

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

test('--json prints one line once it listens, and SIGTERM stops it', async () => {
  const tenant = run('--json');
  const told = JSON.parse(await tenant.firstLine) as Record<string, string>;
  expect(Object.keys(told)).toEqual(['url', 'audience', 'clientId', 'clientSecret']);
  expect(told.audience).toBe(`${told.url}/api/v2/`);
  const answer = await fetch(`${told.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: told.clientId ?? '',
      client_secret: told.clientSecret ?? '',
      audience: told.audience ?? '',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  expect((await fetch(`${told.url}/api/v2/roles`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  expect((await fetch(`${told.url}/api/v2/roles`, { headers: { authorization: `Bearer ${token}x` } })).status).toBe(
    401,
  );
  tenant.child.kill('SIGTERM');
  const { code, stdout, stderr } = await tenant.finished;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr.replace(/^\S+ /gm, '')).toBe(
    'POST /oauth/token 200 oauth.token\nGET /api/v2/roles 200 roles.list\nGET /api/v2/roles 401 roles.list, token signature: the signature is not by the key of this tenant\n',
  );
  for (const secret of [token, told.clientSecret ?? '']) expect(stderr).not.toContain(secret);
});

test('--json gives a token where no operation does', async () => {
  const { url, token } = JSON.parse(await run('--json', '--quiet', '--spec', school).firstLine) as Record<
    string,
    string
  >;
  const answer = await fetch(`${url}/school/students`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
});

test.each([
  { given: 'does not read', ignore: ({ stderr }: Running['child']) => void stderr.pause() },
  { given: 'is gone', ignore: ({ stderr }: Running['child']) => void stderr.destroy() },
])('a log whose reader $given neither stops the tenant nor keeps it', async ({ ignore }) => {
  const tenant = run('--json');
  const { url } = JSON.parse(await tenant.firstLine) as Record<string, string>;
  ignore(tenant.child);
  const path = `/${'x'.repeat(400)}`;
  for (let round = 0; round < 40; round += 1) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => fetch(url + path)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  }
  const ended = new Promise<number | null>((resolve) => tenant.child.once('exit', resolve));
  tenant.child.kill('SIGTERM');
  expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 8000, 'still there'))])).toBe(0);
  tenant.child.stderr.destroy(); // what it wrote by then
});

test.each([
  { given: 'the contract', args: [] },
  { given: 'a contract without an operation that gives tokens', args: ['--spec', school] },
])('the lines that it prints of $given for a newcomer work as they are', async ({ args }) => {
  const tenant = run('--quiet', ...args);
  await tenant.firstLine;
  await expect.poll(tenant.stdout, { timeout: 10_000 }).toContain('Ctrl-C');
  const script = tenant
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('  ') && !/^ {2}(client|audience)/.test(line))
    .join('\n');
  const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '[]']);
  tenant.child.kill('SIGINT');
  expect((await tenant.finished).code).toBe(0);
});

test('a state file and a seed are what it starts with', async () => {
  const state = await fileWith(
    'state.json',
    JSON.stringify({
      roles: [{ id: 'rol_0000000000000001', name: 'Guide' }],
      clients: [{ client_id: 'reader', client_secret: 'shh', name: 'Reader' }],
      'client-grants': [{ client_id: 'reader', scope: ['read:roles'] }],
    }),
  );
  const { url, audience } = JSON.parse(await run('--json', '--state', state, '--seed', '7').firstLine) as Record<
    string,
    string
  >;
  const credentials = { grant_type: 'client_credentials', client_id: 'reader', client_secret: 'shh', audience };
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: JSON.stringify(credentials),
    headers: { 'content-type': 'application/json' },
  });
  const { access_token: token, scope } = (await answer.json()) as Record<string, string>;
  expect(scope).toBe('read:roles');
  const roles = await fetch(`${url}/api/v2/roles`, { headers: { authorization: `Bearer ${token}` } });
  expect(await roles.json()).toEqual([{ id: 'rol_0000000000000001', name: 'Guide' }]);
});

test('what keeps it from starting is one line, and 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo; // it listens at a port
  const broken = await fileWith('broken.json', '{\n  "users": [,]\n}');
  const wrong = await fileWith('wrong.json', '{"roles": [{"name": 5}], "user-roles": [{"user": "x", "role": "y"}]}');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['--port', String(port)],
      new RegExp(
        `^rolecall: Port ${port} at 127.0.0.1 is taken; choose another with --port, or leave it out for a free one.\n$`,
      ),
    ],
    [
      ['--port', '65536'],
      /^rolecall: option '--port <number>' argument '65536' is invalid. Expected a number from 0 to 65535.\n$/,
    ],
    [
      ['--host', ''],
      /^rolecall: option '--host <address>' argument '' is invalid. Expected an address, such as 127.0.0.1.\n$/,
    ],
    [['--plan', 'gold'], /^rolecall: There is no plan "gold"; choose one of free, essentials, enterprise.\n$/],
    [
      ['--state', join(folder, 'none.json')],
      /^rolecall: Cannot read the state file .*none.json: there is no such file; check --state.\n$/,
    ],
    [['--state', broken], /^rolecall: .*broken.json:2:\d+ is neither JSON nor YAML: .*\n$/],
    [
      ['--state', wrong],
      /^rolecall: .*wrong.json:1:\d+ #\/roles\/0\/name: Expected type string but found type integer.\nrolecall: .*wrong.json:1:\d+ #\/user-roles\/0\/user: There is no user "x", by key or by a name of its own.\n$/,
    ],
    [['--spec', join(folder, 'none.yaml')], /^rolecall: .*none.yaml.*\n$/],
    [['--unknown'], /^rolecall: unknown option '--unknown' \(rolecall --help tells what there is\)\n/],
  ];
  for (const [args, line] of cases) {
    const { code, stdout, stderr } = await run(...args).finished;
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  }
  taken.close();
});
