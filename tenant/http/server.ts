import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { PlainRequest, PlainResponse } from '../exchange.js';
import { MAX_BODY } from '../exchange.js';
import { addressError, checkAddress, secureOptionsOf, urlAt } from './address.js';
import type { TlsOptions } from './tls.js';

export interface ListenOptions {
  /** 0, or none, takes any that is free. */
  readonly port?: number | undefined;
  /** Loopback unless given. */
  readonly host?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Told of an error that no request should be able to cause; writes it to stderr unless given. */
  readonly onDefect?: ((defect: unknown) => void) | undefined;
}

export interface Listening {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** Answers what is under way, then ends every connection. */
  close(): Promise<void>;
}

type Handle = (request: PlainRequest) => PlainResponse | Promise<PlainResponse>;

/** How long requests under way may take when the server closes, in milliseconds. */
const GRACE = 500;

/** How long a client may go on sending a body that nobody reads before the connection ends, in milliseconds. */
const LINGER = 2000;

/**
 * Serves by node:http, with nothing in between.
 *
 * @throws TenantError where the address cannot be listened at, or the certificate and its key are none
 */
export async function serve(handle: Handle, options: ListenOptions): Promise<Listening> {
  const { port = 0, host = '127.0.0.1', tls, onDefect = writeDefect } = options;
  const listener: RequestListener = (incoming, outgoing) => {
    exchange({ handle, onDefect }, incoming, outgoing);
  };
  checkAddress(host, port);
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(secureOptionsOf(tls), listener);
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
        }, GRACE).unref();
      }),
  };
}

/** All that are open: the server itself does not count those that are in the middle of a TLS handshake. */
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
}

function exchange(service: Service, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (isBodiless(incoming) && !hasBody(incoming)) {
    answer(service, incoming, outgoing, '');
    return;
  }
  bodyOf(incoming).then(
    (body) => answer(service, incoming, outgoing, body),
    // The client went away in the middle of its request: nobody is left to answer.
    () => incoming.destroy(),
  );
}

/** @param body nothing where it is too long and was left unread */
function answer(
  { handle, onDefect }: Service,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: string | undefined,
): void {
  const respond = (response: PlainResponse): void => {
    if (body === undefined) writeLast(incoming, outgoing, response);
    else write(outgoing, response);
  };
  const fail = (defect: unknown): void => {
    onDefect(defect);
    if (outgoing.headersSent) outgoing.destroy();
    else respond(DEFECT);
  };
  try {
    const response = handle(requestOf(incoming, body));
    if (!(response instanceof Promise)) respond(response);
    else response.then(respond).catch(fail);
  } catch (defect) {
    fail(defect);
  }
}

function write(outgoing: ServerResponse, response: PlainResponse): void {
  outgoing.writeHead(response.status, headersOf(response));
  outgoing.end(response.body);
}

/** Names and values in turn, as node takes them at once. */
function headersOf({ status, headers, body }: PlainResponse): string[] {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? '');
  const measured = status === 204 || status === 304 || 'content-length' in headers;
  if (!measured) flat.push('content-length', String(Buffer.byteLength(body)));
  return flat;
}

/**
 * Answers who is still sending, and lets the client finish for a while: where a connection ends before all that came by
 * it was taken, the system discards what was sent the other way, and the client never reads the answer.
 */
function writeLast(incoming: IncomingMessage, outgoing: ServerResponse, response: PlainResponse): void {
  outgoing.writeHead(response.status, [...headersOf(response), 'connection', 'close']);
  outgoing.flushHeaders();
  if (response.body !== '') outgoing.write(response.body);
  if (incoming.readableEnded) {
    outgoing.end();
    return;
  }
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), LINGER);
  timer.unref();
  incoming.once('end', () => outgoing.end());
  incoming.once('close', () => clearTimeout(timer));
}

/** All that a caller learns of a defect. */
const DEFECT: PlainResponse = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"statusCode":500}',
};

/** Tells who runs the tenant. */
export function writeDefect(defect: unknown): void {
  process.stderr.write(`The tenant has a defect: ${defect instanceof Error ? defect.stack : String(defect)}\n`);
}

function requestOf(incoming: IncomingMessage, body: string | undefined): PlainRequest {
  const { path, query } = splitTarget(incoming.url ?? '/');
  const headers = incoming.headers as Readonly<Record<string, string | undefined>>; // lists occur for set-cookie alone
  const method = incoming.method ?? 'GET';
  if (isBodiless(incoming)) return { method, path, query, headers, body: '' };
  if (body === undefined) return { method, path, query, headers, body: '', tooLarge: true };
  return { method, path, query, headers, body };
}

/** Path and query of a request's target, with dot segments resolved as URLs have them. */
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

/** A body of these means nothing (RFC 9110, section 9.3.1), and is not looked at. */
function isBodiless({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

function isTooLong(incoming: IncomingMessage): boolean {
  return Number(incoming.headers['content-length'] ?? 0) > MAX_BODY;
}

/** Nothing where it is too long. */
function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  if (isTooLong(incoming)) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_BODY) {
        incoming.removeAllListeners('data');
        resolve(undefined);
      } else chunks.push(chunk);
    });
    incoming.once('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString()));
    incoming.once('error', reject);
    incoming.once('close', () => reject(new Error('The connection ended in the middle of a request.')));
  });
}
