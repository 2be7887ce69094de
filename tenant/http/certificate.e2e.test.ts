import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { built } from '../../test-support/cli.js';
import { schoolTenant } from '../test-support/school.js';
import type { LocalCertificate } from './certificate.js';
import { homeFolder, localCertificate } from './certificate.js';

const DAY = 86_400_000;
const NOW = Date.now();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('clients that trust the authority trust the certificate, which is stored', async () => {
  const { tls, authority } = await localCertificate(join(folder, 'new'), { host: '127.0.0.1', now: NOW });
  const { tenant } = await schoolTenant();
  const { url, close } = await tenant.listen({ tls });
  const status = await new Promise((resolve, reject) => {
    readFile(authority, 'utf8').then((ca) =>
      get(`${url}/school/students`, { ca, servername: 'localhost' }, (answer) => resolve(answer.statusCode)).on(
        'error',
        reject,
      ),
    );
  });
  expect(status).toBe(401);
  await close();
  expect((await localCertificate(join(folder, 'new'), { host: '127.0.0.1', now: NOW + DAY })).tls).toEqual(tls);
  if (process.platform !== 'win32') expect((await stat(join(folder, 'new', 'ca-key.pem'))).mode & 0o077).toBe(0);
});

test('a certificate for other names, or one that expires soon, is replaced by the same authority', async () => {
  const first = await localCertificate(folder, { host: '127.0.0.1', now: NOW });
  const authority = await readFile(first.authority, 'utf8');
  const other = await localCertificate(folder, { host: 'tenant.test', now: NOW });
  expect(new X509Certificate(other.tls.cert).subjectAltName).toContain('DNS:tenant.test');
  const later = await localCertificate(folder, { host: 'tenant.test', now: NOW + 390 * DAY });
  expect(later.tls.cert).not.toBe(other.tls.cert);
  expect(new X509Certificate(later.tls.cert).verify(new X509Certificate(authority).publicKey)).toBe(true);
  expect(await readFile(first.authority, 'utf8')).toBe(authority);
});

/** The stored files with their contents. */
async function filesIn(where: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(where)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(where, name), 'utf8')] as const)),
  );
}

