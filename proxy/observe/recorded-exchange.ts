import { parseJson } from '../../conformance/target/target.js';
import type { Json } from '../../contract/contract.js';
import { bareMediaType, FORM, MULTIPART } from '../../contract/http/media-type.js';
import { formOf, formOfParts } from '../../replay/read/message.js';
import { recordedToken } from '../../replay/recorded/recorded-token.js';
import type { RecordedExchange, RecordedRequest, RecordedResponse } from '../../replay/recorded/recording.js';
import { type HeaderFields, valuesOf } from '../pass/head.js';
import type { PassedExchange, PassedRequest, PassedResponse } from '../pass/passed-exchange.js';
import { type ReadBody, readBody } from './read-body.js';

/** An exchange that has passed, decoded: what judging and recording start from. */
export interface ReadExchange {
  readonly passed: PassedExchange;
  readonly answer: PassedResponse;
  /** In the form that replay reads. */
  readonly recorded: RecordedExchange;
  readonly sent: ReadBody;
  readonly received: ReadBody;
  /** Why it cannot be judged, if so. */
  readonly unread?: string;
}

/** @returns why there is nothing to judge, if no complete answer passed */
export function readExchange(passed: PassedExchange, index: number): ReadExchange | { readonly unread: string } {
  const { request, response: answer, end } = passed;
  if (answer === undefined) return { unread: 'no answer came' };
  if (end !== 'complete') return { unread: 'the connection closed before the end of the answer' };
  const sent: ReadBody = request.complete
    ? readBody(request.body, request.fields)
    : { unread: 'the answer came before the end of the request' };
  const received = readBody(answer.body, answer.fields);
  const recorded = {
    index,
    request: recordedRequest(request, sent),
    response: recordedResponse(answer, received),
    startedAt: passed.startedAt,
  };
  const unread = [sent, received].flatMap((body) => ('unread' in body ? [body.unread] : []))[0];
  return { passed, answer, recorded, sent, received, ...(unread === undefined ? {} : { unread }) };
}

/** Headers by lower-case name; repeated ones are joined by a comma. */
export function headersOf(fields: HeaderFields): Readonly<Record<string, string>> {
  const names = [...new Set(fields.map(([name]) => name.toLowerCase()))];
  return Object.fromEntries(names.map((name) => [name, valuesOf(fields, name).join(', ')]));
}

/** Path and query of a request target, which may be an absolute URL. */
export function addressOf(target: string): { readonly path: string; readonly query: string } {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : local.slice(mark + 1) };
}

function recordedRequest({ method, target, fields }: PassedRequest, sent: ReadBody): RecordedRequest {
  const contentType = mediaTypeOf(fields);
  const token = recordedToken(valuesOf(fields, 'authorization')[0]);
  return {
    method: method.toUpperCase(),
    ...addressOf(target),
    ...bodyOf(sent, contentType),
    ...(contentType === undefined ? {} : { contentType }),
    ...(token === undefined ? {} : { token }),
  };
}

function recordedResponse({ status, fields }: PassedResponse, received: ReadBody): RecordedResponse {
  const contentType = mediaTypeOf(fields);
  return {
    status,
    headers: headersOf(fields),
    ...(contentType === undefined ? {} : { contentType }),
    ...bodyOf(received, contentType),
  };
}

/** The body as a value: JSON, a form, or text. */
function bodyOf(
  body: ReadBody,
  contentType: string | undefined,
): { readonly body?: Json; readonly incomplete?: boolean } {
  if ('unread' in body || !body.isText) return { incomplete: true };
  if (body.text === '') return {};
  if (contentType === FORM) return { body: formOf(body.text) };
  if (contentType === MULTIPART) return { body: formOfParts(body.text) ?? body.text };
  const { json = body.text } = parseJson(body.text);
  return { body: json };
}

function mediaTypeOf(fields: HeaderFields): string | undefined {
  const [type] = valuesOf(fields, 'content-type');
  return type === undefined || type === '' ? undefined : bareMediaType(type);
}
