import { createPrivateKey, X509Certificate } from 'node:crypto';
import { TenantError } from '../errors.js';
import type { TlsOptions } from './tls.js';

/** The message for an address, by the error code of the system. */
const ADDRESS_ERRORS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `port ${port} on ${host} is in use; choose another --port, or omit it to use a free one`,
  EACCES: (host, port) => `no permission to listen on port ${port} of ${host}; choose a --port above 1023`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine; pass a local one with --host`,
  ENOTFOUND: (host) => `unknown host "${host}"; check --host`,
};

/** The error for a failure to listen. */
export function addressError(error: NodeJS.ErrnoException, host: string, port: number): TenantError {
  const message =
    ADDRESS_ERRORS[error.code ?? '']?.(host, port) ?? `cannot listen on ${host}, port ${port}: ${error.message}`;
  return new TenantError('TENANT_ADDRESS', message, { cause: error });
}

/** A server bound to all interfaces is also reachable on loopback. */
const ANY: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The URL of a server that listens on this host and port. */
export function urlAt(host: string, port: number, secure: boolean): string {
  const reachable = ANY[host] ?? host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return `${secure ? 'https' : 'http'}://${name}:${port}`;
}

/** @throws TenantError on an empty host or a port out of range */
export function checkAddress(host: string, port: number): void {
  // For an empty host, as from an unset variable, the system would listen on all interfaces.
  if (host.trim() === '')
    throw new TenantError(
      'TENANT_ADDRESS',
      'the host is empty; expected an address such as 127.0.0.1, or 0.0.0.0 for all interfaces',
    );
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TenantError('TENANT_ADDRESS', `invalid port "${port}"; expected an integer from 0 to 65535`);
}

/** @throws TenantError if the certificate or the key is not valid PEM, or they do not match */
export function secureOptionsOf({ cert, key }: TlsOptions): TlsOptions {
  const certificate = readPem('certificate (tls.cert)', cert, (pem) => new X509Certificate(pem));
  const privateKey = readPem('private key (tls.key)', key, (pem) => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(privateKey))
    throw new TenantError(
      'TENANT_CERTIFICATE',
      'the private key (tls.key) does not match the certificate (tls.cert); pass a matching pair',
    );
  return { cert, key };
}

function readPem<Value>(what: string, pem: string, read: (pem: string) => Value): Value {
  try {
    return read(pem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TenantError('TENANT_CERTIFICATE', `cannot read the ${what}: ${reason}; expected PEM`, {
      cause: error,
    });
  }
}
