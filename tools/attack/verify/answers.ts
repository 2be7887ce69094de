import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A request as the hostile target saw it. */
export interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
  /** What the target may know: it issued the tokens and checked the secret. */
  readonly secret: string;
  readonly clientId: string;
  /** Another server of ours, which nothing may be sent to. */
  readonly elsewhere: string;
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

const text =
  (status: number, type: string, body: string | Uint8Array): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);
const json = (status: number, value: unknown): Answer => text(status, 'application/json', JSON.stringify(value));
const headers =
  (status: number, fields: Readonly<Record<string, string>>): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...fields }).end('{}');
/** Bytes instead of HTTP. */
const raw =
  (bytes: string): Answer =>
  (response) =>
    void response.socket?.end(bytes, 'latin1');
/** Writes until the other side has enough. */
const endless =
  (chunk: string, pauseMs: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(chunk), pauseMs);
    response.on('close', () => clearInterval(timer));
  };
/** Sends back what it was sent, and the secret, in another form. */
const echo =
  (status: number, form: (secret: string) => string): Answer =>
  (response, { request, body, secret, clientId }) => {
    const authorization = request.headers.authorization ?? '';
    const error = {
      error: form(secret),
      message: `${form(`${clientId}:${secret}`)} ${form(authorization)} ${form(body)}`,
    };
    json(status, error)(response, { request, body, secret, clientId, elsewhere: '' });
  };

/** Counts answers, for those that are never the same. */
let answered = 0;
const next = (): number => {
  answered += 1;
  return answered;
};

const PAGE = '<!doctype html><title>Nothing</title><h1>Nothing</h1>';
const COMMANDS = '::error::planted\n##[error]planted\r\n::set-output name=a::b\u001b[2J\u0007\u009b2J\u202eplanted';
const MARKUP =
  '![x](https://images.invalid/x.png) <img src=x> [a](javascript:x) | a | `b` ]]> <!-- & &amp; </testcase>';
/** 8 MB of spaces and a number, which is JSON; 8 KB as it is sent. */
const COMPRESSED = gzipSync(`${' '.repeat(8 * 1024 * 1024)}1`);
const DEEP = `${'['.repeat(600)}${']'.repeat(600)}`;

