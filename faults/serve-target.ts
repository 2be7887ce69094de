import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../conformance/target/target.js';

/** A target that other tools reach over HTTP. */
export interface ServedTarget {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a target on loopback. @param port - 0: a free one */
export async function serveTarget(target: Target, port = 0): Promise<ServedTarget> {
  const server = createServer((request, response) => {
    const answering = bodyOf(request).then(async (body) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([header, value]) => [header, String(value ?? '')]),
      );
      const { method = 'GET', url = '/' } = request;
      const sent = { method, path: url, headers, ...(body === '' ? {} : { body }) };
      const answer = await target.send(sent, { timeoutMs: 10_000 });
      response.writeHead(answer.status, { ...answer.headers });
      response.end(method === 'HEAD' || answer.text === '' ? undefined : answer.text);
    });
    // A tool that goes away, or a request that the target cannot take.
    answering.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
