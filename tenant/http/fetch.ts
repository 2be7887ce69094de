import type { PlainRequest, PlainResponse } from '../exchange.js';
import { MAX_BODY } from '../exchange.js';
import { TextResponse } from './text-response.js';

/**
 * Converts a web-standard request; synchronous without a body. The host is ignored.
 *
 * @throws the abort reason of the request's signal if it is aborted before the body is complete
 */
export function fromRequest(request: Request): PlainRequest | Promise<PlainRequest> {
  request.signal.throwIfAborted();
  const { path, query } = splitUrl(request.url);
  const method = request.method.toUpperCase();
  const headers = {
    authorization: request.headers.get('authorization') ?? undefined,
    'content-type': request.headers.get('content-type') ?? undefined,
  };
  if (request.body === null) return { method, path, query, headers, body: '' };
  return rejectOnAbort(request.signal, bodyOf(request)).then((body) =>
    body === undefined
      ? { method, path, query, headers, body: '', tooLarge: true }
      : { method, path, query, headers, body },
  );
}

/** Rejects as soon as the signal is aborted, even if the body stalls. */
function rejectOnAbort<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Path and query of an absolute URL, whose dot segments are already resolved. */
function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const fragment = url.indexOf('#', start);
  const end = fragment < 0 ? url.length : fragment;
  const at = url.indexOf('?', start);
  return at < 0 || at > end
    ? { path: url.slice(start, end), query: '' }
    : { path: url.slice(start, at), query: url.slice(at + 1, end) };
}

/** @throws TypeError, as fetch does, if the connection is closed on demand */
export function toResponse({ status, headers, body, isReset }: PlainResponse): Response {
  if (isReset === true) throw new TypeError('fetch failed', { cause: connectionReset() });
  return body === '' ? new Response(null, { status, headers }) : new TextResponse(body, { status, headers });
}

function connectionReset(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** Undefined if the body is too long; the rest stays unread. */
async function bodyOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) return undefined;
  // JSON must not start with a byte order mark (RFC 8259, section 8.1). It is kept, and so refused, as over HTTP.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    // the DOM types lack the iterator
    length += chunk.byteLength;
    if (length > MAX_BODY) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
