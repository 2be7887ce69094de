import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtScript } from '../../test-support/cli.js';
import { handshake, serverWith } from '../test-support/tls-server.js';
import type { LocalCertificate } from './certificate.js';
import { newAuthority, newServer } from './new-certificate.js';

const NOW = Date.now();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-home-'));
});

afterEach(() => rm(folder, { recursive: true }));

const AUTHORITY_NAMES = ['localhost', '127.0.0.1', '::1', 'tenant.test'];

/** Runs a client; true if it trusts the certificate. */
function trusts(command: string, args: readonly string[]): Promise<boolean> {
  return promisify(execFile)(command, [...args]).then(
    () => true,
    () => false,
  );
}

const NODE_CLIENT = `import { get } from 'node:https'; import { readFileSync } from 'node:fs';
  const [ca, port, servername] = process.argv.slice(1);
  get({ host: '127.0.0.1', port, servername, ca: readFileSync(ca) }, () => process.exit(0)).on('error', () => process.exit(1));`;

const PYTHON_CLIENT = `import socket, ssl, sys
ca, port, name = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT
context.wrap_socket(socket.create_connection(("127.0.0.1", int(port))), server_hostname=name).close()`;

const CLIENTS: Readonly<
  Record<string, (ca: string, port: string, name: string) => readonly [string, readonly string[]]>
> = {
  node: (...args) => [process.execPath, ['--input-type=module', '-e', NODE_CLIENT, ...args]],
  curl: (ca, port, name) => [
    'curl',
    ['-sf', '--cacert', ca, '--resolve', `${name}:${port}:127.0.0.1`, `https://${name}:${port}/`],
  ],
  python3: (...args) => ['python3', ['-c', PYTHON_CLIENT, ...args]],
};

test.each(Object.entries(CLIENTS))('%s trusts the authority for its hosts only', async (name, client) => {
  if (spawnSync(name, ['--version']).status !== 0) return console.log(`skipped: ${name} is not installed`);
  const authority = await newAuthority(AUTHORITY_NAMES, NOW);
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  for (const [host, want] of [
    ['localhost', true],
    ['tenant.test', true],
    ['bank.example', false],
  ] as const) {
    const { certificate, key } = await newServer(authority, [host, '127.0.0.1'], NOW);
    const server = await serverWith({ cert: certificate, key });
    const { port } = server.address() as AddressInfo; // it listens on a port
    expect({ host, trusted: await trusts(...client(ca, String(port), host)) }).toEqual({ host, trusted: want });
    server.close();
  }
});

test('processes that start at the same time share one authority', async () => {
  const script = builtScript('tenant/http/certificate.ts');
  const program = `const { localCertificate } = await import(process.argv[1]);
    console.log(JSON.stringify(await localCertificate(process.argv[2], { hosts: ['127.0.0.1'], now: Date.now() })));`;
  const started = Array.from({ length: 3 }, () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, script, join(folder, 'new')]),
  );
  const certificates = (await Promise.all(started)).map(({ stdout }) => JSON.parse(stdout) as LocalCertificate);
  for (const certificate of certificates) expect(await handshake(certificate)).toBe(true);
  expect(new Set(certificates.map(({ tls }) => tls.cert)).size).toBe(1);
});
