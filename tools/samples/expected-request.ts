import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { isObject } from '../../contract/pointer.js';
import type { Received } from './recorder.js';

/** What the samples of an operation should send, read from the contract and not from the samples. */
export interface ExpectedRequest {
  readonly method: string;
  /** Decoded, one per segment. */
  readonly segments: readonly string[];
  /** Name and value of each query parameter, sorted. */
  readonly query: readonly string[];
  readonly body?: Json;
  readonly isAuthorized: boolean;
}

/** @param host - in place of the host that the examples name */
export function expectedRequest(contract: Contract, operation: Operation, host: string): ExpectedRequest {
  const example = operation.requestBody?.content[0]?.example;
  const query = operation.parameters.filter((one) => one.in === 'query' && one.required);
  return {
    method: operation.method,
    segments: operation.route
      .split('/')
      .slice(1)
      .map((segment) => segment.replaceAll(/\{([^}]*)\}/g, (_, name: string) => exampleOf(operation, name))),
    query: query.map(({ name, example: value }) => `${name}=${String(value)}`).sort(),
    ...(example === undefined ? {} : { body: withHost(contract, example, host) }),
    isAuthorized: operation.security.length > 0,
  };
}

function exampleOf({ parameters }: Operation, name: string): string {
  return String(parameters.find((one) => one.in === 'path' && one.name === name)?.example ?? '');
}

/** The default host of the contract's server in texts, replaced. */
function withHost({ document }: Contract, value: Json, host: string): Json {
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  const variables = isObject(server) && isObject(server.variables) ? Object.values(server.variables) : [];
  const hosts = variables.flatMap((variable) => (isObject(variable) ? [String(variable.default)] : []));
  return JSON.parse(hosts.reduce((text, own) => text.replaceAll(own, host), JSON.stringify(value))) as Json;
}

/** What is wrong with the requests of a sample; empty if nothing is. */
export function flawsOf(expected: ExpectedRequest, received: readonly Received[], statuses: readonly string[]): string {
  const [first] = received;
  if (first === undefined) return 'sent no request';
  const { pathname, searchParams } = new URL(first.target, 'http://localhost');
  const segments = pathname
    .split('/')
    .slice(1)
    .map((segment) => decodeSegment(segment) ?? segment);
  const query = [...searchParams].map(([name, value]) => `${name}=${value}`).sort();
  const body = first.body === '' ? undefined : bodyOf(first);
  const status = String(first.status);
  return [
    differs('method', expected.method, first.method),
    differs('path', expected.segments, segments),
    /[|"<>^`{}\\]/.test(first.target) ? `path: expected percent-encoded, received ${first.target}` : '',
    differs(
      'query',
      expected.query,
      query.filter((pair) => expected.query.includes(pair) || !isPaging(pair)),
    ),
    differs('body', withInstants(expected.body), withInstants(body)),
    expected.isAuthorized && !first.isAuthorized ? 'authorization: expected the token, received another one' : '',
    first.status >= 200 && first.status < 300 && statuses.includes(status)
      ? ''
      : `status: received ${status} ${first.answer}`,
  ]
    .filter((flaw) => flaw !== '')
    .join('; ');
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Typed SDKs write the same moment in other digits: without fractions of zero. */
function withInstants(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' && DATE_TIME.test(part) ? new Date(part).toISOString() : part,
  ) as unknown;
}

/** SDKs send defaults of parameters that the contract does not require. */
function isPaging(pair: string): boolean {
  return /^(page|per_page|take|include_totals|include_fields|from)=/.test(pair);
}

function differs(what: string, expected: unknown, received: unknown): string {
  if (isDeepStrictEqual(expected, received)) return '';
  return `${what}: expected ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`;
}

/** JSON, as the header says; a form as an object. */
function bodyOf({ contentType, body }: Received): unknown {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  if (!/^application\/(.*\+)?json/.test(contentType)) return `${contentType}: ${body}`;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
