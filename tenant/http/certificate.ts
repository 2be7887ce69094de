import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { TenantError } from '../errors.js';
import { withLock } from './lock.js';
import type { CertifiedKey } from './new-certificate.js';
import type { TlsOptions } from './tls.js';

/** A certificate for this machine, and the file of the authority that signed it. */
export interface LocalCertificate {
  readonly tls: TlsOptions;
  /** The absolute path of the certificate that clients must trust. */
  readonly authority: string;
}

const DAY = 86_400_000;
/** A certificate is renewed this many days before it expires. */
const RENEW_DAYS = 14;
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];

export interface CertificateOptions {
  /** The host name or address of the server, in addition to the loopback names. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long to wait for an unchanged lock before taking it over, in milliseconds. */
  readonly staleAfter?: number | undefined;
}

interface Files {
  readonly certificate: string;
  readonly key: string;
}

const AUTHORITY: Files = { certificate: 'ca.pem', key: 'ca-key.pem' };
const SERVER: Files = { certificate: 'cert.pem', key: 'key.pem' };
const LOCK = 'lock';

/**
 * The certificate of this machine and its authority, created on first use and stored in `folder`. Valid files are used
 * as they are, by any number of processes at a time; one of these processes replaces the others. Only the owner can
 * read private keys.
 *
 * @throws TenantError if the folder cannot be read or written
 */
export async function localCertificate(folder: string, options: CertificateOptions): Promise<LocalCertificate> {
  const home = resolve(folder);
  const request = { ...options, names: [...new Set([...LOCAL_NAMES, options.host])] };
  try {
    const { server } = await readStored(home, request);
    const { certificate: cert, key } = server ?? (await createMissing(home, request));
    return { tls: { cert, key }, authority: join(home, AUTHORITY.certificate) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantError(
      'TENANT_CERTIFICATE',
      `cannot store a certificate in ${home}: ${reason}; set ROLECALL_HOME to another folder`,
      { cause: error },
    );
  }
}

/** The data folder of this user: `ROLECALL_HOME`, or the convention of the system. */
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

interface CertificateRequest extends CertificateOptions {
  /** The host and the loopback names. */
  readonly names: readonly string[];
}

/** Creates what is missing or invalid. Another process may have done so while this one waited for the lock. */
async function createMissing(home: string, request: CertificateRequest): Promise<CertifiedKey> {
  const { names, now, staleAfter } = request;
  await mkdir(home, { recursive: true });
  const create = async (): Promise<CertifiedKey> => {
    const { newAuthority, newServer } = await import('./new-certificate.js');
    const stored = await readStored(home, request);
    if (stored.server !== undefined) return stored.server;
    const authority = stored.authority ?? (await newAuthority(now));
    if (stored.authority === undefined) await writePair(home, AUTHORITY, authority);
    const server = await newServer(authority, names, now);
    await writePair(home, SERVER, server);
    return server;
  };
  return withLock(join(home, LOCK), create, staleAfter);
}

interface StoredPairs {
  readonly authority?: CertifiedKey;
  readonly server?: CertifiedKey;
}

/** The valid pairs: a server certificate is valid only together with its authority. */
async function readStored(home: string, { names, now }: CertificateRequest): Promise<StoredPairs> {
  const authority = await readPair(home, AUTHORITY, now);
  if (authority === undefined || !authority.parsed.ca || !signedBy(authority.parsed, authority.parsed)) return {};
  const server = await readPair(home, SERVER, now);
  if (server === undefined || !covers(server.parsed, names) || !signedBy(server.parsed, authority.parsed))
    return { authority };
  return { authority, server };
}

interface ParsedPair extends CertifiedKey {
  readonly parsed: X509Certificate;
}

/** Undefined if a file is missing or malformed, the certificate expires soon, or the key does not match it. */
async function readPair(home: string, files: Files, now: number): Promise<ParsedPair | undefined> {
  const [certificate, key] = await Promise.all([textOf(join(home, files.certificate)), textOf(join(home, files.key))]);
  if (certificate === undefined || key === undefined) return undefined;
  try {
    const parsed = new X509Certificate(certificate);
    const current = Date.parse(parsed.validFrom) <= now && Date.parse(parsed.validTo) - now > RENEW_DAYS * DAY;
    if (!current || !parsed.checkPrivateKey(createPrivateKey(key))) return undefined;
    await restrictToOwner(join(home, files.key));
    return { certificate, key, parsed };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return undefined; // malformed files are replaced
  }
}

/** Replaces each file atomically, for readers without the lock; a reader that sees a mismatched pair takes the lock. */
async function writePair(home: string, files: Files, { certificate, key }: CertifiedKey): Promise<void> {
  await replace(join(home, files.key), key, 0o600);
  await replace(join(home, files.certificate), certificate, 0o644);
}

async function replace(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.new`;
  await writeFile(temporary, text, { mode });
  await chmod(temporary, mode); // the file may be left over from a process that died, and the umask may have restricted the mode
  await rename(temporary, file);
}

async function restrictToOwner(file: string): Promise<void> {
  if (process.platform === 'win32') return; // no permission bits
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
