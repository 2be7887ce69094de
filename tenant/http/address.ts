import { createPrivateKey, X509Certificate } from 'node:crypto';
import { TenantError } from '../errors.js';
import type { TlsOptions } from './tls.js';

/** What is wrong with an address, and what to do, by the code of the system's error. */
const ADDRESS_ERRORS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} at ${host} is taken; choose another with --port, or leave it out for a free one.`,
  EACCES: (host, port) =>
    `Port ${port} at ${host} needs rights that this process does not have; choose one above 1023.`,
  EADDRNOTAVAIL: (host) => `The address ${host} is none of this machine's; choose one that is with --host.`,
  ENOTFOUND: (host) => `There is no host "${host}"; check --host.`,
};

/** What the system says against listening there, for people. */
export function addressError(error: NodeJS.ErrnoException, host: string, port: number): TenantError {
  const message =
    ADDRESS_ERRORS[error.code ?? '']?.(host, port) ?? `Cannot listen at ${host}, port ${port}: ${error.message}.`;
  return new TenantError('TENANT_ADDRESS', message, { cause: error });
}

/** Who listens everywhere is reached at loopback too. */
const ANY: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where a server is reached that listens there. */
export function urlAt(host: string, port: number, secure: boolean): string {
  const reached = ANY[host] ?? host;
  const name = reached.includes(':') ? `[${reached}]` : reached;
  return `${secure ? 'https' : 'http'}://${name}:${port}`;
}

/** @throws TenantError where no system would listen there */
export function checkAddress(host: string, port: number): void {
  // The system takes an empty host for all of them: too much to open by a variable that was not set.
  if (host.trim() === '')
    throw new TenantError(
      'TENANT_ADDRESS',
      'The host is empty; name the address to listen at, such as 127.0.0.1, or 0.0.0.0 for all that there are.',
    );
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TenantError('TENANT_ADDRESS', `The port is ${port}; expected an integer from 0 to 65535.`);
}

/** @throws TenantError where the certificate or the key cannot be read, or they do not belong together */
export function secureOptionsOf({ cert, key }: TlsOptions): TlsOptions {
  const certificate = readPem('certificate (tls.cert)', cert, (pem) => new X509Certificate(pem));
  const privateKey = readPem('private key (tls.key)', key, (pem) => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(privateKey))
    throw new TenantError(
      'TENANT_CERTIFICATE',
      'The key (tls.key) is not that of the certificate (tls.cert); give the two that were made together.',
    );
  return { cert, key };
}

function readPem<Value>(what: string, pem: string, read: (pem: string) => Value): Value {
  try {
    return read(pem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantError('TENANT_CERTIFICATE', `The ${what} cannot be read: ${reason}; expected PEM.`, {
      cause: error,
    });
  }
}
