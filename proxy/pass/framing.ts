import { type Head, type HeaderFields, valuesOf } from './head.js';

/**
 * How the body of a message ends (RFC 9112, section 6.3). `close`: with the connection. `opaque`: what follows is not
 * HTTP/1.1, or cannot be read as such; it passes unread.
 */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }
  | { readonly kind: 'opaque' };

const EMPTY: Framing = { kind: 'length', bytes: 0 };
const OPAQUE: Framing = { kind: 'opaque' };

const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/;

export interface RequestLine {
  readonly method: string;
  /** Path and query as sent, or an absolute URL. */
  readonly target: string;
}

/** Undefined if the message is not an HTTP/1.1 request. */
export function requestLineOf({ startLine }: Head): RequestLine | undefined {
  const [, method, target] = REQUEST_LINE.exec(startLine) ?? [];
  return method === undefined || target === undefined ? undefined : { method, target };
}

export interface StatusLine {
  readonly status: number;
  readonly reason: string;
}

/** Undefined if the message is not an HTTP/1.1 response. */
export function statusLineOf({ startLine }: Head): StatusLine | undefined {
  const [, status, reason = ''] = STATUS_LINE.exec(startLine) ?? [];
  return status === undefined ? undefined : { status: Number(status), reason };
}

export function requestFraming({ fields }: Head): Framing {
  const encoding = lastEncoding(fields);
  if (encoding !== undefined) return encoding === 'chunked' ? { kind: 'chunked' } : OPAQUE;
  return lengthFraming(fields) ?? EMPTY;
}

/** @param method - of the request that is answered; undefined if it is not known */
export function responseFraming({ fields }: Head, status: number, method: string | undefined): Framing {
  const isTunnel = status === 101 || (method === 'CONNECT' && status >= 200 && status < 300);
  if (isTunnel) return OPAQUE;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return EMPTY;
  const encoding = lastEncoding(fields);
  if (encoding !== undefined) return encoding === 'chunked' ? { kind: 'chunked' } : { kind: 'close' };
  return lengthFraming(fields) ?? { kind: 'close' };
}

function lastEncoding(fields: HeaderFields): string | undefined {
  const encodings = valuesOf(fields, 'transfer-encoding').join(',').toLowerCase().split(',');
  const named = encodings.map((each) => each.trim()).filter((each) => each !== '');
  return named.at(-1);
}

function lengthFraming(fields: HeaderFields): Framing | undefined {
  const lengths = new Set(valuesOf(fields, 'content-length').flatMap((value) => value.split(/\s*,\s*/)));
  if (lengths.size === 0) return undefined;
  const [length = ''] = lengths;
  const isLength = lengths.size === 1 && /^\d{1,15}$/.test(length);
  return isLength ? { kind: 'length', bytes: Number(length) } : OPAQUE;
}
