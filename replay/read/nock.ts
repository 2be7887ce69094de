import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedRequest, RecordedResponse } from '../recorded/recording.js';
import { cassette } from './cassette.js';
import { type Field, fieldOf, methodIn, statusIn, stringIn } from './field.js';
import type { RecordingFormat } from './format.js';
import { contentTypeIn, headersIn, tokenIn } from './headers.js';
import { addressOf, bodyOf, textOf } from './message.js';

/** Definitions of nock's recorder (`output_objects: true`) and of nock.back. @see https://github.com/nock/nock */
export const nock: RecordingFormat = {
  name: 'nock',
  detects: (value) => Array.isArray(value) && value.length > 0 && value.every(isDefinition),
  async read(root, { name }) {
    return [
      cassette(root, name, (definition) => ({ request: readRequest(definition), response: readResponse(definition) })),
    ];
  },
};

function isDefinition(value: Json): boolean {
  return isObject(value) && Object.hasOwn(value, 'scope') && Object.hasOwn(value, 'path');
}

/** Bodies in JSON are parsed; `''` means none. */
function readRequest(field: Field): RecordedRequest {
  const path = fieldOf(field, 'path');
  const headers = headersIn(fieldOf(field, 'reqheaders'));
  const contentType = contentTypeIn(headers);
  const sent = fieldOf(field, 'body');
  const body = typeof sent.value === 'string' ? bodyOf(sent.value, contentType) : sent.value;
  return {
    method: methodIn(fieldOf(field, 'method')),
    ...addressOf(path, stringIn(path)),
    ...(body === undefined || body === null ? {} : { body }),
    ...(contentType === undefined ? {} : { contentType }),
    ...tokenIn(headers),
  };
}

function readResponse(field: Field): RecordedResponse {
  const raw = fieldOf(field, 'rawHeaders');
  const headers = headersIn(raw.value === undefined ? fieldOf(field, 'headers') : raw);
  const contentType = contentTypeIn(headers);
  const received = fieldOf(field, 'response');
  const encoded = encodedPieces(field, headers?.['content-encoding']);
  const text =
    encoded === undefined
      ? received.value
      : textOf(received, Buffer.from(encoded, 'hex'), headers?.['content-encoding']);
  const body = typeof text === 'string' ? bodyOf(text, contentType) : text;
  return {
    status: statusIn(fieldOf(field, 'status')),
    ...(headers === undefined ? {} : { headers }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(body === undefined || body === null ? {} : { body }),
  };
}

/** Compressed answers are a list of pieces in hexadecimal, binary ones one text. */
function encodedPieces(field: Field, contentEncoding: string | undefined): string | undefined {
  const { value } = fieldOf(field, 'response');
  const isHex = (text: Json): boolean => typeof text === 'string' && /^([0-9a-f]{2})*$/i.test(text);
  const isBinary = fieldOf(field, 'responseIsBinary').value === true;
  if (typeof value === 'string' && isBinary && isHex(value)) return value;
  const isEncoded = isBinary || contentEncoding !== undefined;
  return Array.isArray(value) && isEncoded && value.length > 0 && value.every(isHex) ? value.join('') : undefined;
}
