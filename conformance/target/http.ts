import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { TargetResponse } from './exchange.js';
import {
  type Credentials,
  type FailureKind,
  type HttpRequest,
  parseJson,
  type SendLimits,
  type Target,
  TargetFailure,
} from './target.js';

export interface HttpTargetOptions {
  /** The root of the tenant. */
  readonly url: URL;
  readonly audience: string;
  readonly credentials: Credentials;
}

/** What Node's network errors say, as kinds. Others that come with the TLS layer are `tls`. */
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

/** The most bytes of an answer that are read: no answer of such an API is larger, and a flood must not fill the memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A server behind a URL. `node:http` and not `fetch`: paths go out to the letter, any method may have a body, redirects
 * are answers, and connections are kept.
 */
export function httpTarget(options: HttpTargetOptions): Target {
  const secure = options.url.protocol === 'https:';
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(options.url.hostname);
  const workers = local ? 4 : 1;
  const agentOptions = { keepAlive: true, maxSockets: 64 };
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const base = options.url.pathname.replace(/\/+$/, '');
  const url = options.url.origin + base;

  const send = async (request: HttpRequest, limits: SendLimits): Promise<TargetResponse> => {
    try {
      return await attempt(request, limits);
    } catch (error) {
      // A kept connection that the server closed at the very moment that we used it: no answer, but no fault either.
      if (error instanceof StaleConnection) return attempt(request, limits);
      throw error;
    }
  };

  const attempt = (request: HttpRequest, limits: SendLimits): Promise<TargetResponse> =>
    new Promise((resolve, reject) => {
      const fail = (kind: FailureKind, message: string, cause?: unknown) =>
        reject(new TargetFailure(kind, `${request.method} ${url}${request.path}: ${message}`, { cause }));
      if (limits.signal?.aborted === true) return fail('cancelled', 'cancelled');
      const body = request.body === undefined ? undefined : Buffer.from(request.body);
      const headers: Record<string, string | number> = { ...request.headers };
      if (body !== undefined) headers['content-length'] = body.byteLength;
      else if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) headers['content-length'] = 0;
      const outgoing = (secure ? httpsRequest : httpRequest)({
        agent,
        hostname: options.url.hostname.replace(/^\[|\]$/g, ''),
        port: options.url.port === '' ? (secure ? 443 : 80) : Number(options.url.port),
        method: request.method,
        path: base + request.path,
        headers,
      });
      const timer = setTimeout(() => {
        fail('timeout', `no whole answer within ${limits.timeoutMs} ms`);
        outgoing.destroy();
      }, limits.timeoutMs);
      const cancel = () => {
        fail('cancelled', 'cancelled');
        outgoing.destroy();
      };
      limits.signal?.addEventListener('abort', cancel, { once: true });
      const settle = () => {
        clearTimeout(timer);
        limits.signal?.removeEventListener('abort', cancel);
      };
      const failed = (error: NodeJS.ErrnoException) => {
        settle();
        if (outgoing.reusedSocket && kindOf(error) === 'reset' && !answered) return reject(new StaleConnection());
        fail(kindOf(error), messageOf(error), error);
      };
      outgoing.on('error', failed);
      let answered = false;
      outgoing.on('response', (incoming) => {
        answered = true;
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          if (bytes <= MOST_BYTES) return chunks.push(chunk);
          fail('garbled', `the answer is larger than ${MOST_BYTES} bytes`);
          return outgoing.destroy();
        });
        incoming.on('error', failed);
        incoming.on('end', () => {
          settle();
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), text, ...parseJson(text) });
        });
      });
      outgoing.end(body);
    });

  return {
    name: url,
    url,
    audience: options.audience,
    credentials: options.credentials,
    metered: !local,
    workers,
    send,
    close: async () => agent.destroy(),
  };
}

class StaleConnection extends Error {}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** What the TLS layer says of an answer in plain HTTP, with a line of its own source. */
const NOT_TLS = 'EPROTO';

function messageOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === NOT_TLS) return 'the answer is not TLS';
  return message === '' ? (code ?? 'failed') : message;
}

function kindOf(error: NodeJS.ErrnoException): FailureKind {
  const code = error.code ?? '';
  if (code.startsWith('HPE_')) return 'garbled';
  if (code === NOT_TLS) return 'garbled';
  if (/CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS|^ERR_SSL/.test(code)) return 'tls';
  return KIND_OF_CODE[code] ?? 'reset';
}
