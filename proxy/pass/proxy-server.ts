import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { CopyBudget } from './body-copy.js';
import { type ConnectionOptions, passConnection } from './connection.js';
import { targetAddress } from './target-address.js';

/** All copies of bodies on their way together, in bytes. */
const MOST_COPIED = 128 * 1024 * 1024;

export interface ProxyServerOptions
  extends Pick<ConnectionOptions, 'largestBody' | 'onExchange' | 'onOpaque' | 'onUnreachable'> {
  /** Where requests go: http or https. */
  readonly target: URL;
  /** Serves HTTPS with this certificate and key, in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface ProxyServer {
  /** @returns the port it got @throws the system's error */
  listen(port: number, host: string): Promise<number>;
  /** Takes no new connections, and ends those that are open. */
  close(): Promise<void>;
}

/**
 * A server that passes every request to the target and every answer back, byte for byte but for the `Host` header, and
 * hands out a copy of each exchange once it has passed.
 */
export function createProxyServer({ target: url, tls, ...options }: ProxyServerOptions): ProxyServer {
  const target = targetAddress(url);
  const budget: CopyBudget = { left: MOST_COPIED };
  const open = new Set<Socket>();
  const take = (client: Socket): void => {
    open.add(client);
    client.once('close', () => open.delete(client));
    passConnection(client, { ...options, target, budget });
  };
  const server: Server =
    tls === undefined
      ? createServer({ allowHalfOpen: true }, take)
      : createTlsServer({ ...tls, allowHalfOpen: true, ALPNProtocols: ['http/1.1'] }, take);
  // Clients that do not trust the certificate, or do not speak TLS.
  server.on('tlsClientError', (_, socket: Socket) => socket.destroy());
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of open) client.destroy();
      }),
  };
}
