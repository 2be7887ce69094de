import type { Json, Operation } from '../../contract/contract.js';

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
 * to test that). Lists in the query become one pair per entry: OpenAPI's default style. Bodies are JSON, or a form where
 * the operation documents only forms.
 */
export function buildRequest(operation: Operation, values: RequestValues): PlannedRequest {
  const path = operation.route.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(scalar(values.path[name] ?? '')),
  );
  const query = Object.entries(values.query)
    .flatMap(([name, value]) => pairs(name, value))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const headers: Record<string, string> = { accept: 'application/json' };
  for (const [name, value] of Object.entries(values.header)) headers[name.toLowerCase()] = scalar(value);
  const request = {
    operation,
    method: operation.method,
    path: query === '' ? path : `${path}?${query}`,
    values,
  };
  if (values.body === undefined) return { ...request, headers };
  const types = operation.requestBody?.content.map(({ type }) => type) ?? [];
  const form = types.includes('application/x-www-form-urlencoded') && !types.some((type) => type.endsWith('json'));
  headers['content-type'] = form ? 'application/x-www-form-urlencoded' : 'application/json';
  return { ...request, headers, body: form ? writeForm(values.body) : JSON.stringify(values.body) };
}

function pairs(name: string, value: Json): [string, string][] {
  return Array.isArray(value) ? value.map((entry: Json) => [name, scalar(entry)]) : [[name, scalar(value)]];
}

function scalar(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function writeForm(body: Json): string {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return scalar(body);
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, scalar(value as Json)])).toString();
}
