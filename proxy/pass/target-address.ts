import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { HeadChanges } from './head.js';

/** Where requests go. */
export interface TargetAddress extends HeadChanges {
  /** Without a slash at the end. */
  readonly url: string;
  /** Opens a connection, which may still be half-open when the other side has closed. */
  connect(): Socket;
  /** What the socket emits once bytes can pass: for TLS, the certificate is trusted. */
  readonly connected: 'connect' | 'secureConnect';
}

export function targetAddress(url: URL): TargetAddress {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const basePath = url.pathname.replace(/\/+$/, '');
  const address = { host, port, allowHalfOpen: true };
  return {
    url: url.origin + basePath,
    host: url.host,
    basePath,
    connected: isSecure ? 'secureConnect' : 'connect',
    // Only HTTP/1.1 can be read while it passes; without ALPN, servers speak it too.
    connect: () =>
      isSecure
        ? connectTls({ ...address, servername: serverName(host), ALPNProtocols: ['http/1.1'] })
        : connectTcp(address),
  };
}

/** TLS has no server names that are addresses (RFC 6066, section 3). */
function serverName(host: string): string {
  return /^[\d.]+$|:/.test(host) ? '' : host;
}
