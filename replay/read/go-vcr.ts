import type { Json } from '../../contract/contract.js';
import { FORM } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedRequest } from '../recorded/recording.js';
import { cassette, firstRequest, requestBody, responseOf } from './cassette.js';
import { type Field, fieldOf, methodIn, objectIn, sizeIn, statusIn, stringIn } from './field.js';
import type { RecordingFormat } from './format.js';
import { contentTypeIn, headersIn } from './headers.js';
import { addressOf } from './message.js';

/** go-vcr, file versions 1 (v1, v2) and 2 (v3, v4). @see https://github.com/dnaeon/go-vcr */
export const goVcr: RecordingFormat = {
  name: 'go-vcr',
  detects(value) {
    if (!isObject(value) || !Array.isArray(value.interactions)) return false;
    const request = firstRequest(value.interactions);
    return value.interactions.length === 0 || (isObject(request) && Object.hasOwn(request, 'url'));
  },
  async read(root, { name }) {
    return [
      cassette(fieldOf(root, 'interactions'), name, (interaction) => ({
        request: readRequest(fieldOf(interaction, 'request')),
        response: readResponse(fieldOf(interaction, 'response')),
      })),
    ];
  },
};

function readRequest(field: Field): RecordedRequest {
  objectIn(field);
  const url = fieldOf(field, 'url');
  const headers = headersIn(fieldOf(field, 'headers'));
  const {
    body = formBody(fieldOf(field, 'form'), contentTypeIn(headers)),
    contentType,
    token,
  } = requestBody(fieldOf(field, 'body'), headers);
  const isLost = body === undefined && (sizeIn(fieldOf(field, 'content_length')) ?? 0) > 0;
  return {
    method: methodIn(fieldOf(field, 'method')),
    ...addressOf(url, stringIn(url)),
    ...(contentType === undefined ? {} : { contentType }),
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
    ...(isLost ? { incomplete: true } : {}),
  };
}

/** The parsed form, for clients whose body was read before it was recorded. In other requests it holds the query. */
function formBody({ value }: Field, type: string | undefined): Json | undefined {
  if (type !== FORM || !isObject(value) || Object.keys(value).length === 0) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, texts]): [string, Json] => [
      name,
      Array.isArray(texts) && texts.length === 1 ? (texts[0] ?? '') : texts,
    ]),
  );
}

function readResponse(field: Field) {
  objectIn(field);
  return responseOf(statusIn(fieldOf(field, 'code')), headersIn(fieldOf(field, 'headers')), fieldOf(field, 'body'));
}
