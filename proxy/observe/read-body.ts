import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type HeaderFields, valuesOf } from '../pass/head.js';
import type { PassedBody } from '../pass/passed-exchange.js';

/** A body as text, or why it is not read. */
export type ReadBody = { readonly text: string; readonly isText: boolean } | { readonly unread: string };

/** A decompressed body is at most this large, in bytes. */
const LARGEST = 16 * 1024 * 1024;

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: LARGEST }),
  'x-gzip': (bytes) => gunzipSync(bytes, { maxOutputLength: LARGEST }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: LARGEST }),
  // Some servers send it without the zlib header (RFC 9110, 8.4.1.2).
  deflate: (bytes) =>
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? inflateSync(bytes, { maxOutputLength: LARGEST })
      : inflateRawSync(bytes, { maxOutputLength: LARGEST }),
};

/** Decodes a copied body by its Content-Encoding. */
export function readBody({ bytes, size }: PassedBody, fields: HeaderFields): ReadBody {
  if (bytes === undefined) return { unread: 'a body is larger than --max-body' };
  if (size === 0) return { text: '', isText: true };
  const encodings = valuesOf(fields, 'content-encoding')
    .flatMap((value) => value.toLowerCase().split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
  let decoded = bytes;
  for (const encoding of encodings.reverse()) {
    const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
    if (decode === undefined) return { unread: 'a body has a Content-Encoding that cannot be read' };
    try {
      decoded = decode(decoded);
    } catch {
      return { unread: `a body is not valid ${encoding}, or expands to more than ${LARGEST} bytes` };
    }
  }
  return { text: Buffer.from(decoded).toString('utf8'), isText: isUtf8(decoded) };
}
