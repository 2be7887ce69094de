import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileErrorReason } from '../../contract/file-error.js';
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
/** Addresses to listen on that no client connects to. */
const ALL_INTERFACES: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
/** An authority that lasts longer was created without name constraints; it is replaced. */
const MAX_AUTHORITY_DAYS = 367;

export interface CertificateOptions {
  /** The host names and addresses of the server, in addition to the loopback names. */
  readonly hosts: readonly string[];
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
 * The certificate of this machine and its authority, created on first use and stored below `folder`. Valid files are
 * used as they are, by any number of processes at a time; one of these processes replaces the others. Only the owner can
 * read them.
 *
 * An authority may sign only for the loopback names and the given hosts, so each set of hosts has its own authority.
 *
 * @throws TenantError if the folder cannot be read or written
 */
export async function localCertificate(folder: string, options: CertificateOptions): Promise<LocalCertificate> {
  const names = [...new Set([...LOCAL_NAMES, ...options.hosts.filter((host) => !ALL_INTERFACES.has(host))])];
  const home = resolve(folder, ...subfolders(names));
  const request = { ...options, names };
  try {
    const { server } = await readStored(home, request);
    const { certificate: cert, key } = server ?? (await createMissing(home, request));
    return { tls: { cert, key }, authority: join(home, AUTHORITY.certificate) };
  } catch (error) {
    throw new TenantError(
      'TENANT_CERTIFICATE',
      `cannot store a certificate in ${home}: ${fileErrorReason(error)}; set ROLECALL_HOME to another folder`,
      { cause: error },
    );
  }
}

/** `tls`, or `tls/host-tenant.test` for a certificate with other names than the loopback ones. */
function subfolders(names: readonly string[]): readonly string[] {
  const others = names.filter((name) => !LOCAL_NAMES.includes(name)).sort();
  // Colons of IPv6 addresses are not allowed in file names everywhere.
  return others.length === 0 ? ['tls'] : ['tls', `host-${encodeURIComponent(others.join('+'))}`];
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
  /** The hosts and the loopback names. */
  readonly names: readonly string[];
}

/** Creates what is missing or invalid. Another process may have done so while this one waited for the lock. */
async function createMissing(home: string, request: CertificateRequest): Promise<CertifiedKey> {
  const { names, now, staleAfter } = request;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const create = async (): Promise<CertifiedKey> => {
    const { newAuthority, newServer } = await import('./new-certificate.js');
    const stored = await readStored(home, request);
    if (stored.server !== undefined) return stored.server;
    const authority = stored.authority ?? (await newAuthority(names, now));
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
  await restrictToOwner(home, 0o700);
  const authority = await readPair(home, AUTHORITY, now);
  if (authority === undefined || !isConstrainedAuthority(authority.parsed)) return {};
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
    await restrictToOwner(join(home, files.key), 0o600);
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

/** Removes the permissions of others on a file or folder, if it exists. */
async function restrictToOwner(path: string, mode: number): Promise<void> {
  if (process.platform === 'win32') return; // no permission bits
  const found = await stat(path).catch(ignoreAbsence);
  if (found !== undefined && (found.mode & 0o077) !== 0) await chmod(path, mode);
}

function isConstrainedAuthority(certificate: X509Certificate): boolean {
  const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY;
  return certificate.ca && signedBy(certificate, certificate) && days <= MAX_AUTHORITY_DAYS;
}

function covers(certificate: X509Certificate, names: readonly string[]): boolean {
  return names.every(
    (name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined,
  );
}

function signedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(ignoreAbsence);
}

function ignoreAbsence(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
