import type { HttpRequest } from '../../conformance/target/target.js';
import type { Json, Operation } from '../../contract/contract.js';
import type { Correspondence } from '../compare/correspondence.js';
import { FORM } from '../read/message.js';
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
  const types = operation.requestBody?.content.map((media) => media.type) ?? [];
  const isForm = type === FORM || (types.includes(FORM) && !types.some((each) => each.endsWith('json')));
  const contentType = isForm ? FORM : 'application/json';
  return {
    ...request,
    headers: { ...request.headers, 'content-type': contentType },
    body: isForm ? form(body) : JSON.stringify(body),
  };
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
