import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest, Target } from '../conformance/target/target.js';

/** A target that other tools reach over HTTP. */
export interface ServedTarget {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** What is sent for an answer. */
export interface WrittenAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface ServeOptions {
  /** Default: 0, a free one. */
  readonly port?: number;
  /** Writes an answer in another way, such as compressed. Default: as the target gives it. */
  readonly write?: (answer: TargetResponse, request: HttpRequest) => WrittenAnswer;
}

/** Serves a target on loopback. */
export async function serveTarget(
  target: Target,
  { port = 0, write = asIs }: ServeOptions = {},
): Promise<ServedTarget> {
  const server = createServer((request, response) => {
    const answering = bodyOf(request).then(async (body) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([header, value]) => [header, String(value ?? '')]),
      );
      const { method = 'GET', url = '/' } = request;
      const sent = { method, path: url, headers, ...(body === '' ? {} : { body }) };
      const answer = await target.send(sent, { timeoutMs: 10_000 });
      const { headers: written, body: content } = write(answer, sent);
      response.writeHead(answer.status, { ...written });
      response.end(method === 'HEAD' || content === '' ? undefined : content);
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

function asIs({ headers, text }: TargetResponse): WrittenAnswer {
  return { headers, body: text };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
