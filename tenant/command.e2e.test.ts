import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import type { Running } from '../test-support/cli.js';
import { builtCli, start } from '../test-support/cli.js';
import { command } from './command.js';

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
  const tenant = start(cli, ['tenant', ...args], {}, folder); // away from spec/, to load the packaged contract
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
  const details = JSON.parse(await tenant.firstLine) as Record<string, string>;
  expect(Object.keys(details)).toEqual(['url', 'audience', 'clientId', 'clientSecret', 'control']);
  expect(details.audience).toBe(`${details.url}/api/v2/`);
  const answer = await fetch(`${details.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: details.clientId ?? '',
      client_secret: details.clientSecret ?? '',
      audience: details.audience ?? '',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  expect((await fetch(`${details.url}/api/v2/roles`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
    200,
  );
  expect((await fetch(`${details.url}/api/v2/roles`, { headers: { authorization: `Bearer ${token}x` } })).status).toBe(
    401,
  );
  tenant.child.kill('SIGTERM');
  const { code, stdout, stderr } = await tenant.finished;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr.replace(/^\S+ /gm, '')).toBe(
    'POST /oauth/token 200 oauth.token\nGET /api/v2/roles 200 roles.list\nGET /api/v2/roles 401 roles.list, token signature: the signature does not match the key of this tenant\n',
  );
  for (const secret of [token, details.clientSecret ?? '']) expect(stderr).not.toContain(secret);
});

test('the log contains no terminal escapes and no workflow commands', async () => {
  const tenant = start(cli, ['tenant', '--json'], { GITHUB_ACTIONS: 'true' }, folder);
  running.push(tenant);
  const { url } = JSON.parse(await tenant.firstLine) as Record<string, string>;
  await fetch(`${url}/.well-known/jwks.json?%23%23[error]%1b%0a::error=1`);
  tenant.child.kill('SIGTERM');
  expect((await tenant.finished).stderr.replace(/^\S+ /, '')).toMatch(
    /^GET \S+ 400 \S+, outside the contract: query ## \[error\]\\u\{1b\}\\n::error\n$/,
  );
});

test('--json contains a token without a token endpoint', async () => {
  const { url, token } = JSON.parse(await run('--json', '--quiet', '--spec', school).firstLine) as Record<
    string,
    string
  >;
  const answer = await fetch(`${url}/school/students`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
});

/** Sends requests over one connection without waiting for answers. Returns the number of answers with status 404. */
async function pipeline(url: string, path: string, count: number): Promise<number> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(count - 1));
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  let answers = '';
  for await (const chunk of socket) answers += chunk;
  return answers.split('HTTP/1.1 404 ').length - 1;
}

test.each([
  { given: 'does not read', ignore: ({ stderr }: Running['child']) => void stderr.pause() },
  { given: 'has closed it', ignore: ({ stderr }: Running['child']) => void stderr.destroy() },
])('a log whose reader $given neither stops the tenant nor keeps it alive', async ({ ignore }) => {
  const tenant = run('--json');
  const { url } = JSON.parse(await tenant.firstLine) as Record<string, string>;
  ignore(tenant.child);
  expect(await pipeline(url ?? '', `/${'x'.repeat(450)}`, 700)).toBe(700);
  const ended = new Promise<number | null>((resolve) => tenant.child.once('exit', resolve));
  tenant.child.kill('SIGTERM');
  expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 8000, 'still there'))])).toBe(0);
  tenant.child.stderr.destroy(); // what it wrote by then
});

test.each([
  { given: 'the contract', args: [] },
  { given: 'a contract without a token endpoint', args: ['--spec', school] },
])('the printed shell commands for $given work', async ({ args }) => {
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

test('--state and --seed set the initial state', async () => {
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
  expect(await roles.json()).toEqual([{ id: 'rol_0000000000000001', name: 'Guide', description: '', type: 'tenant' }]);
});

/** Runs the command in this process, to see how it refuses its options without starting Node for each. */
function refusal(...args: string[]): Promise<string> {
  const run = command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return run.parseAsync(args, { from: 'user' }).then(
    () => 'started',
    (error: Error) => error.message,
  );
}

test('a failure to start prints one line and exits with 2', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => occupied.once('listening', resolve));
  const { port } = occupied.address() as AddressInfo; // it listens on a port
  const wrong = await fileWith('wrong.json', '{"roles": [{"name": 5}], "user-roles": [{"user": "x", "role": "y"}]}');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['--port', String(port)],
      new RegExp(
        `^rolecall: port ${port} on 127.0.0.1 is in use; choose another --port, or omit it to use a free one\n$`,
      ),
    ],
    [['--port', '65536'], /^rolecall: invalid --port "65536"; expected a number from 0 to 65535\n$/],
    [
      ['--state', wrong],
      /^rolecall: .*wrong.json:1:\d+ #\/roles\/0\/name: Expected type string but found type integer.\nrolecall: .*wrong.json:1:\d+ #\/user-roles\/0\/user: No user has the key or unique name "x".\n$/,
    ],
    [['--unknown'], /^rolecall: unknown option '--unknown' \(rolecall help tenant shows its usage\)\n$/],
  ];
  const runs = cases.map(async ([args, line]) => ({ args, line, ...(await run(...args).finished) }));
  for (const { args, line, code, stdout, stderr } of await Promise.all(runs)) {
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  }
  occupied.close();
});

test('invalid options are refused with what is expected', async () => {
  const broken = await fileWith('broken.json', '{\n  "users": [,]\n}');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--host', ''], /^invalid --host ""; expected an address such as 127\.0\.0\.1$/],
    [['--seed', '1.5'], /^invalid --seed "1.5"; expected an integer$/],
    [['--port', '-1'], /^invalid --port "-1"; expected a number from 0 to 65535$/],
    [
      ['--plan', 'gold'],
      /^unknown plan "gold"; expected one of free, essentials, professional, enterprise, enterprise-non-production$/,
    ],
    [
      ['--state', join(folder, 'none.json')],
      /^cannot read state file .*none.json: there is no such file; check --state$/,
    ],
    [['--state', broken], /broken.json:2:\d+ is neither JSON nor YAML: /],
    [['--spec', join(folder, 'none.yaml')], /none.yaml/],
  ];
  for (const [args, message] of cases) expect(await refusal(...args), args.join(' ')).toMatch(message);
});

test('no line of the help is longer than 80 columns', () => {
  let help = '';
  command()
    .configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 })
    .outputHelp();
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(help).toContain('Exit codes:');
});
