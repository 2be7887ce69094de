import type { Json } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/media-type.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse, Recording } from '../recorded/recording.js';
import { type Field, fieldOf, listIn, objectIn, optionalStringIn, statusIn, stringIn, unexpected } from './field.js';
import { addressOf } from './message.js';

/** `{source?, recording?, exchanges: [{request: {method, path, query?, body?}, response: {status, …, body?}}]}`. */
export function isExchangeList(value: Json | undefined): boolean {
  return isObject(value) && Object.hasOwn(value, 'exchanges');
}

/** @throws ReplayError with the place of what is wrong. */
export function readExchangeList(field: Field, fallbackName: string): Recording {
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

/** "request order within one second is not certain" and its like. */
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
  };
}

/** @throws ReplayError unless it is a token of RFC 9110. */
export function methodIn(field: Field): string {
  const method = stringIn(field);
  if (!/^[A-Za-z]{1,20}$/.test(method)) throw unexpected(field, 'an HTTP method');
  return method.toUpperCase();
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
  };
}

function headersIn(field: Field): Readonly<Record<string, string>> | undefined {
  if (field.value === undefined || field.value === null) return undefined;
  return Object.fromEntries(
    Object.keys(objectIn(field)).map((name) => {
      const header = fieldOf(field, name);
      const value = Array.isArray(header.value) ? header.value.join(', ') : stringIn(header);
      return [name.toLowerCase(), value];
    }),
  );
}
