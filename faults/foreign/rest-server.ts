import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, JsonObject } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { isObject } from '../../contract/pointer.js';

/** A request as a hand-written server sees it. */
export interface Call {
  readonly method: string;
  /** The segments of the path, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Undefined: none, or not JSON. */
  readonly body: Json | undefined;
}

export interface Reply {
  readonly status: number;
  readonly json?: Json;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handle = (call: Call) => Reply;

/** A server that knows nothing of this project: it is written by hand, with one fault or none. */
export async function listenWith(handle: Handle): Promise<{ readonly url: URL; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void respond(incoming, outgoing, handle);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this type.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: new URL(`http://127.0.0.1:${port}`), close };
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, handle: Handle): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = incoming;
  const [path = '', query = ''] = url.split('?');
  const call = {
    method: method === 'HEAD' ? 'GET' : method,
    path: path
      .split('/')
      .slice(1)
      .map((segment) => decodeSegment(segment) ?? segment),
    query: new URLSearchParams(query),
    headers,
    body: parsed(Buffer.concat(chunks).toString()),
  };
  const { status, json, type = 'application/json', headers: more = {} } = handle(call);
  const text = json === undefined ? '' : JSON.stringify(json);
  outgoing.writeHead(status, { ...more, ...(text === '' ? {} : { 'content-type': type }) });
  outgoing.end(method === 'HEAD' ? undefined : text);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // what it returns is JSON
  } catch {
    return undefined;
  }
}

/** Whether a body is an object whose properties have these types; `?` at the end of a name: it may be missing. */
export function hasTypes(body: Json | undefined, types: Readonly<Record<string, string>>): body is JsonObject {
  if (!isObject(body)) return false;
  return Object.entries(types).every(([name, type]) => {
    const value = body[name.replace('?', '')];
    if (value === undefined) return name.endsWith('?');
    if (type === 'integer') return Number.isInteger(value);
    return type === 'array' ? Array.isArray(value) : typeof value === type;
  });
}
