import { connect } from 'node:net';
import { median, percentile } from '../measure/statistics.js';

/** A request that is sent again and again. */
export interface Shot {
  /** Of a server on loopback: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly path: string;
  /** Sent by turns in place of `path`. */
  readonly paths?: readonly string[];
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
  const answered = (latency: number) => latencies.push(latency);
  const requests = requestsOf(shot);
  const begin = performance.now();
  const until = begin + milliseconds;
  await Promise.all(Array.from({ length: connections }, () => shootUntil({ shot, requests, until, status, answered })));
  const seconds = (performance.now() - begin) / 1000;
  return {
    requestsPerSecond: latencies.length / seconds,
    p50: median(latencies),
    p99: percentile(latencies, 0.99),
  };
}

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** The bytes of a request for each path. */
function requestsOf({ url, path, paths = [path], headers }: Shot): readonly Buffer[] {
  const lines = [`host: ${new URL(url).host}`, ...Object.entries(headers).map(([k, v]) => `${k}: ${v}`)];
  return paths.map((each) => Buffer.from(`GET ${each} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`));
}

interface Shooting {
  readonly shot: Shot;
  readonly requests: readonly Buffer[];
  readonly until: number;
  readonly status: number;
  readonly answered: (latency: number) => void;
}

function shootUntil({ shot, requests, until, status, answered }: Shooting): Promise<void> {
  const { url, path } = shot;
  const { hostname, port } = new URL(url);
  // Connections begin at different places, so that they do not ask for the same in the same moment.
  let turn = Math.floor(Math.random() * requests.length);
  const wanted = `HTTP/1.1 ${status} `;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let received: Buffer = Buffer.alloc(0);
    let sent = 0;
    const send = (): void => {
      sent = performance.now();
      socket.write(requests[turn] ?? '');
      turn = (turn + 1) % requests.length;
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
