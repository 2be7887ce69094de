import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecordings } from '../replay/read/read-recordings.js';
import { builtCli, builtScript, type Running, start } from '../test-support/cli.js';
import { freePort } from '../test-support/free-port.js';

let home: string;
const running: Running[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rolecall-proxy-'));
});

afterAll(async () => {
  for (const { child, finished } of running) {
    child.kill('SIGTERM');
    await finished;
  }
  await rm(home, { recursive: true, force: true });
});

test("the provider's SDK works through the proxy, whose report and recordings hold all of it and no secret", async () => {
  const port = await freePort();
  const url = `https://127.0.0.1:${port}`;
  const tenant = start(builtCli(), ['tenant', '--json', '--tls', '--url', url], { ROLECALL_HOME: home }, home);
  running.push(tenant);
  const { listening, clientId, clientSecret, ca } = JSON.parse(await tenant.firstLine) as Record<string, string>;
  const files = { report: join(home, 'out'), record: join(home, 'traffic.json'), har: join(home, 'traffic.har') };
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]);
  const session = [process.execPath, builtScript('tenant/test-support/sdk-session.ts'), url, clientId, clientSecret];
  const proxy = start(
    builtCli(),
    ['proxy', String(listening), '--tls', '--port', String(port), ...options, '--', ...session.map(String)],
    { ROLECALL_HOME: home, NODE_EXTRA_CA_CERTS: String(ca) },
    home,
  );
  const { code, stdout, stderr } = await proxy.finished;
  expect(stderr).toContain(`Proxy at ${url} to ${listening}`);
  expect(stderr).toMatch(/conforms: \d+ operations · .* · 0 findings · .* · passed traffic\n$/);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    created: ['ada@travel0.example', 'Leads tours', true],
    membersByCheckpoint: [0, 1, 2],
    forbidden: ['ForbiddenError', 403, 'insufficient_scope'],
    badRequest: ['BadRequestError', 400, 'invalid_body'],
  });
  const report = JSON.parse(await readFile(join(files.report, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ verdict: 'conforms', target: listening, findings: [] });
  const { exchanges, judged, outside, unread } = report.traffic;
  expect([judged, outside, unread]).toEqual([exchanges, [], []]);
  expect(judged).toBeGreaterThan(40);
  for (const file of [files.record, files.har]) {
    const [recording] = await readRecordings(file);
    expect(recording?.exchanges).toHaveLength(exchanges);
    expect(recording?.exchanges.some(({ request }) => request.token?.client === clientId)).toBe(true);
    const text = await readFile(file, 'utf8');
    for (const secret of [String(clientSecret), 'correct-horse-7-battery', 'eyJhbGci'])
      expect(text).not.toContain(secret);
  }
});

test('it runs until a signal, reports on standard output, and violates by a target that does', async () => {
  const target = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\ntrue'),
    );
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo; // it listens on a port
  const proxy = start(builtCli(), ['proxy', `http://127.0.0.1:${port}`]);
  const url = /Proxy at (\S+) to/.exec(await proxy.firstLine)?.[1];
  expect(await (await fetch(`${url}/api/v2/roles`)).json()).toBe(true);
  proxy.child.kill('SIGINT');
  const { code, stdout } = await proxy.finished;
  target.close();
  expect(stdout).toContain('✗ roles.list: body: oneOf');
  expect(code).toBe(1);
});

test.each<
  [given: string, options: (port: number) => readonly string[], environment: Record<string, string>, message: RegExp]
>([
  ['its port is in use', (port) => ['--port', String(port)], {}, /port \d+ on 127\.0\.0\.1 is in use/],
  [
    'its certificate cannot be stored',
    () => ['--tls'],
    { ROLECALL_HOME: '/dev/null/home' },
    /cannot store a certificate/,
  ],
  ['its command cannot be run', () => ['--', 'no-such-command'], {}, /cannot run "no-such-command": command not found/],
])('it ends with 2 if %s', async (_, options, environment, message) => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo; // it listens on a port
  const proxy = start(builtCli(), ['proxy', `http://127.0.0.1:${port}`, ...options(port)], environment);
  running.push(proxy);
  const { code, stderr } = await proxy.finished;
  holder.close();
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
