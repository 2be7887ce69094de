import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { requestFraming, responseFraming, statusLineOf } from './framing.js';
import { type HeaderFields, headForTarget, parseHead } from './head.js';
import { MessageReader } from './message-reader.js';

interface Seen {
  readonly startLine: string;
  readonly fields: HeaderFields;
  body: string;
  trailers: HeaderFields;
  complete: boolean;
}

/** Reads chunks of one direction; returns the messages and what is sent on. */
function readAll(chunks: readonly Buffer[], method?: string) {
  const seen: Seen[] = [];
  let isOpaque = false;
  const reader = new MessageReader({
    head(head, bytes) {
      seen.push({ ...head, body: '', trailers: [], complete: false });
      const status = statusLineOf(head);
      const framing = status === undefined ? requestFraming(head) : responseFraming(head, status.status, method);
      return { framing, forward: bytes };
    },
    body(bytes) {
      const last = seen.at(-1);
      if (last !== undefined) last.body += bytes.toString('latin1');
    },
    trailers(fields) {
      const last = seen.at(-1);
      if (last !== undefined) last.trailers = fields;
    },
    end() {
      const last = seen.at(-1);
      if (last !== undefined) last.complete = true;
    },
    opaque() {
      isOpaque = true;
    },
  });
  const forward = [...chunks.flatMap((chunk) => reader.read(chunk)), ...reader.close()];
  return { seen, isOpaque, forward: Buffer.concat(forward).toString('latin1') };
}

const read = (text: string, method?: string) => readAll([Buffer.from(text, 'latin1')], method);

describe('messages', () => {
  const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}$/).filter((name) => !/^(content|transfer)-/i.test(name));
  const value = fc.stringMatching(/^[!-~\u00a1-\u00ff][ -~\u00a1-\u00ff]{0,20}[!-~]$/);
  const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each).toString('latin1'));
  const chunks = fc.array(
    bytes.filter((each) => each !== ''),
    { maxLength: 5 },
  );
  const message = fc
    .record({
      fields: fc.array(fc.tuple(token, value), { maxLength: 6 }),
      body: fc.oneof(bytes, chunks),
      trailers: fc.array(fc.tuple(token, value), { maxLength: 2 }),
    })
    .map(({ fields, body, trailers }) => {
      const lines = (pairs: readonly (readonly [string, string])[]) =>
        pairs.map(([name, each]) => `${name}: ${each}\r\n`).join('');
      const head = `POST /a?b HTTP/1.1\r\n${lines(fields)}`;
      if (typeof body === 'string')
        return { wire: `${head}Content-Length: ${body.length}\r\n\r\n${body}`, body, trailers: [], fields };
      const framed = body.map((each) => `${each.length.toString(16)};x=1\r\n${each}\r\n`).join('');
      const wire = `${head}TRANSFER-encoding: chunked\r\n\r\n${framed}0\r\n${lines(trailers)}\r\n`;
      return { wire, body: body.join(''), trailers, fields };
    });

  it('are read wherever the bytes are split, and pass unchanged', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(2000)), (messages, cuts) => {
        const wire = messages.map((each) => each.wire).join('');
        const places = [...new Set(cuts.map((cut) => cut % wire.length))].sort((one, other) => one - other);
        const pieces = [0, ...places].map((from, index) => Buffer.from(wire.slice(from, places[index]), 'latin1'));
        const { seen, forward, isOpaque } = readAll(pieces);
        expect(forward).toBe(wire);
        expect(isOpaque).toBe(false);
        expect(seen.map(({ body, trailers, complete }) => ({ body, trailers, complete }))).toEqual(
          messages.map(({ body, trailers }) => ({ body, trailers, complete: true })),
        );
        expect(seen.map(({ fields }) => fields.slice(0, -1))).toEqual(messages.map(({ fields }) => fields));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    { given: 'HTTP/1.1 204 No Content\r\n\r\n', body: '' },
    { given: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', body: '', method: 'HEAD' },
    { given: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', body: '' },
    { given: 'HTTP/1.1 100 Continue\r\n\r\n', body: '' },
    { given: 'HTTP/1.0 200 OK\r\n\r\nuntil the end', body: 'until the end' },
    { given: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nuntil the end', body: 'until the end' },
    { given: '\r\nHTTP/1.1 200 OK\nContent-Length: 2, 2\n\nab', body: 'ab' },
  ])('$given has the body "$body"', ({ given, body, method }) => {
    const { seen, forward } = read(given, method);
    expect(forward).toBe(given);
    expect(seen).toMatchObject([{ body, complete: true }]);
  });

  test.each([
    'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nabcd',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabcd',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x81\x05hello\r\n\r\n',
    `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`,
  ])('%j passes unread', (given) => {
    const { isOpaque, forward } = read(given);
    expect(isOpaque).toBe(true);
    expect(forward).toBe(given);
  });

  it('that end in the middle of a head pass as far as they came', () => {
    expect(read('GET / HT').forward).toBe('GET / HT');
  });
});

describe('the head for the target', () => {
  const changed = (text: string, basePath = '') =>
    headForTarget(Buffer.from(text, 'latin1'), { host: 'target:1', basePath }).toString('latin1');

  it('names the target as host and is the same otherwise', () => {
    expect(changed('GET /a HTTP/1.1\r\nX-A:  1 \r\nhOST:\t127.0.0.1:4\r\nx-a: \xe9\r\n\r\n')).toBe(
      'GET /a HTTP/1.1\r\nX-A:  1 \r\nhOST:\ttarget:1\r\nx-a: \xe9\r\n\r\n',
    );
  });

  it('has the base path of the target before its own', () => {
    expect(changed('GET /a?b HTTP/1.1\r\n\r\n', '/base')).toBe('GET /base/a?b HTTP/1.1\r\n\r\n');
    expect(changed('OPTIONS * HTTP/1.1\r\n\r\n', '/base')).toBe('OPTIONS * HTTP/1.1\r\n\r\n');
  });

  it('keeps repeated fields apart, and joins folded lines', () => {
    const { fields } = parseHead(Buffer.from('GET / HTTP/1.1\r\nA: 1\r\na: 2\r\nB: x\r\n  y\r\n\r\n'));
    expect(fields).toEqual([
      ['A', '1'],
      ['a', '2'],
      ['B', 'x y'],
    ]);
  });
});
