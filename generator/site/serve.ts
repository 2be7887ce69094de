import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';

/** The site on loopback, for `--watch`. */
export interface SiteServer {
  /** `http://127.0.0.1:4711/`. */
  readonly url: string;
  /** Reloads the pages that are open. */
  reload(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** Names that no page of the site has. */
const EVENTS = '/_rolecall/events';
const SCRIPT = '/_rolecall/reload.js';

const RELOAD = `new EventSource('${EVENTS}').addEventListener('message', () => location.reload());\n`;

/**
 * Serves a folder to this machine alone. Pages get a script that reloads them; the files on disk have none, so that they
 * are the same with and without `--watch`.
 */
export async function serveSite(folder: string): Promise<SiteServer> {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(folder, request, response, open).catch(() => response.writeHead(404).end('Not found.\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a server on a port has an address
  return {
    url: `http://127.0.0.1:${port}/`,
    reload: () => {
      for (const response of open) response.write('data: changed\n\n');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  folder: string,
  { method, url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  open: Set<ServerResponse>,
): Promise<void> {
  // Another name for this address would let a page from elsewhere read the site.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '')) {
    response.writeHead(403).end('Open the site as http://127.0.0.1.\n');
    return;
  }
  const { pathname } = new URL(url, 'http://127.0.0.1');
  if (method !== 'GET') response.writeHead(405, { allow: 'GET' }).end();
  else if (pathname === EVENTS) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    open.add(response);
    response.once('close', () => open.delete(response));
  } else if (pathname === SCRIPT) send(response, '.js', RELOAD);
  else await sendFile(folder, pathname, response);
}

async function sendFile(folder: string, pathname: string, response: ServerResponse): Promise<void> {
  const path = join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  if (!path.startsWith(folder + sep)) throw new Error(`"${pathname}" is outside of the site`);
  const text = await readFile(path, 'utf8');
  const extension = extname(path);
  const script = `<script src="${SCRIPT}" defer></script></head>`;
  send(response, extension, extension === '.html' ? text.replace('</head>', () => script) : text);
}

function send(response: ServerResponse, extension: string, text: string): void {
  const type = TYPES[extension] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
