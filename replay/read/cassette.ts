import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse, Recording } from '../recorded/recording.js';
import { type Field, fieldOf, listIn, objectIn, stringIn } from './field.js';
import { contentTypeIn, type Headers, tokenIn } from './headers.js';
import { bodyOf, textOf } from './message.js';

/** Parts that the formats of VCR and its relatives share. */

/** A binary text of YAML (`!!binary`), as the reader of recordings parses it. */
export interface BinaryText {
  readonly base64: string;
}

/** A recording from a list of interactions. */
export function cassette(
  list: Field,
  name: string,
  read: (interaction: Field) => Omit<RecordedExchange, 'index'>,
): Recording {
  const exchanges = listIn(list).map((interaction, index) => {
    objectIn(interaction);
    return { index, ...read(interaction) };
  });
  return { file: list.file, name, pointer: list.pointer, orderUncertain: false, exchanges };
}

/** The first interaction of a list, to tell formats apart. */
export function firstRequest(list: Json | undefined): Json | undefined {
  const [first] = Array.isArray(list) ? list : [];
  return isObject(first) ? first.request : undefined;
}

/** The text of a body field: a text, a binary text, or an object with `string` or `base64_string`. */
export function bodyText(field: Field, contentEncoding: string | undefined): string {
  const { value } = field;
  if (value === undefined || value === null) return '';
  if (!isObject(value)) return typeof value === 'string' ? value : stringIn(field);
  const encoded = value.base64 ?? value.base64_string;
  if (typeof encoded === 'string') return textOf(field, Buffer.from(encoded, 'base64'), contentEncoding);
  return bodyText(fieldOf(field, 'string'), contentEncoding);
}

/** A request body with its content type, and the claims of the request's token. */
export function requestBody(
  field: Field,
  headers: Headers | undefined,
): Pick<RecordedRequest, 'body' | 'contentType' | 'token' | 'incomplete' | 'mayHaveHadBody'> {
  const contentType = contentTypeIn(headers);
  const body = bodyOf(bodyText(field, headers?.['content-encoding']), contentType);
  return {
    ...(body === undefined ? lackOf(field, headers) : { body }),
    ...(contentType === undefined ? {} : { contentType }),
    ...tokenIn(headers),
  };
}

/** What is known of a body that was not recorded. An empty text was sent; of a null, only the length tells. */
function lackOf(
  { value }: Field,
  headers: Headers | undefined,
): Pick<RecordedRequest, 'incomplete' | 'mayHaveHadBody'> {
  const length = headers?.['content-length'];
  if (Number(length) > 0) return { incomplete: true };
  return value === null && length === undefined ? { mayHaveHadBody: true } : {};
}

/** A response from its status, headers and body field. */
export function responseOf(status: number, headers: Headers | undefined, body: Field): RecordedResponse {
  const contentType = contentTypeIn(headers);
  const value = bodyOf(bodyText(body, headers?.['content-encoding']), contentType);
  return {
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(value === undefined ? {} : { body: value }),
  };
}
