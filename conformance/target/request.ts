import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { Json, MediaType, Operation, Parameter } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { encodedQueryPairs, headerText, pathText, queryPairs } from './parameter-text.js';
import { bodyMedia, writeBody } from './request-body.js';

/** The values of a request: one per parameter, and the body. */
export interface RequestValues {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly header: Readonly<Record<string, Json>>;
  readonly cookie?: Readonly<Record<string, Json>>;
  /** Absent: no body is sent. */
  readonly body?: Json;
  /** What the body is written in. Absent: as `bodyMedia` chooses. */
  readonly media?: MediaType;
}

/**
 * A request as sent, without its token. Plain data: a check may copy it and change any part (another method, a body cut
 * in half), and a report shows it.
 */
export interface PlannedRequest {
  /** The operation it is meant for, whose documented answers it is judged by. Absent: none, such as for unknown paths. */
  readonly operation?: Operation;
  /** The alternatives of access without an operation that has them. Absent: a bearer token. */
  readonly security?: Operation['security'];
  readonly method: string;
  /** Path and query, encoded, beginning with `/` at the target's root: `/v1/shelves/a%7Cb/books?page=1`. */
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
 * Builds a request from values. A path parameter that allows one value has it without being given. Path values are
 * percent-encoded (`..` stays `..`, which a URL cannot carry: send it only to test that). Parameters have their styles.
 * Bodies are JSON where the operation takes it, else a form, a multipart body, XML or text.
 */
export function buildRequest(operation: Operation, values: RequestValues): PlannedRequest {
  const { fixed, variable, parameters, accept } = frameOf(operation);
  const path = variable.reduce(
    (before, { name, parameter }, index) =>
      before + pathText(parameter, values.path[name] ?? parameter?.only ?? '') + (fixed[index + 1] ?? ''),
    fixed[0] ?? '',
  );
  const query = Object.entries(values.query)
    .flatMap(([name, value]) => encodedQueryPairs(parameters.get(`query ${name}`), name, value))
    .join('&');
  const headers: Record<string, string> = { accept };
  for (const [name, value] of Object.entries(values.header)) {
    headers[name.toLowerCase()] = headerText(parameters.get(`header ${name}`), value);
  }
  const cookie = Object.entries(values.cookie ?? {})
    .flatMap(([name, value]) => queryPairs(parameters.get(`cookie ${name}`), name, value))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('; ');
  if (cookie !== '') headers.cookie = cookie;
  const request = {
    operation,
    method: operation.method,
    path: query === '' ? path : `${path}?${query}`,
    values,
  };
  if (values.body === undefined) return { ...request, headers };
  const { type, body } = writeBody(values.media ?? bodyMedia(operation), values.body);
  headers['content-type'] = type;
  return { ...request, headers, body };
}

/**
 * A request that no operation documents: with another method, or to another path. Its credential goes where that of the
 * operation does, so that a server looks beyond it.
 */
export function undocumented({ method, path, headers, operation }: PlannedRequest): PlannedRequest {
  return { method, path, headers, ...(operation && { security: acceptedCredentials(operation) }) };
}

/** What all requests of an operation have in common. */
interface Frame {
  /** The parts of the route around its parameters. */
  readonly fixed: readonly string[];
  /** The parameters in the route, in order. */
  readonly variable: readonly { readonly name: string; readonly parameter: Parameter | undefined }[];
  /** By place and name: `query page`. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly accept: string;
}

const knownFrames = new WeakMap<Operation, Frame>();

function frameOf(operation: Operation): Frame {
  const known = knownFrames.get(operation);
  if (known !== undefined) return known;
  const parameters = new Map(operation.parameters.map((one) => [`${one.in} ${one.name}`, one]));
  const variable = [...operation.route.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    parameter: parameters.get(`path ${name}`),
  }));
  const fixed = operation.route.split(/\{[^}]+\}/).map(inUrl);
  const frame = { fixed, variable, parameters, accept: acceptedBy(operation) };
  knownFrames.set(operation, frame);
  return frame;
}

/** A text of a path as URLs have it: what they cannot have is percent-encoded; what is encoded already stays. */
function inUrl(text: string): string {
  // Buffers have no lone surrogates, which cannot be encoded.
  return text.replace(/[^!#-;=?-[\]_a-z~]+/g, (part) => encodeURIComponent(Buffer.from(part).toString()));
}

/** JSON, unless the operation succeeds only in other types: then every type that it answers in. */
function acceptedBy({ responses }: Operation): string {
  const typesOf = (some: Operation['responses']) => some.flatMap(({ content }) => content.map(({ type }) => type));
  const types = typesOf(responses);
  const ofSuccess = typesOf(responses.filter(({ status }) => status.startsWith('2')));
  const deciding = ofSuccess.length > 0 ? ofSuccess : types;
  const hasJson = types.length === 0 || deciding.some((type) => isJson(type) || type.endsWith('/*'));
  return hasJson ? 'application/json' : [...new Set(types)].join(', ');
}
