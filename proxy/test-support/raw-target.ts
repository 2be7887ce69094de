import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { PassedExchange } from '../pass/passed-exchange.js';
import { createProxyServer } from '../pass/proxy-server.js';

/** A TCP server on a free port, which a test scripts byte by byte. */
export async function rawTarget(serve: (socket: Socket) => void): Promise<{ port: number; close(): void }> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** A proxy in front of a port, with what it has seen. */
export async function proxyTo(port: number, largestBody = 1024 * 1024) {
  const exchanges: PassedExchange[] = [];
  const seen = { exchanges, opaque: 0, unreachable: 0 };
  const server = createProxyServer({
    target: new URL(`http://127.0.0.1:${port}`),
    largestBody,
    now: () => Date.now(),
    onExchange: (exchange) => exchanges.push(exchange),
    onOpaque: () => {
      seen.opaque += 1;
    },
    onUnreachable: () => {
      seen.unreachable += 1;
    },
  });
  return { port: await server.listen(0, '127.0.0.1'), seen, close: () => server.close() };
}

/** Sends bytes and reads until `enough` bytes have come, or the connection ends. */
export function talk(port: number, pieces: readonly Buffer[], enough = Number.POSITIVE_INFINITY): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const finish = () => {
      socket.destroy();
      resolve(received);
    };
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= enough) finish();
    });
    socket.on('end', finish);
    socket.on('error', reject);
    for (const piece of pieces) socket.write(piece);
  });
}

/** Waits until it holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
