import 'reflect-metadata';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JsonGeneralName } from '@peculiar/x509';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { TenantError } from './errors.js';
import type { TlsOptions } from './server.js';

/** A certificate for this machine, and the file of the authority that vouches for it. */
export interface LocalCertificate {
  readonly tls: TlsOptions;
  /** Absolute; what clients have to trust. */
  readonly authority: string;
}

const DAY = 86_400_000;
/** Clients refuse certificates for servers that last longer. */
const SERVER_DAYS = 397;
const AUTHORITY_DAYS = 3650;
/** A certificate is made anew when less than this is left of it. */
const RENEW_DAYS = 14;
const NAMES = ['localhost', '127.0.0.1', '::1'];

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * The certificate of this machine, made when it is asked for the first time and kept in `folder` from then on, with
 * the authority that signs it. Private keys are readable by their owner alone.
 *
 * @throws TenantError where the folder cannot be read or written
 */
export async function localCertificate(folder: string, host: string, now: number): Promise<LocalCertificate> {
  const file = (name: string): string => join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    const authority = (await kept(file('ca.pem'), file('ca-key.pem'), now)) ?? (await newAuthority(now));
    await keep(file('ca.pem'), file('ca-key.pem'), authority);
    const names = [...new Set([...NAMES, host])];
    const known = await kept(file('cert.pem'), file('key.pem'), now);
    const fits =
      known !== undefined &&
      covers(known.certificate, names) &&
      (await signedBy(known.certificate, authority.certificate));
    const server = fits ? known : await newServer(authority, names, now);
    await keep(file('cert.pem'), file('key.pem'), server);
    return { tls: { cert: server.certificate.toString('pem'), key: server.key }, authority: file('ca.pem') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantError(
      'TENANT_CERTIFICATE',
      `Cannot keep a certificate in ${folder}: ${reason}; name another folder by ROLECALL_HOME.`,
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

interface Pair {
  readonly certificate: X509Certificate;
  /** PKCS #8, PEM. */
  readonly key: string;
}

/** Nothing where there is none, or none that lasts. */
async function kept(certificateFile: string, keyFile: string, now: number): Promise<Pair | undefined> {
  const [pem, key] = await Promise.all([textOf(certificateFile), textOf(keyFile)]);
  if (pem === undefined || key === undefined) return undefined;
  try {
    const certificate = new X509Certificate(pem);
    return certificate.notAfter.getTime() - now > RENEW_DAYS * DAY ? { certificate, key } : undefined;
  } catch {
    return undefined; // What cannot be read is made anew.
  }
}

async function keep(certificateFile: string, keyFile: string, { certificate, key }: Pair): Promise<void> {
  await writeFile(certificateFile, certificate.toString('pem'));
  await writeFile(keyFile, key, { mode: 0o600 });
  await chmod(keyFile, 0o600);
}

async function newAuthority(now: number): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Rolecall local authority',
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + AUTHORITY_DAYS * DAY),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      ],
    },
    crypto,
  );
  return { certificate, key: await pemOf(keys.privateKey) };
}

async function newServer(authority: Pair, names: readonly string[], now: number): Promise<Pair> {
  const keys = await newKeys();
  const der = PemConverter.decodeFirst(authority.key);
  const signingKey = await crypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  const certificate = await X509CertificateGenerator.create(
    {
      subject: 'CN=Rolecall tenant',
      issuer: authority.certificate.subject,
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + SERVER_DAYS * DAY),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          names.map((value): JsonGeneralName => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
        ),
      ],
    },
    crypto,
  );
  return { certificate, key: await pemOf(keys.privateKey) };
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function covers(certificate: X509Certificate, names: readonly string[]): boolean {
  const covered = new Set(
    certificate.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value),
  );
  return names.every((name) => covered.has(name));
}

function signedBy(certificate: X509Certificate, authority: X509Certificate): Promise<boolean> {
  return certificate.verify({ publicKey: authority.publicKey, signatureOnly: true }, crypto);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
