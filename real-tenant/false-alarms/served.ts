import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { embeddedTarget } from '../../conformance/target/embedded.js';
import { httpTarget } from '../../conformance/target/http.js';
import type { Target } from '../../conformance/target/target.js';
import type { Circumstance } from './circumstance.js';
import { startNginx } from './nginx.js';

export interface ServedOptions {
  /** Each response ends its connection. */
  readonly closes?: boolean;
  /** Responses are compressed where the request allows it. */
  readonly gzip?: boolean;
  /** nginx stands before the server, with its gzip on. */
  readonly nginx?: boolean;
}

/** A tenant over HTTP on loopback, in real time. */
export function served(name: string, title: string, options: ServedOptions): Circumstance {
  return {
    name,
    title,
    async begin(contract) {
      const base = await embeddedTarget(contract);
      const server = await serve(base, options);
      const proxy = options.nginx === true ? await startNginx(server.port) : undefined;
      if (typeof proxy === 'string') {
        await server.close();
        return proxy;
      }
      const { audience, credentials, issue, sign, provision } = base;
      const url = new URL(`http://127.0.0.1:${proxy?.port ?? server.port}`);
      const over = httpTarget({ url, audience, credentials });
      const own = { ...(issue && { issue }), ...(sign && { sign }), ...(provision && { provision }) };
      return {
        target: { ...over, ...own },
        async end() {
          await proxy?.stop();
          await server.close();
        },
      };
    },
  };
}

interface Served {
  readonly port: number;
  close(): Promise<void>;
}

async function serve(base: Target, { closes = false, gzip = false }: ServedOptions): Promise<Served> {
  const server = createServer((request, response) => {
    const answering = bodyOf(request).then(async (body) => {
      const { method = 'GET', url = '/' } = request;
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([header, value]) => [header, String(value ?? '')]),
      );
      const sent = { method, path: url, headers, ...(body === '' ? {} : { body }) };
      const answer = await base.send(sent, { timeoutMs: 10_000 });
      const isCompressed = gzip && /\bgzip\b/.test(headers['accept-encoding'] ?? '') && answer.text !== '';
      response.writeHead(answer.status, {
        ...answer.headers,
        ...(closes ? { connection: 'close' } : {}),
        ...(gzip ? { vary: 'accept-encoding' } : {}),
        ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(answer.text === '' ? undefined : isCompressed ? gzipSync(answer.text) : answer.text);
    });
    answering.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    port,
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
