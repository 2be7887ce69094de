import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Json, JsonObject } from '../../contract/contract.js';
import { type NamedPart, parseFormData } from '../../contract/http/form-data.js';
import { bareMediaType, FORM, isJson, MULTIPART } from '../../contract/http/media-type.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { ReplayError } from '../errors.js';
import { type Field, unexpected } from './field.js';

/** Parts of HTTP messages as recordings contain them, whatever the format. */

export interface Address {
  readonly path: string;
  readonly query: string;
}

/**
 * Path and query of a recorded URL. The host is dropped: the target decides where requests go, never a recording.
 * @throws ReplayError if it is not a URL or a path
 */
export function addressOf(field: Field, text: string): Address {
  const afterHost = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(text)?.[0].length ?? 0;
  const rest = text.slice(afterHost).split('#')[0] ?? '';
  const local = rest.startsWith('?') && afterHost > 0 ? `/${rest}` : rest || '/';
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  if (!path.startsWith('/')) throw unexpected(field, 'a path that begins with "/", or a URL');
  return { path, query: mark === -1 ? '' : local.slice(mark + 1) };
}

/**
 * The value of a body's text: a form, in parts or not, or JSON if its type says so or it looks like it, otherwise the
 * text. So is JSON that is nested deeper than code can walk: verify sends such a body, and its HAR file has it.
 */
export function bodyOf(text: string, type: string | undefined): Json | undefined {
  if (text === '') return undefined;
  if (type === FORM) return formOf(text);
  if (type === MULTIPART) return formOfParts(text) ?? text;
  const parsed = parseJsonText(text, { repeatedNames: 'keep-last' });
  return 'value' in parsed ? parsed.value : text;
}

/** The pairs of a form or of a query; several of one name make a list. */
export function formOf(text: string): { readonly [name: string]: string | readonly string[] } {
  const pairs = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(pairs.keys())].map((name) => {
      const values = pairs.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/**
 * The fields of a form in parts; undefined for a text that is none. Recordings keep the media type alone, so the first
 * line says what separates the parts.
 */
export function formOfParts(text: string): JsonObject | undefined {
  const [, boundary] = /^(?:\r\n)?--([^\r\n]*[^\s])[ \t]*\r\n/.exec(text) ?? [];
  const parts = boundary === undefined ? undefined : parseFormData(`${MULTIPART}; boundary="${boundary}"`, text);
  if (parts === undefined) return undefined;
  const fields = new Map<string, Json[]>();
  for (const part of parts) {
    const values = fields.get(part.name) ?? [];
    values.push(valueOfPart(part));
    fields.set(part.name, values);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]): [string, Json] => [name, values.length === 1 ? (values[0] ?? null) : values]),
  );
}

function valueOfPart({ text, headers }: NamedPart): Json {
  const type = headers.get('content-type');
  if (type === undefined || !isJson(bareMediaType(type))) return text;
  const parsed = parseJsonText(text, { repeatedNames: 'keep-last' });
  return 'value' in parsed ? parsed.value : text;
}

/** A decompressed body is at most this large, in bytes. */
const LARGEST_BODY = 64 * 1024 * 1024;

const DECOMPRESS: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: LARGEST_BODY }),
  deflate: (bytes) => inflateSync(bytes, { maxOutputLength: LARGEST_BODY }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: LARGEST_BODY }),
};

/**
 * The text of a body's bytes. Recorders keep `content-encoding` whether they have decompressed the body or not.
 * @throws ReplayError if bytes in gzip cannot be decompressed
 */
export function textOf(field: Field, bytes: Uint8Array, contentEncoding: string | undefined): string {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const decompress = isGzip ? DECOMPRESS.gzip : DECOMPRESS[encoding === 'gzip' ? '' : encoding];
  if (decompress === undefined) return Buffer.from(bytes).toString('utf8');
  try {
    return decompress(bytes).toString('utf8');
  } catch (cause) {
    if (!isGzip) return Buffer.from(bytes).toString('utf8');
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${field.file} ${field.pointer}: the body cannot be decompressed: ${reason}.`;
    throw new ReplayError('RECORDING_INVALID', message, { cause });
  }
}
