import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { TenantError } from '../errors.js';
import { withLock } from './lock.js';
import type { CertifiedKey } from './new-certificate.js';
import type { TlsOptions } from './tls.js';

/** A certificate for this machine, and the file of the authority that vouches for it. */
export interface LocalCertificate {
  readonly tls: TlsOptions;
  /** Absolute; what clients have to trust. */
  readonly authority: string;
}

const DAY = 86_400_000;
/** A certificate is made anew when less than this is left of it. */
const RENEW_DAYS = 14;
const NAMES = ['localhost', '127.0.0.1', '::1'];

interface Files {
  readonly certificate: string;
  readonly key: string;
}

const AUTHORITY: Files = { certificate: 'ca.pem', key: 'ca-key.pem' };
const SERVER: Files = { certificate: 'cert.pem', key: 'key.pem' };
const LOCK = 'lock';

/**
 * The certificate of this machine, made when it is asked for the first time and kept in `folder` from then on, with
 * the authority that signs it. What is kept and fits is used as it is, by any number of processes at a time; what does
 * not is made anew by one of them. Private keys are readable by their owner alone.
 *
 * @param now milliseconds since 1970
 * @throws TenantError where the folder cannot be read or written
 */
export async function localCertificate(folder: string, host: string, now: number): Promise<LocalCertificate> {
  const home = resolve(folder);
  const names = [...new Set([...NAMES, host])];
  try {
    const { server } = await keptIn(home, names, now);
    const { certificate: cert, key } = server ?? (await made(home, names, now));
    return { tls: { cert, key }, authority: join(home, AUTHORITY.certificate) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantError(
      'TENANT_CERTIFICATE',
      `Cannot keep a certificate in ${home}: ${reason}; name another folder by ROLECALL_HOME.`,
      { cause: error },
    );
  }
}

/** Where this user's things of this program are kept, as each system has it; `ROLECALL_HOME` goes before it. */
export function homeFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const { ROLECALL_HOME: own, XDG_DATA_HOME: data, LOCALAPPDATA: local } = environment;
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'rolecall');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'rolecall');
  return join(data !== undefined && data !== '' ? data : join(homedir(), '.local', 'share'), 'rolecall');
}

/** Makes what does not fit, and nothing else: another process may have made it while this one waited. */
async function made(home: string, names: readonly string[], now: number): Promise<CertifiedKey> {
  await mkdir(home, { recursive: true });
  return withLock(join(home, LOCK), async () => {
    const { newAuthority, newServer } = await import('./new-certificate.js');
    const kept = await keptIn(home, names, now);
    if (kept.server !== undefined) return kept.server;
    const authority = kept.authority ?? (await newAuthority(now));
    if (kept.authority === undefined) await keep(home, AUTHORITY, authority);
    const server = await newServer(authority, names, now);
    await keep(home, SERVER, server);
    return server;
  });
}

interface Kept {
  readonly authority?: CertifiedKey;
  readonly server?: CertifiedKey;
}

/** What of it can be used: without its authority a certificate is of no use. */
async function keptIn(home: string, names: readonly string[], now: number): Promise<Kept> {
  const authority = await pairIn(home, AUTHORITY, now);
  if (authority === undefined || !authority.read.ca || !signedBy(authority.read, authority.read)) return {};
  const server = await pairIn(home, SERVER, now);
  if (server === undefined || !covers(server.read, names) || !signedBy(server.read, authority.read))
    return { authority };
  return { authority, server };
}

interface ReadPair extends CertifiedKey {
  readonly read: X509Certificate;
}

/** Nothing where there is none, none that lasts, or a key and a certificate that do not belong together. */
async function pairIn(home: string, files: Files, now: number): Promise<ReadPair | undefined> {
  const [certificate, key] = await Promise.all([textOf(join(home, files.certificate)), textOf(join(home, files.key))]);
  if (certificate === undefined || key === undefined) return undefined;
  try {
    const read = new X509Certificate(certificate);
    const lasts = Date.parse(read.validFrom) <= now && Date.parse(read.validTo) - now > RENEW_DAYS * DAY;
    if (!lasts || !read.checkPrivateKey(createPrivateKey(key))) return undefined;
    await forOwnerAlone(join(home, files.key));
    return { certificate, key, read };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return undefined; // What cannot be read is made anew.
  }
}

/** Each file appears whole or not at all, to whoever reads without the lock; who reads one old and one new asks for it. */
async function keep(home: string, files: Files, { certificate, key }: CertifiedKey): Promise<void> {
  await replace(join(home, files.key), key, 0o600);
  await replace(join(home, files.certificate), certificate, 0o644);
}

async function replace(file: string, text: string, mode: number): Promise<void> {
  const unfinished = `${file}.new`;
  await writeFile(unfinished, text, { mode });
  await chmod(unfinished, mode); // it may have been left behind by a process that died, or cut by the umask
  await rename(unfinished, file);
}

async function forOwnerAlone(file: string): Promise<void> {
  if (process.platform === 'win32') return; // has no such bits
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
}

function covers(certificate: X509Certificate, names: readonly string[]): boolean {
  return names.every(
    (name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined,
  );
}

function signedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
