import { connect } from 'node:net';
import { median, percentile } from '../measure/statistics.js';

/** A request that is sent again and again. */
export interface Shot {
  /** Of a server on loopback: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Load {
  readonly requestsPerSecond: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Sends GETs over connections that are kept open, one request at a time on each, and counts the answers. It speaks
 * HTTP/1.1 by itself, so that on two cores the server is what limits, not the client.
 *
 * @throws where a connection fails or an answer is not the status that is wanted
 */
export async function load(
  shot: Shot,
  options: { readonly connections: number; readonly milliseconds: number; readonly status?: number },
): Promise<Load> {
  const { connections, milliseconds, status = 200 } = options;
  const latencies: number[] = [];
  const begin = performance.now();
  const until = begin + milliseconds;
  await Promise.all(
    Array.from({ length: connections }, () => shootUntil(shot, until, status, (latency) => latencies.push(latency))),
  );
  const seconds = (performance.now() - begin) / 1000;
  return {
    requestsPerSecond: latencies.length / seconds,
    p50: median(latencies),
    p99: percentile(latencies, 0.99),
  };
}

const BLANK_LINE = Buffer.from('\r\n\r\n');

function shootUntil(
  { url, path, headers }: Shot,
  until: number,
  status: number,
  answered: (latency: number) => void,
): Promise<void> {
  const { hostname, port, host } = new URL(url);
  const lines = [`GET ${path} HTTP/1.1`, `host: ${host}`, ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`)];
  const request = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const wanted = `HTTP/1.1 ${status} `;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let received: Buffer = Buffer.alloc(0);
    let sent = 0;
    const send = (): void => {
      sent = performance.now();
      socket.write(request);
    };
    socket.once('connect', send);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf(BLANK_LINE);
      if (headEnd < 0) return;
      const head = received.toString('latin1', 0, headEnd);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (!head.startsWith(wanted) || length === undefined) {
        socket.destroy(new Error(`GET ${path} at ${url}: expected ${status} with a length, received ${head}`));
        return;
      }
      if (received.length < headEnd + BLANK_LINE.length + Number(length)) return;
      received = received.subarray(headEnd + BLANK_LINE.length + Number(length));
      const now = performance.now();
      answered(now - sent);
      if (now < until) send();
      else socket.end();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}
