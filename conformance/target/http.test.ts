import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpTarget } from './http.js';
import { type HttpRequest, type Target, TargetFailure } from './target.js';

const get: HttpRequest = { method: 'GET', path: '/', headers: {} };
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listening(
  server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown; close(): unknown },
  path = '',
  mostBytes?: number,
): Promise<Target> {
  if (server.address() === null) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  const target = httpTarget({
    url: new URL(`http://127.0.0.1:${port}${path}`),
    audience: '',
    credentials: {},
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
  closing.push(
    () => void target.close(),
    () => server.close(),
  );
  return target;
}

function serving(listener: RequestListener): Server {
  const server = createServer(listener);
  closing.push(() => server.closeAllConnections());
  return server;
}

function kind(target: Target, request = get, timeoutMs = 1000, signal?: AbortSignal): Promise<string> {
  return target.send(request, { timeoutMs, ...(signal === undefined ? {} : { signal }) }).then(
    ({ status }) => String(status),
    (error: unknown) => (error instanceof TargetFailure ? error.kind : String(error)),
  );
}

describe('a target over HTTP', () => {
  it('sends paths, bodies and headers to the letter', async () => {
    const seen: unknown[] = [];
    const target = await listening(
      serving(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        seen.push([request.method, request.url, request.headers['x-a'], body]);
        response.writeHead(200, { 'content-type': 'application/json', 'x-b': ['1', '2'] }).end('{"a":1}');
      }),
    );
    const response = await target.send(
      { method: 'GET', path: '/a/../b%7C?x=1', headers: { 'x-a': 'y' }, body: 'ö' },
      { timeoutMs: 1000 },
    );
    expect(seen).toEqual([['GET', '/a/../b%7C?x=1', 'y', 'ö']]);
    expect(response).toMatchObject({ status: 200, text: '{"a":1}', json: { a: 1 }, headers: { 'x-b': '1, 2' } });
  });

  it.each([
    ['text/event-stream; charset=utf-8', true],
    ['application/json', false],
  ])('tells whether what does not end is a stream, by the type %s', async (type, want) => {
    const target = await listening(
      serving((_request, response) => {
        response.writeHead(200, { 'content-type': type });
        response.write('data: 1\n\n');
      }),
    );
    await expect(target.send(get, { timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timeout', isStream: want });
  });

  it('prefixes every path with the path of the URL', async () => {
    const target = await listening(
      serving((request, response) => void response.end(request.url)),
      '/gateway/',
    );
    expect((await target.send({ ...get, path: '/api' }, { timeoutMs: 1000 })).text).toBe('/gateway/api');
  });

  it('says that a kept connection broke, where the server ended with the request', async () => {
    const server = serving((request, response) => {
      if (request.url === '/') return void response.end();
      server.close();
      request.socket.destroy();
    });
    const target = await listening(server);
    expect(await kind(target)).toBe('200');
    expect(await kind(target, { ...get, path: '/end' })).toBe('reset');
    expect(await kind(target)).toBe('refused');
  });

  it('treats a redirect as an answer', async () => {
    const target = await listening(
      serving((_request, response) => void response.writeHead(302, { location: '/' }).end()),
    );
    expect(await kind(target)).toBe('302');
  });

  it('reuses connections, and opens a new one when the server closed it', async () => {
    let connections = 0;
    const server = serving((_request, response) => void response.end('ok'));
    server.on('connection', () => {
      connections += 1;
    });
    const target = await listening(server);
    for (let index = 0; index < 5; index += 1) await target.send(get, { timeoutMs: 1000 });
    expect(connections).toBe(1);
    server.closeIdleConnections();
    expect(await kind(target)).toBe('200');
  });

  it('sends a request with an effect once, though its kept connection broke', async () => {
    const seen: string[] = [];
    const server = serving((request, response) => {
      seen.push(`${request.method}`);
      if (request.method === 'POST') request.socket.destroy();
      else response.end('ok');
    });
    const target = await listening(server);
    await target.send(get, { timeoutMs: 1000 });
    expect(await kind(target, { ...get, method: 'POST' })).toBe('reset');
    expect(seen).toEqual(['GET', 'POST']);
  });

  it('sends nothing more on a connection after a server error, which servers close without saying so', async () => {
    const ending = new WeakSet<object>();
    const server = serving((request, response) => {
      if (ending.has(request.socket)) return void request.socket.destroy();
      if (request.url === '/fails') ending.add(request.socket);
      response.writeHead(request.url === '/fails' ? 503 : 201, { 'content-length': 0 }).end();
    });
    const target = await listening(server);
    const kinds: string[] = [];
    for (const path of ['/', '/fails', '/', '/fails', '/'])
      kinds.push(await kind(target, { method: 'POST', path, headers: {} }));
    expect(kinds).toEqual(['201', '503', '201', '503', '201']);
  });

  it('reports the kind of failure', async () => {
    const hanging = await listening(serving(() => undefined));
    expect(await kind(hanging, get, 50)).toBe('timeout');
    expect(await kind(hanging, get, 5000, AbortSignal.timeout(50))).toBe('cancelled');
    expect(await kind(await listening(serving((request) => void request.destroy())))).toBe('reset');
    expect(
      await kind(
        await listening(
          serving(
            (_request, response) =>
              void response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy()),
          ),
        ),
      ),
    ).toBe('reset');
    expect(await kind(await listening(createSocketServer((socket) => void socket.end('hello\r\n\r\n'))))).toBe(
      'garbled',
    );
    const stopped = createServer();
    const refusing = await listening(stopped);
    await new Promise((resolve) => stopped.close(resolve));
    expect(await kind(refusing)).toBe('refused');
    const flooding = serving((_request, response) => void response.end('x'.repeat(100)));
    expect(await kind(await listening(flooding, '', 99))).toBe('too-large');
    expect(await kind(await listening(flooding, '', 100))).toBe('200');
    expect(await kind(refusing, { ...get, headers: { authorization: 'Bearer a\nb' } })).toBe('garbled');
  });

  it('says what a body after the answer to HEAD means', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}';
    const target = await listening(createSocketServer((socket) => void socket.end(answer)));
    await expect(target.send({ ...get, method: 'HEAD' }, { timeoutMs: 1000 })).rejects.toThrow(
      'an answer to HEAD ends with its headers, and something follows them',
    );
  });

  it('is ours alone on this machine, and metered elsewhere', () => {
    const at = (url: string) => httpTarget({ url: new URL(url), audience: '', credentials: {} });
    expect(at('http://localhost:4000')).toMatchObject({ metered: false, workers: 8, url: 'http://localhost:4000' });
    expect(at('https://travel0.eu.auth0.com/')).toMatchObject({
      metered: true,
      workers: 8,
      url: 'https://travel0.eu.auth0.com',
    });
  });
});
