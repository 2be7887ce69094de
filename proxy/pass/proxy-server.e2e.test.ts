import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { proxyTo, rawTarget, talk, until } from '../test-support/raw-target.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(serve: (socket: Socket) => void, largestBody?: number) {
  const target = await rawTarget(serve);
  closers.push(target.close);
  const proxy = await proxyTo(target.port, largestBody);
  closers.push(proxy.close);
  return { ...proxy, host: `127.0.0.1:${target.port}` };
}

/** Answers each connection once so many bytes of a request have come. */
function answering(answer: () => { readonly after: number; readonly bytes: Buffer }, received: Buffer[]) {
  return (socket: Socket) => {
    let size = 0;
    socket.on('data', (chunk) => {
      received.push(chunk);
      const { after, bytes } = answer();
      if (size < after && size + chunk.length >= after) socket.write(bytes);
      size += chunk.length;
    });
  };
}

const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

it('passes random heads, bodies, chunks and trailers byte for byte in both directions', async () => {
  const received: Buffer[] = [];
  let answer = { after: 0, bytes: Buffer.alloc(0) };
  const { port, host, seen } = await setUp(answering(() => answer, received));
  const name = fc.stringMatching(/^[Xx]-[A-Za-z0-9_.-]{1,12}$/);
  const value = fc.stringMatching(/^[!-~\u00a1-\u00ff][\t -~\u00a1-\u00ff]{0,20}[!-~]$/);
  const fields = fc
    .array(fc.tuple(name, value), { maxLength: 8 })
    .map((pairs) => pairs.map(([key, text]) => `${key}:${text}\r\n`).join(''));
  const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength }).map((each) => Buffer.from(each));
  const body = fc.oneof(
    bytes(5000).map((each) => ({ framing: `Content-length:  ${each.length}\r\n\r\n`, wire: each, body: each })),
    fc.tuple(fc.array(bytes(2000), { maxLength: 4 }), fields).map(([chunks, trailers]) => ({
      framing: 'transfer-Encoding: chunked\r\n\r\n',
      wire: Buffer.concat([
        ...chunks.flatMap((each) => [Buffer.from(`00${each.length.toString(16)}\r\n`), each, Buffer.from('\r\n')]),
        Buffer.from(`0\r\n${trailers}\r\n`, 'latin1'),
      ]),
      body: Buffer.concat(chunks),
    })),
  );
  await fc.assert(
    fc.asyncProperty(fields, body, fields, body, fc.nat(6000), async (asked, sent, told, got, cut) => {
      received.length = 0;
      seen.exchanges.length = 0;
      const request = (to: string) =>
        Buffer.concat([
          Buffer.from(`PUT /a%2Fb|c?q=1&q=2 HTTP/1.1\r\n${asked}HOST: ${to}\r\n${sent.framing}`, 'latin1'),
          sent.wire,
        ]);
      const response = Buffer.concat([
        Buffer.from(`HTTP/1.1 418 I'm a Teapot!\r\n${told}${got.framing}`, 'latin1'),
        got.wire,
      ]);
      answer = { after: request(host).length, bytes: response };
      const wire = request('proxy.example');
      const back = await talk(port, [wire.subarray(0, cut), wire.subarray(cut)], response.length);
      expect(back.equals(response)).toBe(true);
      expect(Buffer.concat(received).equals(request(host))).toBe(true);
      await until(() => seen.exchanges.length === 1);
      const [exchange] = seen.exchanges;
      expect(Buffer.from(exchange?.request.body.bytes ?? []).equals(sent.body)).toBe(true);
      expect(Buffer.from(exchange?.response?.body.bytes ?? []).equals(got.body)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('keeps connections, also for pipelined requests, and pairs each answer with its request', async () => {
  const bodies = ['one', 'two', 'three'];
  const { port, seen } = await setUp((socket) => {
    socket.on('data', () => {
      for (const each of bodies.splice(0))
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${each.length}\r\n\r\n${each}`);
    });
  });
  await talk(port, [Buffer.from('GET /1 HTTP/1.1\r\n\r\nHEAD /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n')], 120);
  // The answer to HEAD has no body, whatever its length says: "two" is not HTTP, so the rest passes unread.
  expect(seen.exchanges.map(({ request, response }) => [request.target, response?.body.size])).toEqual([
    ['/1', 3],
    ['/2', 0],
  ]);
  expect(seen.opaque).toBe(1);
});

it('passes 100 Continue, and an answer that comes before the request is complete', async () => {
  const { port, seen } = await setUp((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      socket.once('data', () => socket.write(OK));
    });
  });
  const request = httpRequest({ port, method: 'POST', headers: { expect: '100-continue', 'content-length': 1000 } });
  request.flushHeaders();
  await once(request, 'continue');
  request.write('half');
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect((await response.toArray()).join('')).toBe('ok');
  request.destroy();
  expect(seen.exchanges).toMatchObject([
    { request: { complete: false, body: { size: 4 } }, response: { status: 200 }, end: 'complete' },
  ]);
});

it('answers 502 in its own name where the target cannot be reached', async () => {
  const gone = await rawTarget(() => undefined);
  gone.close();
  const { port, close, seen } = await proxyTo(gone.port);
  closers.push(close);
  const upload = Buffer.concat([
    Buffer.from('POST / HTTP/1.1\r\nContent-Length: 300000\r\n\r\n'),
    Buffer.alloc(300_000),
  ]);
  const text = (await talk(port, [upload])).toString();
  expect(text).toContain('HTTP/1.1 502 Bad Gateway');
  expect(text).toContain('x-rolecall-proxy: target unreachable');
  expect(text).toContain(`rolecall proxy: cannot reach http://127.0.0.1:${gone.port}: connect ECONNREFUSED`);
  expect(seen.unreachable).toBe(1);
  expect(seen.exchanges).toMatchObject([{ end: 'closed', request: { method: 'POST' } }]);
});

it('resets the client where the target resets, and the target where the client goes away', async () => {
  let ended: 'reset' | 'closed' | undefined;
  const { port, seen } = await setUp((socket) => {
    socket.once('data', (chunk) => {
      if (chunk.includes('/reset')) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        setTimeout(() => socket.resetAndDestroy(), 20);
        return;
      }
      socket.on('error', () => {
        ended = 'reset';
      });
      socket.on('close', () => {
        ended ??= 'closed';
      });
    });
  });
  await expect(talk(port, [Buffer.from('GET /reset HTTP/1.1\r\n\r\n')])).rejects.toThrow('ECONNRESET');
  await until(() => seen.exchanges.length === 1);
  expect(seen.exchanges).toMatchObject([{ response: { body: { size: 4 } }, end: 'closed' }]);

  const client = connect(port, '127.0.0.1');
  client.write('GET /wait HTTP/1.1\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 30));
  client.resetAndDestroy();
  await until(() => ended !== undefined && seen.exchanges.length === 2);
  expect(ended).toBe('reset');
  expect(seen.exchanges[1]).toMatchObject({ request: { target: '/wait' }, end: 'closed' });
});

it('takes from the target only what the client reads, and only counts a body over the limit', async () => {
  const SIZE = 64 * 1024 * 1024;
  let written = 0;
  const { port, seen } = await setUp((socket) => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const pump = () => {
      while (written < SIZE && !socket.destroyed) {
        written += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('drain', pump);
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${SIZE}\r\n\r\n`);
      pump();
    });
  }, 1000);
  const client = connect(port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 200));
  // Nobody has read yet: what is on its way fits in the buffers of the sockets.
  expect(written).toBeLessThan(SIZE / 2);
  let received = 0;
  client.on('data', (chunk) => {
    received += chunk.length;
  });
  await until(() => received >= SIZE && seen.exchanges.length === 1);
  client.destroy();
  expect(seen.exchanges[0]?.response?.body).toEqual({ size: SIZE });
});

it('passes half-closed connections and other protocols after an upgrade', async () => {
  const { port, seen } = await setUp((socket) => {
    socket.once('data', (chunk) => {
      if (!chunk.includes('Upgrade')) return void socket.once('end', () => socket.end(OK));
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n');
      socket.on('data', (frame) => socket.end(frame));
    });
  });
  const half = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  half.end('GET / HTTP/1.1\r\n\r\n');
  expect((await once(half, 'data')).join('')).toBe(OK.toString());

  const upgraded = connect(port, '127.0.0.1');
  upgraded.write('GET / HTTP/1.1\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n');
  await once(upgraded, 'data');
  upgraded.write(Buffer.from([0x81, 0x85, 0, 13, 10]));
  expect(await once(upgraded, 'data')).toEqual([Buffer.from([0x81, 0x85, 0, 13, 10])]);
  expect(seen.opaque).toBe(1);
});
