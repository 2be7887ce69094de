import type { Json, Operation } from '../../contract/contract.js';
import { pathText, queryPairs, textOf } from './parameter-text.js';

/** The values of a request: one per parameter, and the body. */
export interface RequestValues {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly header: Readonly<Record<string, Json>>;
  /** Absent: no body is sent. */
  readonly body?: Json;
}

/**
 * A request as sent, without its token. Plain data: a check may copy it and change any part (another method, a body cut
 * in half), and a report shows it.
 */
export interface PlannedRequest {
  /** The operation it is meant for, whose documented answers it is judged by. Absent: none, such as for unknown paths. */
  readonly operation?: Operation;
  readonly method: string;
  /** Path and query, encoded, beginning with `/` at the target's root: `/api/v2/users/auth0%7Cabc/roles?page=1`. */
  readonly path: string;
  /** By lower-case name. Never the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The values it was built from: the effect tracker reads them. */
  readonly values?: RequestValues;
}

/** No values. */
export const noValues: RequestValues = { path: {}, query: {}, header: {} };

/**
 * Builds a request from values. Path values are percent-encoded (`..` stays `..`, which a URL cannot carry: send it only
 * to test that). Parameters have their styles. Bodies are JSON where the operation takes it, else a form, a multipart body
 * or text.
 */
export function buildRequest(operation: Operation, values: RequestValues): PlannedRequest {
  const parameters = new Map(operation.parameters.map((one) => [`${one.in} ${one.name}`, one]));
  const path = operation.route.replace(/\{([^}]+)\}/g, (_, name: string) =>
    pathText(parameters.get(`path ${name}`), values.path[name] ?? ''),
  );
  const query = Object.entries(values.query)
    .flatMap(([name, value]) => queryPairs(parameters.get(`query ${name}`), name, value))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const headers: Record<string, string> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(values.header)) headers[name.toLowerCase()] = textOf(value);
  const request = {
    operation,
    method: operation.method,
    path: query === '' ? path : `${path}?${query}`,
    values,
  };
  if (values.body === undefined) return { ...request, headers };
  const { type, body } = writeBody(operation.requestBody?.content.map((media) => media.type) ?? [], values.body);
  headers['content-type'] = type;
  return { ...request, headers, body };
}

/** In the first of JSON, a form, fields of a multipart body and text that the operation takes. */
function writeBody(types: readonly string[], value: Json): { readonly type: string; readonly body: string } {
  const json = types.find((type) => type === 'application/json') ?? types.find((type) => type.endsWith('json'));
  if (json !== undefined) return { type: json, body: JSON.stringify(value) };
  if (types.includes(FORM)) return { type: FORM, body: writeForm(value) };
  if (types.includes('multipart/form-data'))
    return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: writeMultipart(value) };
  const [other] = types;
  if (other === undefined || /^(\*|application)\/\*$/.test(other))
    return { type: 'application/json', body: JSON.stringify(value) };
  return { type: other.replace('/*', '/plain'), body: textOf(value) };
}

const FORM = 'application/x-www-form-urlencoded';
const BOUNDARY = 'rolecall-part';

function writeMultipart(body: Json): string {
  const fields = body === null || typeof body !== 'object' || Array.isArray(body) ? { value: body } : body;
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name.replace(/["\r\n]/g, '_')}"\r\n\r\n${textOf(value as Json)}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

function writeForm(body: Json): string {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return textOf(body);
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, textOf(value as Json)])).toString();
}
