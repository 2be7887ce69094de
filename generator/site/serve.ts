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

/** What changed since the page was sent is told at once: the page may have been loading meanwhile. */
const RELOAD = `const { search } = new URL(document.currentScript.src);
new EventSource('${EVENTS}' + search).addEventListener('message', () => location.reload());
`;
const CHANGED = 'data: changed\n\n';

/**
 * Serves a folder to this machine alone. Pages get a script that reloads them; the files on disk have none, so that they
 * are the same with and without `--watch`.
 */
export async function serveSite(folder: string): Promise<SiteServer> {
  const open = new Set<ServerResponse>();
  const site = { folder, open, changes: 0 };
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => response.writeHead(404).end('Not found.\n'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a server on a port has an address
  return {
    url: `http://127.0.0.1:${port}/`,
    reload: () => {
      site.changes += 1;
      for (const response of open) response.write(CHANGED);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A folder that is served. */
interface Served {
  readonly folder: string;
  /** The connections of open pages. */
  readonly open: Set<ServerResponse>;
  /** How often it has changed. */
  readonly changes: number;
}

async function answer(
  { folder, open, changes }: Served,
  { method, url = '/', headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Another name for this address would let a page from elsewhere read the site.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '')) {
    response.writeHead(403).end('Open the site as http://127.0.0.1.\n');
    return;
  }
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  if (method !== 'GET') response.writeHead(405, { allow: 'GET' }).end();
  else if (pathname === EVENTS) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    if (searchParams.get('since') !== String(changes)) response.write(CHANGED);
    open.add(response);
    response.once('close', () => open.delete(response));
  } else if (pathname === SCRIPT) send(response, '.js', RELOAD);
  else await sendFile(folder, pathname, changes, response);
}

async function sendFile(folder: string, pathname: string, changes: number, response: ServerResponse): Promise<void> {
  const path = join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  if (!path.startsWith(folder + sep)) throw new Error(`"${pathname}" is outside of the site`);
  const text = await readFile(path, 'utf8');
  const extension = extname(path);
  const script = `<script src="${SCRIPT}?since=${changes}" defer></script></head>`;
  send(response, extension, extension === '.html' ? text.replace('</head>', () => script) : text);
}

function send(response: ServerResponse, extension: string, text: string): void {
  const type = TYPES[extension] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
