import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:tls';
import { connect, createServer } from 'node:tls';
import type { LocalCertificate } from '../http/certificate.js';

/** A server that uses this certificate. */
export async function serverWith({ cert, key }: LocalCertificate['tls']): Promise<Server> {
  const body = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok';
  const server = createServer({ cert, key }, (socket) => socket.once('data', () => socket.end(body)));
  server.on('tlsClientError', () => undefined); // clients that do not trust it
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Connects with a client that trusts only the authority; throws if it does not trust the certificate. */
export async function handshake({ tls, authority }: LocalCertificate, servername = 'localhost'): Promise<boolean> {
  const ca = await readFile(authority, 'utf8');
  const server = await serverWith(tls);
  const socket = connect({ port: (server.address() as AddressInfo).port, ca, servername }); // it listens
  await once(socket, 'secureConnect');
  socket.destroy();
  server.close();
  return socket.authorized;
}
