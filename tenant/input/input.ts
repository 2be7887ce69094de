import type { Json, JsonObject } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { OutsideContract, undeclaredNames } from '../answer/outside-contract.js';
import { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';
import { cookiesOf } from '../http/cookies.js';
import type { Provider } from '../provider.js';
import type { Endpoint } from '../routing/endpoint.js';
import type { ParameterReader } from './parameters.js';
import { encodedValueOf, parseQuery } from './query-string.js';

/** The validated input of an operation, converted to the types of the contract. */
export interface Input {
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly body: Json | undefined;
}

/** @param parameters of the path, still percent-encoded */
export function readInput(
  endpoint: Endpoint,
  request: PlainRequest,
  parameters: Readonly<Record<string, string>>,
  provider: Provider,
): Input | Refusal {
  const path = pathOf(endpoint, parameters, provider);
  if (path instanceof Refusal) return path;
  const query = queryOf(endpoint, request.query, provider);
  if (query instanceof Refusal) return query;
  const header = endpoint.header === undefined ? undefined : headerRefusal(endpoint.header, request, provider);
  if (header !== undefined) return header;
  const cookie = endpoint.cookie === undefined ? undefined : cookieRefusal(endpoint.cookie, request, provider);
  if (cookie !== undefined) return cookie;
  const read = endpoint.body?.read(request) ?? { value: undefined };
  if ('unreadable' in read) return invalid('body', `'${read.unreadable}'.`);
  if ('errors' in read) return invalidPart('body', 'property', read.errors, provider);
  return { path, query, body: read.value };
}

function pathOf(
  endpoint: Endpoint,
  parameters: Readonly<Record<string, string>>,
  provider: Provider,
): JsonObject | Refusal {
  const texts = new Map<string, readonly string[]>();
  for (const name in parameters) {
    const encoded = parameters[name] ?? '';
    const text = decodeSegment(encoded);
    if (text === undefined) return invalid('path', `'Malformed percent-encoding: ${encoded}' on property ${name}.`);
    texts.set(name, [text]);
  }
  const parsed = endpoint.path.parse(texts, (name) => parameters[name]);
  return 'errors' in parsed ? invalid('path', provider.reasons(parsed.errors)) : parsed.values;
}

function queryOf(endpoint: Endpoint, query: string, provider: Provider): JsonObject | Refusal {
  const texts = parseQuery(query);
  if (texts === undefined) return invalid('query', `'Malformed percent-encoding'.`);
  const parsed = endpoint.query.parse(texts, (name) => encodedValueOf(query, name));
  return 'errors' in parsed ? invalidPart('query', 'query', parsed.errors, provider) : parsed.values;
}

/** Refused like an invalid query: the contract has no cause for headers. */
function headerRefusal(header: ParameterReader, { headers }: PlainRequest, provider: Provider): Refusal | undefined {
  const texts = new Map<string, readonly string[]>();
  for (const name of header.names) {
    const text = headers[name];
    if (text !== undefined) texts.set(name, [text]);
  }
  const parsed = header.parse(texts);
  return 'errors' in parsed ? invalid('query', provider.reasons(parsed.errors)) : undefined;
}

/** Refused like an invalid query, too. */
function cookieRefusal(cookie: ParameterReader, { headers }: PlainRequest, provider: Provider): Refusal | undefined {
  // Other cookies may be anybody's.
  const texts = new Map([...cookiesOf(headers.cookie ?? '')].filter(([name]) => cookie.takes(name)));
  const parsed = cookie.parse(texts);
  return 'errors' in parsed ? invalid('query', provider.reasons(parsed.errors)) : undefined;
}

function invalidPart(
  part: 'query' | 'body',
  noun: string,
  errors: readonly SchemaError[],
  provider: Provider,
): Refusal {
  const undeclared = undeclaredNames(errors);
  const reason = provider.reasons(errors);
  return undeclared === undefined ? invalid(part, reason) : new OutsideContract(part, `${noun} ${undeclared}`, reason);
}

function invalid(part: 'path' | 'query' | 'body', reason: string): Refusal {
  return new Refusal({ kind: 'invalid', part }, { reason }, reason);
}