/** Connects with a client that trusts only the authority; throws if it does not trust the certificate. */
async function handshake({ tls: { cert, key }, authority }: LocalCertificate): Promise<boolean> {
  const ca = await readFile(authority, 'utf8');
  const server = createServer({ cert, key }, (socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect({ port: (server.address() as AddressInfo).port, ca, servername: 'localhost' }); // it listens
  await once(socket, 'secureConnect');
  socket.destroy();
  server.close();
  return socket.authorized;
}

test('valid files are reused and not written again', async () => {
  await localCertificate(folder, { host: '127.0.0.1', now: NOW });
  const before = await Promise.all((await readdir(folder)).sort().map(async (name) => stat(join(folder, name))));
  expect(Object.keys(await filesIn(folder))).toEqual(['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
  await localCertificate(folder, { host: '127.0.0.1', now: NOW });
  const after = await Promise.all((await readdir(folder)).sort().map(async (name) => stat(join(folder, name))));
  expect(after.map(({ ino, mtimeMs }) => [ino, mtimeMs])).toEqual(before.map(({ ino, mtimeMs }) => [ino, mtimeMs]));
});

test.each([
  { given: 'a malformed certificate', files: { 'cert.pem': 'nonsense' }, keeps: ['ca.pem', 'ca-key.pem'] },
  { given: 'a malformed key', files: { 'key.pem': 'nonsense' }, keeps: ['ca.pem', 'ca-key.pem'] },
  { given: 'the key of another certificate', files: { 'key.pem': 'other' }, keeps: ['ca.pem', 'ca-key.pem'] },
  { given: 'a certificate of another key', files: { 'cert.pem': 'other' }, keeps: ['ca.pem', 'ca-key.pem'] },
  {
    given: 'a certificate of another authority',
    files: { 'cert.pem': 'other', 'key.pem': 'other' },
    keeps: ['ca.pem', 'ca-key.pem'],
  },
  { given: 'the key of another authority', files: { 'ca-key.pem': 'other' }, keeps: [] },
  { given: 'an authority of another key', files: { 'ca.pem': 'other' }, keeps: [] },
  { given: 'an empty authority', files: { 'ca.pem': '' }, keeps: [] },
] as const)('with $given, invalid files are replaced', async ({ files, keeps }) => {
  const other = join(folder, 'other');
  const mine = join(folder, 'mine');
  await Promise.all([other, mine].map((home) => localCertificate(home, { host: '127.0.0.1', now: NOW })));
  const before = await filesIn(mine);
  const others = await filesIn(other);
  for (const [name, text] of Object.entries(files))
    await writeFile(join(mine, name), text === 'other' ? (others[name] ?? '') : text);
  expect(await handshake(await localCertificate(mine, { host: '127.0.0.1', now: NOW }))).toBe(true);
  const after = await filesIn(mine);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(
    Object.keys(after)
      .filter((name) => after[name] === before[name])
      .sort(),
  ).toEqual([...keeps].sort());
});

test('processes that start at the same time share one authority', async () => {
  const script = built('tenant/http/certificate.ts');
  const program = `const { localCertificate } = await import(process.argv[1]);
    console.log(JSON.stringify(await localCertificate(process.argv[2], { host: '127.0.0.1', now: Date.now() })));`;
  const started = Array.from({ length: 3 }, () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, script, join(folder, 'new')]),
  );
  const certificates = (await Promise.all(started)).map(({ stdout }) => JSON.parse(stdout) as LocalCertificate);
  for (const certificate of certificates) expect(await handshake(certificate)).toBe(true);
  expect(new Set(certificates.map(({ tls }) => tls.cert)).size).toBe(1);
});

test('a lock whose holder died is taken over', async () => {
  await writeFile(join(folder, 'lock'), '');
  const certificate = await localCertificate(folder, { host: '127.0.0.1', now: NOW, staleAfter: 50 });
  expect(await handshake(certificate)).toBe(true);
  expect(Object.keys(await filesIn(folder))).toEqual(['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
});

test('the permissions of keys that others can read are restricted', async () => {
  if (process.platform === 'win32') return; // no permission bits
  await localCertificate(folder, { host: '127.0.0.1', now: NOW });
  await chmod(join(folder, 'key.pem'), 0o644);
  await localCertificate(folder, { host: '127.0.0.1', now: NOW });
  for (const name of ['key.pem', 'ca-key.pem']) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('the path of the authority is absolute', async () => {
  const { authority } = await localCertificate(relative(process.cwd(), folder), { host: '127.0.0.1', now: NOW });
  expect(authority).toBe(join(folder, 'ca.pem'));
});

test('an invalid folder is refused', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(localCertificate(join(folder, 'file', 'x'), { host: '127.0.0.1', now: NOW })).rejects.toThrow(
    /^cannot store a certificate in .*; set ROLECALL_HOME to another folder$/,
  );
});

test.each([
  { environment: { ROLECALL_HOME: '/x' }, platform: 'linux', want: '/x' },
  { environment: { XDG_DATA_HOME: '/data' }, platform: 'linux', want: join('/data', 'rolecall') },
  { environment: { LOCALAPPDATA: '/local' }, platform: 'win32', want: join('/local', 'rolecall') },
  { environment: {}, platform: 'darwin', want: expect.stringMatching(/Application Support.rolecall$/) },
  { environment: { ROLECALL_HOME: '' }, platform: 'linux', want: expect.stringMatching(/rolecall$/) },
] as const)('on $platform with $environment the folder is $want', ({ environment, platform, want }) => {
  expect(homeFolder(environment, platform)).toEqual(want);
});
