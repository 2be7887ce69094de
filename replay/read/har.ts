import type { Json } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse } from '../recorded/recording.js';
import {
  type Field,
  fieldOf,
  listIn,
  methodIn,
  objectIn,
  optionalStringIn,
  sizeIn,
  statusIn,
  stringIn,
  unexpected,
} from './field.js';
import type { ReadContext, RecordingFormat } from './format.js';
import { contentTypeIn, headersIn, tokenIn } from './headers.js';
import { addressOf, bodyOf, textOf } from './message.js';
import { tokenClaimsIn } from './token-claims.js';

/**
 * HTTP Archive 1.2, as browsers, Playwright, Polly.js and mitmproxy save it. @see
 * http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: RecordingFormat = {
  name: 'a HAR',
  detects: (value) => isObject(value) && isObject(value.log) && Object.hasOwn(value.log, 'entries'),
  async read(root, context) {
    const log = fieldOf(root, 'log');
    const entries = fieldOf(log, 'entries');
    const answered: RecordedExchange[] = [];
    for (const [index, entry] of listIn(entries).entries()) {
      objectIn(entry);
      // Status 0: the request was cancelled or blocked, so there is no answer.
      if (fieldOf(fieldOf(entry, 'response'), 'status').value === 0) continue;
      answered.push(await readEntry(entry, index, context));
    }
    // The format does not define the order of entries.
    const exchanges = answered.sort((left, right) => (left.startedAt ?? 0) - (right.startedAt ?? 0));
    const sameTime = ({ startedAt }: RecordedExchange, at: number): boolean =>
      startedAt !== undefined && startedAt === exchanges[at + 1]?.startedAt;
    return [
      {
        file: root.file,
        name: optionalStringIn(fieldOf(log, '_recordingName')) ?? context.name,
        pointer: entries.pointer,
        orderUncertain: exchanges.some(sameTime),
        exchanges,
      },
    ];
  },
};

async function readEntry(field: Field, index: number, context: ReadContext): Promise<RecordedExchange> {
  const started = fieldOf(field, 'startedDateTime');
  const startedAt = Date.parse(stringIn(started));
  if (Number.isNaN(startedAt)) throw unexpected(started, 'a date and time');
  const request = await readRequest(fieldOf(field, 'request'), context);
  const response = await readResponse(fieldOf(field, 'response'), request.method, context);
  return { index, request, response, startedAt };
}

async function readRequest(field: Field, context: ReadContext): Promise<RecordedRequest> {
  objectIn(field);
  const url = fieldOf(field, 'url');
  const headers = headersIn(fieldOf(field, 'headers'));
  const post = fieldOf(field, 'postData');
  const mimeType = optionalStringIn(fieldOf(post, 'mimeType')) || headers?.['content-type'];
  const contentType = mimeType === undefined || mimeType === '' ? undefined : bareMediaType(mimeType);
  const body = isObject(post.value) ? await postedBody(post, contentType, context) : undefined;
  // mitmproxy saves the size of a DELETE body, but not the body.
  const size = sizeIn(fieldOf(field, 'bodySize')) ?? Number(headers?.['content-length'] ?? 0);
  return {
    method: methodIn(fieldOf(field, 'method')),
    ...addressOf(url, stringIn(url)),
    ...(body === undefined ? {} : { body }),
    ...(contentType === undefined ? {} : { contentType }),
    ...tokenIn(headers),
    ...tokenClaimsIn(fieldOf(field, '_token')),
    ...(body === undefined && size > 0 ? { incomplete: true } : {}),
  };
}

async function postedBody(post: Field, type: string | undefined, context: ReadContext): Promise<Json | undefined> {
  const attached = await attachedBytes(post, context);
  if (attached !== undefined) return bodyOf(textOf(post, attached, undefined), type);
  const text = optionalStringIn(fieldOf(post, 'text')) ?? '';
  const params = fieldOf(post, 'params');
  if (text !== '' || !Array.isArray(params.value) || params.value.length === 0) {
    return bodyOf(text, type);
  }
  return Object.fromEntries(
    listIn(params).map((param) => [stringIn(fieldOf(param, 'name')), optionalStringIn(fieldOf(param, 'value')) ?? '']),
  );
}

async function readResponse(field: Field, method: string, context: ReadContext): Promise<RecordedResponse> {
  objectIn(field);
  const content = fieldOf(field, 'content');
  const headers = headersIn(fieldOf(field, 'headers')) ?? {};
  const status = statusIn(fieldOf(field, 'status'));
  const mimeType = optionalStringIn(fieldOf(content, 'mimeType'));
  // Browsers write `x-unknown` if there was no type; Polly.js writes a default.
  const isKnown = mimeType !== undefined && mimeType !== '' && mimeType !== 'x-unknown';
  const contentType = contentTypeIn(headers) ?? (isKnown ? bareMediaType(mimeType) : undefined);
  const text = await contentText(content, headers['content-encoding'], context);
  const body = bodyOf(text, contentType);
  const size = sizeIn(fieldOf(content, 'size')) ?? sizeIn(fieldOf(field, 'bodySize')) ?? 0;
  const mayHaveBody = method !== 'HEAD' && status !== 204 && status !== 304;
  return {
    status,
    headers,
    ...(contentType === undefined ? {} : { contentType }),
    ...(body === undefined ? {} : { body }),
    ...(body === undefined && size > 0 && mayHaveBody ? { incomplete: true } : {}),
  };
}

async function contentText(content: Field, encoding: string | undefined, context: ReadContext): Promise<string> {
  const attached = await attachedBytes(content, context);
  if (attached !== undefined) return textOf(content, attached, encoding);
  const text = optionalStringIn(fieldOf(content, 'text')) ?? '';
  const isBase64 = fieldOf(content, 'encoding').value === 'base64';
  const isHex = fieldOf(content, '_isBinary').value === true;
  if (!isBase64 && !isHex) return text;
  const pieces = piecesOf(text).map((piece) => Buffer.from(piece, isBase64 ? 'base64' : 'hex'));
  return textOf(fieldOf(content, 'text'), Buffer.concat(pieces), encoding);
}

/** Polly.js writes compressed bodies as a JSON array of encoded pieces. */
function piecesOf(text: string): readonly string[] {
  if (!text.startsWith('[')) return [text];
  const parsed = parseJsonText(text, { repeatedNames: 'keep-last' });
  return 'value' in parsed && Array.isArray(parsed.value) ? parsed.value.map(String) : [text];
}

/** Playwright writes the body into a file beside the HAR with `content: 'attach'`. */
async function attachedBytes(field: Field, context: ReadContext): Promise<Uint8Array | undefined> {
  const file = fieldOf(field, '_file');
  return file.value === undefined ? undefined : context.attachment(file, stringIn(file));
}
