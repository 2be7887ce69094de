import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isSequential } from '../../contract/http/media-type.js';
import type { TargetResponse } from './exchange.js';
import type { GivenHeaders } from './given-headers.js';
import { isLoopbackUrl } from './loopback-url.js';
import {
  type Credentials,
  type FailureKind,
  type HttpRequest,
  parseAnswer,
  type SendLimits,
  type Target,
  TargetFailure,
} from './target.js';

export interface HttpTargetOptions {
  /** The root of the tenant. */
  readonly url: URL;
  readonly audience: string;
  readonly credentials: Credentials;
  /** Sent with every request, by lower-case name. */
  readonly headers?: GivenHeaders;
  /** Longer answers are a failure, in bytes. Default: 16 MiB, far more than any answer of such an API. */
  readonly mostBytes?: number;
}

/** Node's network error codes by kind. Other codes of the TLS layer are `tls`. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'timeout',
};

const MOST_BYTES = 16 * 1024 * 1024;
/** Methods without effect: HTTP allows to send them again after a lost connection (RFC 9110, 9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** After such an answer frameworks such as Starlette close the connection without saying so: the next write would be lost. */
const LAST_OF_CONNECTION = 500;

/**
 * A server behind a URL. It uses `node:http` and not `fetch`: paths go out unchanged, any method may have a body,
 * redirects are answers, and connections are kept.
 */
export function httpTarget(options: HttpTargetOptions): Target {
  const { url, audience, credentials, headers, mostBytes = MOST_BYTES } = options;
  const connection = new Connection(url, mostBytes);
  return {
    name: connection.root,
    url: connection.root,
    audience,
    credentials,
    ...(headers && { headers }),
    metered: !isLoopbackUrl(url),
    // While some wait for answers, others judge theirs; elsewhere the rate limit decides how many requests go out.
    workers: 8,
    send: (request, limits) => connection.send(request, limits),
    close: async () => connection.close(),
  };
}

/** Kept connections to one server. */
class Connection {
  /** The URL without a slash at the end. */
  readonly root: string;
  readonly #base: string;
  readonly #request: typeof httpRequest;
  /** What all requests have in common. */
  readonly #server: { readonly agent: HttpAgent; readonly hostname: string; readonly port: number };
  readonly #mostBytes: number;

  constructor(url: URL, mostBytes: number) {
    this.#mostBytes = mostBytes;
    const secure = url.protocol === 'https:';
    const agentOptions = { keepAlive: true, maxSockets: 64 };
    this.#request = secure ? httpsRequest : httpRequest;
    this.#server = {
      agent: secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions),
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    };
    this.#base = url.pathname.replace(/\/+$/, '');
    this.root = url.origin + this.#base;
  }

  async send(request: HttpRequest, limits: SendLimits): Promise<TargetResponse> {
    try {
      return await this.#attempt(request, limits);
    } catch (error) {
      // The server closed a kept connection just as it was used. A write may have been processed: it is never resent.
      if (!(error instanceof StaleConnection && SAFE_METHODS.has(request.method))) throw error;
      return await this.#attempt(request, limits).catch((second: unknown) => {
        // The server ended while it had the request, which says more than that nothing listens now.
        throw second instanceof TargetFailure && second.kind === 'refused' ? error : second;
      });
    }
  }

  close(): void {
    this.#server.agent.destroy();
  }

  #attempt(request: HttpRequest, limits: SendLimits): Promise<TargetResponse> {
    return new Promise((resolve, reject) => {
      const { signal, timeoutMs } = limits;
      const describe = (message: string) => `${request.method} ${this.root}${request.path}: ${message}`;
      if (signal?.aborted === true) return reject(new TargetFailure('cancelled', describe('cancelled')));
      let outgoing: ClientRequest;
      try {
        outgoing = this.#open(request);
      } catch (cause) {
        // Node refuses, for one, a header with a control character: a token of a hostile server may have some.
        return reject(new TargetFailure('garbled', describe(`cannot be sent: ${String(cause)}`), { cause }));
      }
      let answered = false;
      let isStream = false;
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
      const fail = (kind: FailureKind, message: string, cause?: unknown) => {
        settle();
        reject(new TargetFailure(kind, describe(message), { cause, isStream }));
        outgoing.destroy();
      };
      const timer = setTimeout(() => fail('timeout', `no complete answer within ${timeoutMs} ms`), timeoutMs);
      const cancel = () => fail('cancelled', 'cancelled');
      signal?.addEventListener('abort', cancel, { once: true });
      const failed = (error: NodeJS.ErrnoException) => {
        settle();
        const kind = kindOf(error);
        const isStale = outgoing.reusedSocket && kind === 'reset' && !answered;
        reject(
          new (isStale ? StaleConnection : TargetFailure)(kind, describe(messageOf(error, request.method)), {
            cause: error,
          }),
        );
      };
      outgoing.on('error', failed);
      outgoing.on('response', (incoming) => {
        answered = true;
        isStream = isSequential(incoming.headers['content-type'] ?? '');
        if ((incoming.statusCode ?? 0) >= LAST_OF_CONNECTION) outgoing.shouldKeepAlive = false;
        incoming.on('error', failed);
        collectBody(incoming, this.#mostBytes).then(
          (text) => {
            settle();
            resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), text, ...parseAnswer(text) });
          },
          () => fail('too-large', `the answer is larger than ${this.#mostBytes} bytes`),
        );
      });
      outgoing.end(request.body);
    });
  }

  #open({ method, path, headers, body }: HttpRequest): ClientRequest {
    const length = body === undefined ? (SAFE_METHODS.has(method) ? undefined : 0) : Buffer.byteLength(body);
    return this.#request({
      ...this.#server,
      method,
      path: this.#base + path,
      headers: { ...headers, ...(length === undefined ? {} : { 'content-length': length }) },
    });
  }
}

/** The connection was kept from an earlier request and broke before an answer came. */
class StaleConnection extends TargetFailure {}

/** Reads a body as text. Rejects where it is longer than `most` bytes; errors of the stream are left to its listeners. */
function collectBody(incoming: IncomingMessage, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= most) chunks.push(chunk);
      else reject(new RangeError(`more than ${most} bytes`));
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** What OpenSSL reports for an answer in plain HTTP, with a line of its own source. */
const NOT_TLS = 'EPROTO';

function messageOf({ code, message }: NodeJS.ErrnoException, method: string): string {
  if (code === NOT_TLS) return 'the answer is not TLS';
  // The parser takes a body after an answer to HEAD for a second answer.
  if (method === 'HEAD' && code?.startsWith('HPE_') === true)
    return `${message}: an answer to HEAD ends with its headers, and something follows them`;
  return message === '' ? (code ?? 'failed') : message;
}

function kindOf(error: NodeJS.ErrnoException): FailureKind {
  const code = error.code ?? '';
  if (code.startsWith('HPE_')) return 'garbled';
  if (code === NOT_TLS) return 'garbled';
  if (/CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS|^ERR_SSL/.test(code)) return 'tls';
  return KIND_OF_CODE[code] ?? 'reset';
}
