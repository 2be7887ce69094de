import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import type { PlainRequest } from '../exchange.js';
import type { Random } from '../random.js';

const TEXTS = [
  '',
  ' ',
  '.',
  '..',
  '%',
  '%2e%2e',
  '%00',
  '%zz',
  '%ff',
  '|',
  'auth0|x',
  'a/b',
  'a%2Fb',
  '?',
  '#',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'true',
  "' or 1=1",
  '<script>',
  '\u0000',
  '\ud800',
  '💥',
  'é',
  'x'.repeat(5000),
  '{{7*7}}',
  '#{7*7}',
  '\r\nset-cookie: a=b',
  '/../../etc/passwd',
];

const BODIES = [
  '',
  'null',
  'true',
  '0',
  '"x"',
  '[]',
  '{}',
  '{',
  '}',
  '[[',
  '{"a":}',
  '\u0000',
  '\ufeff{}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '['.repeat(100_000),
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  `[${'1,'.repeat(50_000)}1]`,
  `{"roles":[${'"a",'.repeat(50_000)}"a"]}`,
  'a=b&c=d',
  'a=%zz',
  '1e999',
  '-',
  '\ud800',
  'x'.repeat(10_000),
];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'FOO', ''];

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'APPLICATION/JSON',
  '',
  ';',
  'multipart/form-data',
];

/** The sources of hostile requests. */
export interface RequestSources {
  readonly contract: Contract;
  readonly random: Random;
  /** Values of Authorization headers, including valid ones. */
  readonly authorizations: readonly string[];
  /** Ids and other texts from answers, reused in later requests. */
  readonly seen: string[];
}

/** A random request, from correct to absurd. */
export function hostileRequest(sources: RequestSources): PlainRequest {
  const { contract, authorizations } = sources;
  const { one, text, often } = draws(sources);
  const operation = one(contract.operations, undefined) as Operation; // a contract has operations
  const schema = operation.requestBody?.content[0]?.schema;
  const body = schema === undefined || often(15) ? one(BODIES, '') : JSON.stringify(valueFor(sources, schema, 0));
  return {
    method: often(90) ? operation.method : one(METHODS, 'GET'),
    path: pathFor(sources, operation),
    query: often(60) ? '' : queryFor(sources, operation),
    headers: {
      ...(often(95) ? { authorization: one(authorizations, '') } : {}),
      ...(often(90) ? { 'content-type': often(85) ? 'application/json' : one(CONTENT_TYPES, '') } : {}),
      ...(often(10) ? { [text()]: text() } : {}),
    },
    body: often(98) ? body : '',
    ...(often(1) ? { tooLarge: true } : {}),
  };
}

interface Draws {
  one<Value>(list: readonly Value[], otherwise: Value): Value;
  /** A text from an answer, or an odd one. */
  text(): string;
  /** True in this percentage of calls. */
  often(percent: number): boolean;
}

function draws({ random, seen }: RequestSources): Draws {
  const one = <Value>(list: readonly Value[], otherwise: Value): Value =>
    list[random(Math.max(1, list.length))] ?? otherwise;
  return {
    one,
    text: () => (random(2) === 0 ? one(seen, 'x') : one(TEXTS, '')),
    often: (percent) => random(100) < percent,
  };
}

function pathFor(sources: RequestSources, { route }: Operation): string {
  const { one, text, often } = draws(sources);
  const odd = ['/', '', '//', '/api/v2', '/api/v2/', `/${text()}`, route, `${route}/`, 'x'.repeat(20_000)];
  if (!often(95)) return one(odd, '/');
  return route.replace(/\{[^}]+\}/g, () =>
    often(90) ? encodeURIComponent(wellFormed(often(80) ? one(sources.seen, 'x') : text())) : text(),
  );
}

function queryFor(sources: RequestSources, { parameters }: Operation): string {
  const { one, text, often } = draws(sources);
  const value = (): string =>
    often(80) ? encodeURIComponent(wellFormed(one([text(), '1', '50', '101', 'true', '-1'], ''))) : text();
  return [...parameters, ...parameters]
    .filter((parameter) => parameter.in === 'query' && often(40))
    .map(({ name }) => `${name}=${value()}`)
    .concat(often(10) ? [text()] : [])
    .join('&');
}

/** A value that mostly fits the schema. */
function valueFor(sources: RequestSources, schema: Schema, depth: number): Json {
  const { contract, random, seen } = sources;
  const { text } = draws(sources);
  if (random(25) === 0 || depth > 6)
    return ([null, 5, -1.5, text(), [], {}, [text()], { [text()]: text() }] as const)[random(8)] ?? null;
  const resolved = contract.resolve(schema);
  const nested = (inner: Json | undefined): Json => valueFor(sources, (inner ?? {}) as Schema, depth + 1); // a schema
  if (Array.isArray(resolved.enum)) return (resolved.enum[random(resolved.enum.length)] ?? null) as Json;
  const type = Array.isArray(resolved.type) ? resolved.type[0] : resolved.type;
  if (type === 'array')
    return Array.from({ length: random(6) === 0 ? random(60) : random(4) }, () => nested(resolved.items));
  if (type === 'integer' || type === 'number') return random(1000) - 10;
  if (type === 'boolean') return random(2) === 0;
  if (type !== 'object')
    return random(3) === 0 ? text() : (seen[random(Math.max(1, seen.length))] ?? `name-${random(1e6)}@x.example`);
  const required = Array.isArray(resolved.required) ? resolved.required : [];
  const properties = Object.entries((resolved.properties ?? {}) as Readonly<Record<string, Json>>); // schemas by name
  const chosen = properties.filter(([name]) => (required.includes(name) ? random(30) > 0 : random(3) === 0));
  const surplus = random(20) === 0 ? [[text(), text()] as const] : [];
  return Object.fromEntries([...chosen.map(([name, property]) => [name, nested(property)] as const), ...surplus]);
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '�');
}
