import type { Json } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/media-type.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse, Recording } from '../recorded/recording.js';
import { methodIn } from './exchange-list.js';
import { type Field, fieldOf, listIn, objectIn, optionalStringIn, statusIn, stringIn, unexpected } from './field.js';
import { addressOf, bodyOf } from './message.js';

/** HTTP Archive 1.2, as browsers and proxies save it. @see http://www.softwareishard.com/blog/har-12-spec/ */
export function isHar(value: Json | undefined): boolean {
  return isObject(value) && isObject(value.log) && Object.hasOwn(value.log, 'entries');
}

/** @throws ReplayError with the place of what is wrong. */
export function readHar(field: Field, name: string): Recording {
  const entries = fieldOf(fieldOf(field, 'log'), 'entries');
  const answered = listIn(entries).flatMap((entry, index) => {
    objectIn(entry);
    // Browsers write status 0 for a request that was cancelled or blocked: nothing was answered.
    return fieldOf(fieldOf(entry, 'response'), 'status').value === 0 ? [] : [readEntry(entry, index)];
  });
  // The format leaves the order of the list open.
  const exchanges = [...answered].sort((left, right) => (left.startedAt ?? 0) - (right.startedAt ?? 0));
  return {
    file: field.file,
    name,
    pointer: entries.pointer,
    orderUncertain: exchanges.some(
      ({ startedAt }, at) => startedAt !== undefined && startedAt === exchanges[at + 1]?.startedAt,
    ),
    exchanges,
  };
}

function readEntry(field: Field, index: number): RecordedExchange {
  const started = fieldOf(field, 'startedDateTime');
  const startedAt = Date.parse(stringIn(started));
  if (Number.isNaN(startedAt)) throw unexpected(started, 'a date and time');
  return {
    index,
    request: readRequest(fieldOf(field, 'request')),
    response: readResponse(fieldOf(field, 'response')),
    startedAt,
  };
}

function readRequest(field: Field): RecordedRequest {
  objectIn(field);
  const url = fieldOf(field, 'url');
  const post = fieldOf(field, 'postData');
  const type = optionalStringIn(fieldOf(post, 'mimeType'));
  const contentType = type === undefined || type === '' ? undefined : bareMediaType(type);
  const body = isObject(post.value) ? postedBody(post, contentType) : undefined;
  return {
    method: methodIn(fieldOf(field, 'method')),
    ...addressOf(url, stringIn(url)),
    ...(body === undefined ? {} : { body }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function postedBody(post: Field, type: string | undefined): Json | undefined {
  const text = optionalStringIn(fieldOf(post, 'text')) ?? '';
  const params = fieldOf(post, 'params');
  if (text !== '' || !Array.isArray(params.value) || params.value.length === 0) return bodyOf(text, type);
  return Object.fromEntries(
    listIn(params).map((param) => [stringIn(fieldOf(param, 'name')), optionalStringIn(fieldOf(param, 'value')) ?? '']),
  );
}

function readResponse(field: Field): RecordedResponse {
  objectIn(field);
  const content = fieldOf(field, 'content');
  const headers = headersIn(fieldOf(field, 'headers'));
  const type = headers['content-type'] ?? optionalStringIn(fieldOf(content, 'mimeType')) ?? '';
  // `x-unknown` is what browsers write where there was none.
  const contentType = type === '' || type === 'x-unknown' ? undefined : bareMediaType(type);
  const body = bodyOf(contentText(content), contentType);
  return {
    status: statusIn(fieldOf(field, 'status')),
    headers,
    ...(contentType === undefined ? {} : { contentType }),
    ...(body === undefined ? {} : { body }),
  };
}

function contentText(content: Field): string {
  const text = optionalStringIn(fieldOf(content, 'text')) ?? '';
  return fieldOf(content, 'encoding').value === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
}

function headersIn(field: Field): Readonly<Record<string, string>> {
  const pairs = listIn(field).map(
    (header) => [stringIn(fieldOf(header, 'name')).toLowerCase(), stringIn(fieldOf(header, 'value'))] as const,
  );
  return Object.fromEntries(pairs);
}
