import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finished, Running } from '../../test-support/cli.js';
import { builtCli, start } from '../../test-support/cli.js';

let cli: string;
let folder: string;
const running: Running[] = [];

beforeAll(async () => {
  cli = builtCli();
  folder = await mkdtemp(join(tmpdir(), 'rolecall-command-'));
});

afterAll(async () => {
  for (const { child, finished } of running) {
    child.kill('SIGKILL');
    await finished;
  }
  await rm(folder, { recursive: true });
});

/** What the machine that runs the tests may set. */
const UNSET = {
  SSL_CERT_FILE: '',
  NODE_EXTRA_CA_CERTS: '',
  REQUESTS_CA_BUNDLE: '',
  CURL_CA_BUNDLE: '',
  JAVA_TOOL_OPTIONS: '',
};

/** Starts `rolecall tenant` with these arguments, away from the folder of the packaged contract's sources. */
function tenant(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const started = start(
    cli,
    ['tenant', '--quiet', ...args],
    { ...UNSET, ROLECALL_HOME: folder, ...environment },
    folder,
  );
  running.push(started);
  return started;
}

const run = (args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Finished> =>
  tenant(args, environment).finished;

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** A script for Node that gets a token with the variables, lists roles with it, and prints the status. */
const NODE_CLIENT = `
  const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, AUTH0_AUDIENCE } = process.env;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: AUTH0_CLIENT_ID,
    client_secret: AUTH0_CLIENT_SECRET, audience: AUTH0_AUDIENCE });
  const { access_token } = await (await fetch('https://' + AUTH0_DOMAIN + '/oauth/token', { method: 'POST', body })).json();
  const answer = await fetch(AUTH0_AUDIENCE + 'roles', { headers: { authorization: 'Bearer ' + access_token } });
  console.log(answer.status);
`;

const PYTHON_URLLIB = `
import os, urllib.request
print(urllib.request.urlopen("https://" + os.environ["AUTH0_DOMAIN"] + "/.well-known/jwks.json").status)
`;

const PYTHON_REQUESTS = `
import os, requests
print(requests.get("https://" + os.environ["AUTH0_DOMAIN"] + "/.well-known/jwks.json").status_code)
`;

const JAVA = `
import java.net.HttpURLConnection;
import java.net.URI;

class Client {
  public static void main(String[] args) throws Exception {
    URI url = URI.create("https://" + System.getenv("AUTH0_DOMAIN") + "/.well-known/jwks.json");
    System.out.println(((HttpURLConnection) url.toURL().openConnection()).getResponseCode());
  }
}
`;

const CURL = 'curl -s -o /dev/null -w "%{http_code}\\n" "https://$AUTH0_DOMAIN/.well-known/jwks.json"';

describe('a command finds the tenant and trusts its certificate', () => {
  const clients = [
    { client: 'node', isThere: true, command: `"${process.execPath}" client.mjs` },
    { client: 'curl', isThere: has('curl', '--version'), command: CURL },
    { client: 'python3 with urllib', isThere: has('python3', '--version'), command: 'python3 urllib_client.py' },
    {
      client: 'python3 with requests',
      isThere: has('python3', '-c', 'import requests'),
      command: 'python3 requests_client.py',
    },
  ];
  let finished: Finished;

  // One command that runs all clients, so that they share a tenant.
  beforeAll(async () => {
    await writeFile(join(folder, 'client.mjs'), NODE_CLIENT);
    await writeFile(join(folder, 'urllib_client.py'), PYTHON_URLLIB);
    await writeFile(join(folder, 'requests_client.py'), PYTHON_REQUESTS);
    const lines = clients
      .filter(({ isThere }) => isThere)
      .map(({ client, command }) => `printf '${client}: '; ${command}`);
    finished = await run(['--tls', '--', 'sh', '-ec', lines.join('\n')]);
  });

  test.each(clients)('$client', ({ client, isThere }) => {
    if (!isThere) return console.log(`skipped: ${client} is not installed`);
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    expect(finished.stdout.split('\n')).toContain(`${client}: 200`);
  });
});

/** Options of Java that make short programs cheaper: no second compiler, one thread for garbage. */
const JAVA_SHORT_RUN = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

describe('java trusts the certificate', () => {
  let isThere = false;

  beforeAll(async () => {
    await writeFile(join(folder, 'Client.java'), JAVA);
    const compiler = JAVA_SHORT_RUN.map((option) => `-J${option}`);
    isThere = spawnSync('javac', [...compiler, 'Client.java'], { cwd: folder }).status === 0;
  });

  test.each([
    { given: 'a folder', home: 'plain' },
    { given: 'a folder with a space in its name', home: 'with space' },
  ])('$given', async ({ home }) => {
    if (!isThere) return console.log('skipped: java is not installed');
    const environment = { ROLECALL_HOME: join(folder, home), JAVA_TOOL_OPTIONS: '-Dfile.encoding=UTF-8' };
    const words = ['--tls', '--', 'java', ...JAVA_SHORT_RUN, '-cp', folder, 'Client'];
    const { code, stdout, stderr } = await run(words, environment);
    expect([code, stdout]).toEqual([0, '200\n']);
    expect(stderr).toMatch(/^Picked up JAVA_TOOL_OPTIONS: -Dfile.encoding=UTF-8 /);
  });
});

const PRINT = `
  const { AUTH0_DOMAIN, ROLECALL_URL, ROLECALL_AUDIENCE, AUTH0_AUDIENCE, ROLECALL_CLIENT_ID, AUTH0_CLIENT_ID, ROLECALL_TOKEN,
    ROLECALL_CLIENT_SECRET, AUTH0_CLIENT_SECRET, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  console.log(JSON.stringify([ROLECALL_URL === 'http://' + AUTH0_DOMAIN, AUTH0_AUDIENCE === ROLECALL_URL + '/api/v2/',
    AUTH0_AUDIENCE === ROLECALL_AUDIENCE, AUTH0_CLIENT_ID === ROLECALL_CLIENT_ID,
    AUTH0_CLIENT_SECRET === ROLECALL_CLIENT_SECRET && AUTH0_CLIENT_SECRET.length,
    ROLECALL_TOKEN ?? null, SSL_CERT_FILE, process.argv.slice(1)]));
`;

test('without --tls, the variables name the tenant and no certificate, and a token of the caller is removed', async () => {
  const environment = { ROLECALL_TOKEN: 'of another tenant', AUTH0_DOMAIN: 'other.example' };
  const { code, stdout } = await run(['--', process.execPath, '-e', PRINT, 'a', '--port', '$x'], environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([true, true, true, true, 64, null, '', ['a', '--port', '$x']]);
});

test('authorities that the caller trusts stay trusted', async () => {
  const own = join(folder, 'own.pem');
  await writeFile(own, 'own authority');
  const print = 'console.log(process.env.SSL_CERT_FILE, process.env.NODE_EXTRA_CA_CERTS)';
  const { stdout } = await run(['--tls', '--', process.execPath, '-e', print], { SSL_CERT_FILE: own });
  const [bundle = '', extra = ''] = stdout.trim().split(' ');
  const ca = await readFile(join(folder, 'tls', 'ca.pem'), 'utf8');
  expect(await readFile(bundle, 'utf8')).toBe(`own authority\n${ca.trim()}\n`);
  expect(await readFile(extra, 'utf8')).toBe(ca);
});

test.each([
  { given: 'an exit code', words: [process.execPath, '-e', 'process.exit(7)'], want: 7 },
  { given: 'success', words: [process.execPath, '-e', '0'], want: 0 },
  { given: 'a signal', words: [process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'], want: 137 },
])('the exit code is that of the command: $given', async ({ words, want }) => {
  expect(await run(['--', ...words])).toEqual({ code: want, stdout: '', stderr: '' });
});

test('a command that cannot be started is one line, and 2', async () => {
  expect(await run(['--', 'no-such-command'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'rolecall: cannot run "no-such-command": command not found\n',
  });
});

test.each(['--json', '--env'])('%s cannot be combined with a command', async (option) => {
  expect(await run([option, '--', 'true'])).toMatchObject({
    code: 2,
    stderr: `rolecall: ${option} cannot be combined with a command; each decides what standard output contains\n`,
  });
});

test.each([
  { signal: 'SIGTERM', want: 9 },
  { signal: 'SIGINT', want: 8 },
] as const)('$signal is passed on to the command', async ({ signal, want }) => {
  const script = `process.on('SIGTERM', () => process.exit(9)); process.on('SIGINT', () => process.exit(8));
    setInterval(() => {}, 1000); console.log(process.env.ROLECALL_URL);`;
  const started = tenant(['--', process.execPath, '-e', script]);
  const url = await started.firstLine;
  started.child.kill(signal);
  expect((await started.finished).code).toBe(want);
  await expect(fetch(url)).rejects.toThrow();
});

test('several tenants run side by side, each with its own port and state', async () => {
  const print = `(async () => {
    const { ROLECALL_URL: url, ROLECALL_CLIENT_ID: client_id, ROLECALL_CLIENT_SECRET: client_secret, ROLECALL_AUDIENCE: audience } = process.env;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, audience });
    const { access_token } = await (await fetch(url + '/oauth/token', { method: 'POST', body })).json();
    const headers = { authorization: 'Bearer ' + access_token, 'content-type': 'application/json' };
    await fetch(audience + 'roles', { method: 'POST', headers, body: JSON.stringify({ name: 'Guide' }) });
    const roles = await (await fetch(audience + 'roles', { headers })).json();
    console.log(url, roles.length);
  })()`;
  const runs = await Promise.all([0, 1].map(() => run(['--tls', '--', process.execPath, '-e', print])));
  expect(runs.map(({ code, stdout }) => [code, stdout.replace(/^\S+/, '')])).toEqual([
    [0, ' 1\n'],
    [0, ' 1\n'],
  ]);
  expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(2);
});

test('--env prints exports for a shell', async () => {
  const started = tenant(['--tls', '--env']);
  await expect.poll(started.stdout, { timeout: 10_000 }).toContain('CURL_CA_BUNDLE');
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    `${started.stdout()}exec "$0" --input-type=module -e "$1"`,
    process.execPath,
    NODE_CLIENT,
  ]);
  expect(stdout).toBe('200\n');
});

test.runIf(has('curl', '--version'))('the commands of the --tls banner work', async () => {
  const started = tenant(['--tls']);
  await expect.poll(started.stdout, { timeout: 10_000 }).toContain('Ctrl-C');
  const script = started
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('  ') && !/^ {2}(client|audience)/.test(line))
    .join('\n');
  expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '[]' });
});