/** The ways in which a target answers unexpectedly. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'no answer': () => undefined,
  'a reset connection': (response) => void response.socket?.destroy(),
  'an end after the headers': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"a":');
    setTimeout(() => response.socket?.destroy(), 10);
  },
  'one byte at a time': endless(' ', 100),
  'an endless body': endless(' '.repeat(64 * 1024), 1),
  'an HTML page': text(200, 'text/html', PAGE),
  '502 with an HTML page': text(502, 'text/html', PAGE),
  'half JSON': text(200, 'application/json', '{"access_token": "a'),
  'an empty body': text(200, 'application/json', ''),
  null: json(200, null),
  'a list of null': json(200, [null]),
  'an empty object': json(200, {}),
  'an object of odd names': text(
    200,
    'application/json',
    '{"__proto__": {"a": 1}, "constructor": 1, "toString": null, "": []}',
  ),
  '1e999': text(200, 'application/json', '{"access_token": 1e999, "expires_in": 1e999, "total": 1e999}'),
  'text of a megabyte': json(200, 'x'.repeat(1_000_000)),
  '600 nested lists': text(200, 'application/json', DEEP),
  'bytes that are no UTF-8': text(200, 'application/json', Buffer.from([0x22, 0xff, 0xfe, 0x80, 0x22])),
  'a null byte': text(200, 'application/json', '{"a": "\u0000"}\u0000'),
  'gzip that is none': headers(200, { 'content-encoding': 'gzip' }),
  'gzip of 8 MB': (response) =>
    void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(COMPRESSED),
  'an unknown encoding': headers(200, { 'content-encoding': 'x-none' }),
  'a redirect to another host': (response, { elsewhere, request }) =>
    void response.writeHead(307, { location: `${elsewhere}${request.url}` }).end(),
  'a redirect to itself': (response, { request }) =>
    void response.writeHead(302, { location: request.url ?? '/' }).end(),
  'a redirect with the secret': (response, { elsewhere, secret }) =>
    void response.writeHead(302, { location: `${elsewhere}/?${secret}` }).end(),
  '429 for ever': headers(429, { 'retry-after': '1' }),
  '429 until next year': headers(429, { 'retry-after': '31536000' }),
  '429 with an odd wait': headers(429, { 'retry-after': '-1e9', 'x-ratelimit-reset': 'soon' }),
  '401 for ever': json(401, { statusCode: 401, error: 'Unauthorized', message: 'no' }),
  '403 for ever': json(403, { statusCode: 403, error: 'Forbidden', message: 'no', errorCode: 'insufficient_scope' }),
  '404 for ever': json(404, { statusCode: 404, error: 'Not Found', message: 'no' }),
  '500 for ever': json(500, { statusCode: 500, error: 'Internal Server Error', message: 'no' }),
  '503 with an odd wait': headers(503, { 'retry-after': 'Thu, 99 Foo 2099' }),
  'status 599': json(599, {}),
  'status 304': (response) => void response.writeHead(304).end(),
  '204 for ever': (response) => void response.writeHead(204).end(),
  '201 for ever': json(201, { id: 'x', user_id: 'x', client_id: 'x' }),
  'no HTTP': raw('hello\r\n'),
  'a bad status line': raw('HTTP/1.1 abc\r\n\r\n'),
  'a header of 100 KB': raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`),
  'a bad chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
  'a negative length': raw('HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n'),
  'two answers': raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
  'the secret': echo(401, (secret) => secret),
  'the secret in base64': echo(400, (secret) => Buffer.from(secret).toString('base64')),
  'the secret in base64url': echo(200, (secret) => Buffer.from(secret).toString('base64url')),
  'the secret in hex': echo(403, (secret) => Buffer.from(secret).toString('hex')),
  'the secret in upper-case hex': echo(400, (secret) => Buffer.from(secret).toString('hex').toUpperCase()),
  'the secret percent-encoded': echo(404, encodeURIComponent),
  'the end of the secret': echo(400, (secret) => secret.slice(-20)),
  'the middle of the secret': echo(404, (secret) => secret.slice(7, 25)),
  'the secret as a list of bytes': echo(400, (secret) => JSON.stringify(Buffer.from(secret))),
  'the secret in JSON in JSON': echo(401, (secret) => JSON.stringify(JSON.stringify({ secret }))),
  'the secret with every byte escaped': echo(500, (secret) =>
    Buffer.from(secret).toString('hex').replaceAll(/../g, '%$&'),
  ),
  'the secret at a cut': echo(500, (secret) => `${'x'.repeat(190)}${secret}${'x'.repeat(300)}${secret}`),
  'the secret in a property name': (response, { secret }) =>
    json(400, { [secret]: secret, error: { [secret]: 1 } })(response, {} as Seen),
  'the secret in headers': (response, { secret, request }) =>
    void response
      .writeHead(401, {
        'content-type': secret,
        [`x-${secret.replaceAll(/[^a-z0-9]/gi, '')}`]: request.headers.authorization ?? secret,
      })
      .end(secret),
  'another status each time': (response) =>
    void response.writeHead(400 + (next() % 199), { 'content-type': 'application/json' }).end('{}'),
  'another errorCode each time': (response) => {
    const body = { statusCode: 400, error: `e${next()}`, message: `m${next()}`, errorCode: `c${next()}` };
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  },
  'another content type each time': (response) =>
    void response.writeHead(200, { 'content-type': `text/x-${next()}` }).end('{}'),
  'another name each time': (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(`{"n${next()}": [{"m${next()}": 1}]}`),
  'halves of characters': text(
    400,
    'application/json',
    '{"message": "\\ud800 \\uffff \\ufffe \\u0000", "error": "\\udc00"}',
  ),
  'early hints for ever': (response) => {
    const timer = setInterval(() => response.socket?.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), 1);
    response.on('close', () => clearInterval(timer));
  },
  'another protocol': raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
  'status 000': raw('HTTP/1.1 000 None\r\nContent-Length: 2\r\n\r\n{}'),
  'a hundred cookies': (response) =>
    void response
      .writeHead(401, {
        'content-type': 'application/json',
        'set-cookie': Array.from({ length: 100 }, (_, index) => `c${index}=${'x'.repeat(50)}`),
      })
      .end('{}'),
  'a token of a megabyte': json(200, {
    access_token: `${'eyJ'.repeat(400_000)}.e.e`,
    token_type: 'Bearer',
    expires_in: 99,
  }),
  'secrets without number': (response) => {
    const secrets = Array.from({ length: 20_000 }, () => `made-up-${next()}-secret`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ client_secret: secrets }));
  },
  'workflow commands': json(400, { error: COMMANDS, message: COMMANDS, errorCode: COMMANDS }),
  'workflow commands as text': text(400, 'text/plain', COMMANDS),
  'Markdown and XML': json(400, { error: MARKUP, message: MARKUP, [MARKUP]: MARKUP }),
  'our own words': json(200, {
    client_secret: 'violates',
    access_token: 'conforms',
    error: 'passed',
    verdict: 'conforms',
  }),
};
