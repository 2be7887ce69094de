import { KeyObject, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schoolTenant } from '../test-support/school.js';
import { handshake } from '../test-support/tls-server.js';
import { homeFolder, localCertificate } from './certificate.js';
import './new-certificate.js';

const DAY = 86_400_000;
const NOW = Date.now();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('clients that trust the authority trust the certificate, which is stored', async () => {
  const { tls, authority } = await localCertificate(join(folder, 'new'), { hosts: ['127.0.0.1'], now: NOW });
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
  expect((await localCertificate(join(folder, 'new'), { hosts: ['127.0.0.1'], now: NOW + DAY })).tls).toEqual(tls);
  if (process.platform !== 'win32') expect((await stat(join(folder, 'new', 'tls', 'ca-key.pem'))).mode & 0o077).toBe(0);
});

test('a certificate for another host has its own authority, and the first one stays valid', async () => {
  const first = await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const other = await localCertificate(folder, { hosts: ['0.0.0.0', 'tenant.test'], now: NOW });
  expect(new X509Certificate(other.tls.cert).subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:tenant.test',
  );
  expect(other.authority).toBe(join(folder, 'tls', 'host-tenant.test', 'ca.pem'));
  expect(await localCertificate(folder, { hosts: ['localhost'], now: NOW })).toEqual(first);
  expect(await localCertificate(folder, { hosts: ['tenant.test'], now: NOW })).toEqual(other);
  expect(await handshake(other, 'tenant.test')).toBe(true);
});

test('an authority lasts a year and is replaced before it expires', async () => {
  const first = await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const { validTo } = new X509Certificate(await readFile(first.authority));
  expect(Date.parse(validTo)).toBeLessThanOrEqual(NOW + 365 * DAY);
  expect(await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW + 350 * DAY })).toEqual(first);
  const later = await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW + 352 * DAY });
  expect(later.tls.cert).not.toBe(first.tls.cert);
  const authority = new X509Certificate(await readFile(later.authority));
  expect(new X509Certificate(later.tls.cert).verify(authority.publicKey)).toBe(true);
});

test('an authority without constraints, as earlier versions created, is replaced', async () => {
  const { authority } = await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const home = dirname(authority);
  const unconstrained = await unconstrainedAuthority();
  await writeFile(join(home, 'ca.pem'), unconstrained.certificate);
  await writeFile(join(home, 'ca-key.pem'), unconstrained.key);
  await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  expect(await readFile(authority, 'utf8')).not.toBe(unconstrained.certificate);
});

/** A self-signed authority for ten years and any host. */
async function unconstrainedAuthority(): Promise<{ readonly certificate: string; readonly key: string }> {
  // After new-certificate.ts, which loads the polyfill that this library needs.
  const { BasicConstraintsExtension, X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Rolecall local authority',
    notBefore: new Date(NOW - DAY),
    notAfter: new Date(NOW + 3650 * DAY),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificate: certificate.toString('pem'), key: String(key) };
}

/** The stored files with their contents. */
async function filesIn(where: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(where)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(where, name), 'utf8')] as const)),
  );
}

test('valid files are reused and not written again', async () => {
  await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const home = join(folder, 'tls');
  const before = await Promise.all((await readdir(home)).sort().map(async (name) => stat(join(home, name))));
  expect(Object.keys(await filesIn(join(folder, 'tls')))).toEqual(['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
  await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const after = await Promise.all((await readdir(home)).sort().map(async (name) => stat(join(home, name))));
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
  const mine = join(folder, 'mine', 'tls');
  await Promise.all(
    ['other', 'mine'].map((name) => localCertificate(join(folder, name), { hosts: ['127.0.0.1'], now: NOW })),
  );
  const before = await filesIn(mine);
  const others = await filesIn(join(folder, 'other', 'tls'));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(mine, name), text === 'other' ? (others[name] ?? '') : text);
  expect(await handshake(await localCertificate(join(folder, 'mine'), { hosts: ['127.0.0.1'], now: NOW }))).toBe(true);
  const after = await filesIn(mine);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(
    Object.keys(after)
      .filter((name) => after[name] === before[name])
      .sort(),
  ).toEqual([...keeps].sort());
});

test('a lock whose holder died is taken over', async () => {
  await mkdir(join(folder, 'tls'));
  await writeFile(join(folder, 'tls', 'lock'), '');
  const certificate = await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW, staleAfter: 50 });
  expect(await handshake(certificate)).toBe(true);
  expect(Object.keys(await filesIn(join(folder, 'tls')))).toEqual(['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
});

test('the permissions of keys that others can read are restricted', async () => {
  if (process.platform === 'win32') return; // no permission bits
  await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  const home = join(folder, 'tls');
  await chmod(join(home, 'key.pem'), 0o644);
  await chmod(home, 0o755);
  await localCertificate(folder, { hosts: ['127.0.0.1'], now: NOW });
  for (const name of ['key.pem', 'ca-key.pem']) expect((await stat(join(home, name))).mode & 0o777).toBe(0o600);
  expect((await stat(home)).mode & 0o777).toBe(0o700);
});

test('the path of the authority is absolute', async () => {
  const { authority } = await localCertificate(relative(process.cwd(), folder), { hosts: ['127.0.0.1'], now: NOW });
  expect(authority).toBe(join(folder, 'tls', 'ca.pem'));
});

test('an invalid folder is refused', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(localCertificate(join(folder, 'file', 'x'), { hosts: ['127.0.0.1'], now: NOW })).rejects.toMatchObject({
    code: 'TENANT_CERTIFICATE',
    message: expect.stringMatching(/^cannot store a certificate in .*; set ROLECALL_HOME to another folder$/),
  });
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
