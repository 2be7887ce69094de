import type { Json } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse, Recording } from '../recorded/recording.js';
import { type Field, fieldOf, listIn, methodIn, objectIn, optionalStringIn, statusIn, stringIn } from './field.js';
import type { RecordingFormat } from './format.js';
import { headersIn } from './headers.js';
import { addressOf } from './message.js';
import { tokenClaimsIn } from './token-claims.js';

/**
 * Our own format: `{source?, recording?, exchanges: [{request: {method, path, query?, body?, token?}, response: {status,
 * contentType?, headers?, body?}}]}`, or a list of these. `token` has the claims of the access token: `{client?, audience?,
 * scopes}`.
 */
export const exchangeList: RecordingFormat = {
  name: 'an exchange list',
  detects: (value) =>
    isExchangeList(value) || (Array.isArray(value) && value.length > 0 && value.every(isExchangeList)),
  async read(root, { name }) {
    if (!Array.isArray(root.value)) return [readList(root, name)];
    return listIn(root).map((field, index) => readList(field, `${name} ${index}`));
  },
};

function isExchangeList(value: Json): boolean {
  return isObject(value) && Object.hasOwn(value, 'exchanges');
}

function readList(field: Field, fallbackName: string): Recording {
  const list = fieldOf(field, 'exchanges');
  const texts = Object.values(objectIn(field)).filter((value) => typeof value === 'string');
  return {
    file: field.file,
    name: optionalStringIn(fieldOf(field, 'recording')) ?? fallbackName,
    pointer: list.pointer,
    orderUncertain: texts.some(saysOrderIsUncertain),
    exchanges: listIn(list).map(readExchange),
  };
}

/** Matches notes such as "request order within one second is not certain". */
function saysOrderIsUncertain(text: string): boolean {
  return /\border\b[^.;]*\b(uncertain|unknown|unordered|not (certain|known|sure|guaranteed|reliable))/i.test(text);
}

function readExchange(field: Field, index: number): RecordedExchange {
  objectIn(field);
  return {
    index,
    request: readRequest(fieldOf(field, 'request')),
    response: readResponse(fieldOf(field, 'response')),
  };
}

function readRequest(field: Field): RecordedRequest {
  objectIn(field);
  const pathField = fieldOf(field, 'path');
  const address = addressOf(pathField, stringIn(pathField));
  const query = optionalStringIn(fieldOf(field, 'query'))?.replace(/^\?/, '') ?? address.query;
  const body = fieldOf(field, 'body').value;
  const type = optionalStringIn(fieldOf(field, 'contentType'));
  return {
    method: methodIn(fieldOf(field, 'method')),
    path: address.path,
    query,
    ...(body === undefined || body === null ? {} : { body }),
    ...(type === undefined ? {} : { contentType: bareMediaType(type) }),
    ...tokenClaimsIn(fieldOf(field, 'token')),
    ...(fieldOf(field, 'incomplete').value === true ? { incomplete: true } : {}),
  };
}

function readResponse(field: Field): RecordedResponse {
  objectIn(field);
  const body = fieldOf(field, 'body').value;
  const headers = headersIn(fieldOf(field, 'headers'));
  const type = optionalStringIn(fieldOf(field, 'contentType')) ?? headers?.['content-type'];
  return {
    status: statusIn(fieldOf(field, 'status')),
    ...(headers === undefined ? {} : { headers }),
    ...(type === undefined ? {} : { contentType: bareMediaType(type) }),
    ...(body === undefined || body === null ? {} : { body }),
    ...(fieldOf(field, 'incomplete').value === true ? { incomplete: true } : {}),
  };
}
