import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Handle, Pages, PlainRequest, PlainResponse } from '../exchange.js';
import { MAX_BODY } from '../exchange.js';
import { isControlPath } from '../health.js';
import { addressError, checkAddress, secureOptionsOf, urlAt } from './address.js';
import { AnswerQueue } from './answer-queue.js';
import { isLoopback } from './loopback.js';
import type { TlsOptions } from './tls.js';

/** Where a tenant listens, and how. */
export interface ListenOptions {
  /** Default: 0, a free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Pages in front of the API. Default: none. */
  readonly pages?: Pages | undefined;
  /** Called with an error that no request should be able to cause. Default: write it to stderr. */
  readonly onDefect?: ((defect: unknown) => void) | undefined;
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:4000`, without a trailing slash. */
  readonly url: string;
  /** Finishes requests in progress, then closes every connection. */
  close(): Promise<void>;
}

/** In milliseconds. */
export interface ServerTimeouts {
  /** How long requests in progress may take after `close`. */
  readonly close: number;
  /** How long a client may continue to send a body that is discarded. */
  readonly discard: number;
}

const TIMEOUTS: ServerTimeouts = { close: 500, discard: 2000 };

/**
 * How long a connection without requests stays open, in milliseconds. Node's 5 seconds end while a test still works with
 * the last answer: its next request goes out just as the connection closes, and fails.
 */
const IDLE_MS = 60_000;

/**
 * Serves with node:http or node:https.
 *
 * @throws TenantError if it cannot listen there, or on an invalid certificate or key
 */
export async function serve(
  handle: Handle,
  options: ListenOptions,
  timeouts: ServerTimeouts = TIMEOUTS,
): Promise<Listening> {
  const { port = 0, host = '127.0.0.1', tls, onDefect = writeDefect } = options;
  const service = { handle, onDefect, timeouts, answers: new AnswerQueue() };
  const listener: RequestListener = (incoming, outgoing) => exchange(service, incoming, outgoing);
  checkAddress(host, port);
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(secureOptionsOf(tls), listener);
  server.keepAliveTimeout = IDLE_MS;
  const sockets = socketsOf(server);
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!isTooLong(incoming)) outgoing.writeContinue();
    listener(incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(addressError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // it listens at a port
  return {
    url: urlAt(host, address.port, tls !== undefined),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, timeouts.close).unref();
      }),
  };
}

/** The open sockets, including those in a TLS handshake, which the server does not track. */
function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

interface Service {
  readonly handle: Handle;
  readonly onDefect: (defect: unknown) => void;
  readonly timeouts: ServerTimeouts;
  readonly answers: AnswerQueue;
}

/** A request that is being answered. */
interface Exchange {
  readonly service: Service;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Undefined if it is too long, and unread. */
  readonly body: string | undefined;
}

function exchange(service: Service, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (isBodiless(incoming) && !hasBody(incoming)) {
    answer({ service, incoming, outgoing, body: '' });
    return;
  }
  bodyOf(incoming).then(
    (body) => answer({ service, incoming, outgoing, body }),
    // The client disconnected during the request.
    () => incoming.destroy(),
  );
}

function answer(current: Exchange): void {
  const { service, incoming, body } = current;
  try {
    const response = service.handle(requestOf(incoming, body));
    if (!(response instanceof Promise)) enqueue(current, response);
    else
      response.then(
        (ready) => enqueue(current, ready),
        (defect: unknown) => fail(current, defect),
      );
  } catch (defect) {
    fail(current, defect);
  }
}

function enqueue(current: Exchange, response: PlainResponse): void {
  current.service.answers.add(() => {
    try {
      respond(current, response);
    } catch (defect) {
      fail(current, defect);
    }
  });
}

function respond({ service, incoming, outgoing, body }: Exchange, response: PlainResponse): void {
  if (response.isReset === true) incoming.socket.destroy();
  else if (body === undefined) respondAndClose(incoming, outgoing, response, service.timeouts.discard);
  else write(outgoing, response);
}

function fail(current: Exchange, defect: unknown): void {
  current.service.onDefect(defect);
  if (current.outgoing.headersSent) current.outgoing.destroy();
  else respond(current, DEFECT);
}

function write(outgoing: ServerResponse, response: PlainResponse): void {
  const { status, body } = response;
  const length = Buffer.byteLength(body);
  outgoing.writeHead(status, headersOf(response, length));
  // Text of ASCII characters alone has the same bytes in both encodings, and Node writes Latin-1 faster.
  outgoing.end(body, length === body.length ? 'latin1' : 'utf8');
}

/** Names and values in turn, the fastest form for node:http. */
function headersOf({ status, headers }: PlainResponse, length: number): string[] {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? '');
  const measured = status === 204 || status === 304 || 'content-length' in headers;
  if (!measured) flat.push('content-length', String(length));
  return flat;
}

/**
 * Let the client finish uploading before closing: closing with unread data makes the kernel send RST and drop our
 * response.
 */
function respondAndClose(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: PlainResponse,
  discardTimeout: number,
): void {
  outgoing.writeHead(response.status, [
    ...headersOf(response, Buffer.byteLength(response.body)),
    'connection',
    'close',
  ]);
  outgoing.flushHeaders();
  if (response.body !== '') outgoing.write(response.body);
  if (incoming.readableEnded) {
    outgoing.end();
    return;
  }
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), discardTimeout);
  timer.unref();
  incoming.once('end', () => outgoing.end());
  incoming.once('close', () => clearTimeout(timer));
}

/** The answer to a request that causes a defect. */
const DEFECT: PlainResponse = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"statusCode":500}',
};

/** Writes a defect to stderr. */
export function writeDefect(defect: unknown): void {
  process.stderr.write(`defect in the tenant: ${defect instanceof Error ? defect.stack : String(defect)}\n`);
}

function requestOf(incoming: IncomingMessage, body: string | undefined): PlainRequest {
  const { path, query } = splitTarget(incoming.url ?? '/');
  const headers = incoming.headers as Readonly<Record<string, string | undefined>>; // only set-cookie has a list
  const method = incoming.method ?? 'GET';
  const request: PlainRequest = { method, path, query, headers, body: isBodiless(incoming) ? '' : (body ?? '') };
  if (isControlPath(path)) return { ...request, isRemote: !isLoopback(incoming.socket.remoteAddress) };
  return body === undefined && !isBodiless(incoming) ? { ...request, tooLarge: true } : request;
}

/** Path and query of a request target, with dot segments resolved as in URLs. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  if (target.startsWith('/') && !/\/\.|%2e|#|\\/i.test(target)) {
    const at = target.indexOf('?');
    return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
  }
  try {
    const { pathname, search } = new URL(target.startsWith('/') ? `http://tenant${target}` : target);
    return { path: pathname, query: search.slice(1) };
  } catch {
    return { path: target, query: '' };
  }
}

/** These methods ignore a body (RFC 9110, section 9.3.1). */
function isBodiless({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

function isTooLong(incoming: IncomingMessage): boolean {
  return Number(incoming.headers['content-length'] ?? 0) > maxBodyOf(incoming);
}

/** A whole state may be sent to the control API from this machine. */
function maxBodyOf({ url = '', socket }: IncomingMessage): number {
  return isControlPath(url) && isLoopback(socket.remoteAddress) ? MAX_CONTROL_BODY : MAX_BODY;
}

/** 256 MiB: a million users. */
const MAX_CONTROL_BODY = 268_435_456;

/** Undefined if it is too long. */
function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  if (isTooLong(incoming)) return Promise.resolve(undefined);
  const max = maxBodyOf(incoming);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > max) {
        incoming.removeAllListeners('data');
        resolve(undefined);
      } else chunks.push(chunk);
    });
    incoming.once('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString()));
    incoming.once('error', reject);
    incoming.once('close', () => reject(new Error('connection closed during the request')));
  });
}