/** Waits until nothing listens there any more. */
async function stops(url: string): Promise<void> {
  const isUp = (): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false,
    );
  await expect.poll(isUp, { timeout: 15_000, interval: 100 }).toBe(false);
}

describe.runIf(process.platform !== 'win32')('a tenant stops when the process that started it ends', () => {
  test.each([
    { given: 'a shell', command: () => ['sh', '-c', `"${process.execPath}" "${cli}" tenant --json --quiet; true`] },
    { given: 'npx', command: () => ['npx', '--no-install', 'rolecall', 'tenant', '--json', '--quiet'] },
  ])('$given', async ({ command }) => {
    const bin = join(folder, 'node_modules', '.bin');
    await mkdir(bin, { recursive: true });
    await chmod(cli, 0o755);
    await symlink(cli, join(bin, 'rolecall')).catch(() => undefined); // from the case before
    const [file = '', ...args] = command();
    const parent = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    parent.stdout.on('data', (chunk) => {
      text += chunk;
    });
    await expect.poll(() => text, { timeout: 20_000 }).toContain('\n');
    const { url } = JSON.parse(text) as { url: string };
    parent.kill('SIGKILL');
    await stops(url);
  });
});

test('--wait-for runs the command once the URL answers, here of the tenant itself over TLS', async () => {
  const words = ['--tls', '--wait-for', '/_rolecall/health', '--', process.execPath, '-e', 'console.log("ran")'];
  expect(await run(words)).toEqual({ code: 0, stdout: 'ran\n', stderr: '' });
});
