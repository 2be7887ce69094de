import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { homeFolder, localCertificate } from './certificate.js';
import { schoolTenant } from './fixtures/school.js';

const DAY = 86_400_000;
const NOW = Date.now();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a certificate is trusted by who trusts the authority, and is kept', async () => {
  const { tls, authority } = await localCertificate(join(folder, 'new'), '127.0.0.1', NOW);
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
  expect((await localCertificate(join(folder, 'new'), '127.0.0.1', NOW + DAY)).tls).toEqual(tls);
  if (process.platform !== 'win32') expect((await stat(join(folder, 'new', 'ca-key.pem'))).mode & 0o077).toBe(0);
});

test('a certificate for other names, or one that runs out, is made anew by the same authority', async () => {
  const first = await localCertificate(folder, '127.0.0.1', NOW);
  const authority = await readFile(first.authority, 'utf8');
  const other = await localCertificate(folder, 'tenant.test', NOW);
  expect(new X509Certificate(other.tls.cert).subjectAltName).toContain('DNS:tenant.test');
  const later = await localCertificate(folder, 'tenant.test', NOW + 390 * DAY);
  expect(later.tls.cert).not.toBe(other.tls.cert);
  expect(new X509Certificate(later.tls.cert).verify(new X509Certificate(authority).publicKey)).toBe(true);
  expect(await readFile(first.authority, 'utf8')).toBe(authority);
});

test('what is broken is made anew, and a folder that cannot be is told', async () => {
  await localCertificate(folder, '127.0.0.1', NOW);
  await writeFile(join(folder, 'cert.pem'), 'nonsense');
  expect((await localCertificate(folder, '127.0.0.1', NOW)).tls.cert).toContain('BEGIN CERTIFICATE');
  await writeFile(join(folder, 'file'), '');
  await expect(localCertificate(join(folder, 'file', 'x'), '127.0.0.1', NOW)).rejects.toThrow(
    /^Cannot keep a certificate in .*; name another folder by ROLECALL_HOME\.$/,
  );
});

test.each([
  { environment: { ROLECALL_HOME: '/x' }, platform: 'linux', want: '/x' },
  { environment: { XDG_DATA_HOME: '/data' }, platform: 'linux', want: join('/data', 'rolecall') },
  { environment: { LOCALAPPDATA: '/local' }, platform: 'win32', want: join('/local', 'rolecall') },
  { environment: {}, platform: 'darwin', want: expect.stringMatching(/Application Support.rolecall$/) },
  { environment: { ROLECALL_HOME: '' }, platform: 'linux', want: expect.stringMatching(/rolecall$/) },
] as const)('on $platform with $environment it is kept in $want', ({ environment, platform, want }) => {
  expect(homeFolder(environment, platform)).toEqual(want);
});
