import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileErrorReason } from '../../contract/file-error.js';
import { TenantError } from '../errors.js';
import { javaTrustStore, STORE_PASSWORD } from './java-trust-store.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The files that make clients trust the tenant. */
export interface TrustFiles {
  /** The certificate of the tenant's authority. */
  readonly ca: string;
  /** The system's authorities and the tenant's, for clients whose setting replaces those of the system. */
  readonly bundle: string;
  /** The authorities of the bundle in Java's format. */
  readonly javaStore: string;
}

/** Where systems keep their authorities: Debian, Fedora, macOS and Alpine, openSUSE. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
];

/**
 * Writes the bundle, and Java's form of it, next to the authority's certificate.
 *
 * @throws TenantError if a file that the environment names cannot be read, or the files cannot be written
 */
export async function writeTrustFiles(ca: string, environment: Environment): Promise<TrustFiles> {
  const [bundle, javaStore] = [join(dirname(ca), 'bundle.pem'), join(dirname(ca), 'bundle.jks')];
  try {
    const text = await bundleText(ca, environment);
    await replaceFile(bundle, text);
    await replaceFile(javaStore, javaTrustStore(text, Date.now()));
    return { ca, bundle, javaStore };
  } catch (cause) {
    if (cause instanceof TenantError) throw cause;
    const reason = fileErrorReason(cause);
    throw new TenantError('TENANT_CERTIFICATE', `cannot write the certificate bundle ${bundle}: ${reason}`, { cause });
  }
}

async function replaceFile(file: string, content: string | Buffer): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, file); // atomic: other tenants may be reading it
}

async function bundleText(
  ca: string,
  { SSL_CERT_FILE: own, NODE_EXTRA_CA_CERTS: extra }: Environment,
): Promise<string> {
  const first = isSet(own) ? readNamed(own, 'SSL_CERT_FILE') : systemAuthorities();
  const added = isSet(extra) ? [readNamed(extra, 'NODE_EXTRA_CA_CERTS')] : [];
  const texts = await Promise.all([first, ...added, readFile(ca, 'utf8')]);
  return texts.map((text) => `${text.trim()}\n`).join('');
}

function readNamed(file: string, variable: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `cannot read ${file}: ${fileErrorReason(cause)}; correct or unset ${variable}`;
    throw new TenantError('TENANT_CERTIFICATE', message, { cause });
  });
}

async function systemAuthorities(): Promise<string> {
  for (const file of SYSTEM_BUNDLES) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return rootCertificates.join('\n');
}

/** The variables that make clients trust the tenant. */
export function trustVariables(files: TrustFiles, environment: Environment): Readonly<Record<string, string>> {
  const { ca, bundle } = files;
  return {
    // Adds to the authorities of Node, so it needs the bundle only to keep those of the caller.
    NODE_EXTRA_CA_CERTS: isSet(environment.NODE_EXTRA_CA_CERTS) ? bundle : ca,
    SSL_CERT_FILE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    CURL_CA_BUNDLE: bundle,
    JAVA_TOOL_OPTIONS: [environment.JAVA_TOOL_OPTIONS, javaOptions(files)].filter(isSet).join(' '),
  };
}

/** Quoted where the path needs it, as Java reads the variable. */
function javaOptions({ javaStore }: TrustFiles): string {
  const path = `-Djavax.net.ssl.trustStore=${javaStore}`;
  const type = '-Djavax.net.ssl.trustStoreType=jks';
  return `${/\s/.test(path) ? `'${path}'` : path} ${type} -Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`;
}

/** How to trust the tenant, as lines for a shell. Each kind of client reads another variable. */
export function trustInstructions(files: TrustFiles, quote: (text: string) => string): string {
  const { ca, bundle } = files;
  return `Clients must trust the certificate authority of the tenant:

  # Node
  export NODE_EXTRA_CA_CERTS=${quote(ca)}
  # Go, Ruby, .NET, and Python with httpx, aiohttp or urllib
  export SSL_CERT_FILE=${quote(bundle)}
  # Python with requests
  export REQUESTS_CA_BUNDLE=${quote(bundle)}
  # curl
  export CURL_CA_BUNDLE=${quote(bundle)}
  # Java
  export JAVA_TOOL_OPTIONS=${quote(javaOptions(files))}
`;
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
