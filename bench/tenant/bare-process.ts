/** A process of its own that answers every request by the same bytes, with nothing but node:http. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the parent sends: the answer. */
export interface Bytes {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

process.once('message', ({ status, headers, body }: Bytes) => {
  const server = createServer((_, outgoing) => {
    outgoing.writeHead(status, headers);
    outgoing.end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // it listens at a port
    process.send?.({ url: `http://127.0.0.1:${port}` });
  });
});
