import { writeBody } from '../../conformance/target/request-body.js';
import type { HttpRequest } from '../../conformance/target/target.js';
import type { Json, Operation } from '../../contract/contract.js';
import { FORM, isJson, isXml, MULTIPART, mediaTypeMatches } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import type { Correspondence } from '../compare/correspondence.js';
import type { RoutedStep } from '../recorded/step.js';

/**
 * The request of a step with ids and cursors of the target. Its path is the contract's route with the recorded values,
 * so a recording cannot send requests anywhere else.
 * @param body - replaces the recorded body
 */
export function writeRequest(
  correspondence: Correspondence,
  step: RoutedStep,
  body: Json | undefined,
  query: Readonly<Record<string, string | readonly string[]>> = step.query,
): HttpRequest {
  const { operation, path } = step.match;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map(
      (entry) => `${encodeURIComponent(name)}=${encodeURIComponent(correspondence.text(entry))}`,
    ),
  );
  const route = operation.route.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(correspondence.text(path[name] ?? '')),
  );
  return requestWithBody(
    operation,
    pairs.length === 0 ? route : `${route}?${pairs.join('&')}`,
    body,
    step.exchange.request.contentType,
  );
}

/** A request of an operation with this body. */
export function requestWithBody(
  operation: Operation,
  path: string,
  body: Json | undefined,
  type?: string,
): HttpRequest {
  const request = { method: operation.method, path, headers: { accept: 'application/json' } };
  if (body === undefined) return request;
  const parts = type === MULTIPART ? operation.requestBody?.content.find((media) => media.type === type) : undefined;
  if (parts !== undefined && isObject(body)) {
    const written = writeBody(parts, body);
    return { ...request, headers: { ...request.headers, 'content-type': written.type }, body: written.body };
  }
  const contentType = typeOf(operation, type);
  return {
    ...request,
    headers: { ...request.headers, 'content-type': contentType },
    body: bodyText(contentType, body),
  };
}

/** The recorded type if its bodies can be written; else a form where the operation takes no JSON, or its kind of JSON. */
function typeOf({ requestBody }: Operation, recorded: string | undefined): string {
  const types = requestBody?.content.map(({ type }) => type) ?? [];
  const json = types.find(isJson);
  if (recorded === FORM || (types.includes(FORM) && json === undefined)) return FORM;
  const isWritten = recorded !== undefined && (isJson(recorded) || isXml(recorded) || recorded.startsWith('text/'));
  const isTaken = isWritten && types.some((range) => mediaTypeMatches(range, recorded));
  if (isTaken) return recorded;
  return types.some((range) => mediaTypeMatches(range, 'application/json'))
    ? 'application/json'
    : (json ?? 'application/json');
}

function bodyText(type: string, body: Json): string {
  if (type === FORM) return form(body);
  return isJson(type) || typeof body !== 'string' ? JSON.stringify(body) : body;
}

function form(body: Json): string {
  if (typeof body !== 'object' || body === null) return String(body);
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each: Json): [string, string] => [name, typeof each === 'string' ? each : JSON.stringify(each)]),
  );
  return new URLSearchParams(pairs).toString();
}
