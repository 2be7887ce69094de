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

/** What a stream of hostile requests draws from. */
export interface Arsenal {
  readonly contract: Contract;
  readonly random: Random;
  /** Values of Authorization headers; good ones among them. */
  readonly authorizations: readonly string[];
  /** Ids and other texts that occurred in answers: put into later requests. */
  readonly seen: string[];
}

/** A request that may be anything from correct to absurd. */
export function hostileRequest({ contract, random, authorizations, seen }: Arsenal): PlainRequest {
  const one = <Value>(list: readonly Value[], otherwise: Value): Value =>
    list[random(Math.max(1, list.length))] ?? otherwise;
  const text = (): string => (random(2) === 0 ? one(seen, 'x') : one(TEXTS, ''));
  const often = (percent: number): boolean => random(100) < percent;
  const operation = one(contract.operations, undefined) as Operation; // a contract has operations
  const path = often(95)
    ? operation.route.replace(/\{[^}]+\}/g, () =>
        often(90) ? encodeURIComponent(wellFormed(often(80) ? one(seen, 'x') : text())) : text(),
      )
    : one(
        [
          '/',
          '',
          '//',
          '/api/v2',
          '/api/v2/',
          `/${text()}`,
          operation.route,
          `${operation.route}/`,
          'x'.repeat(20_000),
        ],
        '/',
      );
  const query = often(60)
    ? ''
    : [...operation.parameters, ...operation.parameters]
        .filter((parameter) => parameter.in === 'query' && often(40))
        .map(
          ({ name }) =>
            `${name}=${often(80) ? encodeURIComponent(wellFormed(one([text(), '1', '50', '101', 'true', '-1'], ''))) : text()}`,
        )
        .concat(often(10) ? [text()] : [])
        .join('&');
  const schema = operation.requestBody?.content[0]?.schema;
  const body =
    schema === undefined || often(15) ? one(BODIES, '') : serialized(valueFor(contract, schema, 0, random, text, seen));
  return {
    method: often(90) ? operation.method : one(METHODS, 'GET'),
    path,
    query,
    headers: {
      ...(often(95) ? { authorization: one(authorizations, '') } : {}),
      ...(often(90) ? { 'content-type': often(85) ? 'application/json' : one(CONTENT_TYPES, '') } : {}),
      ...(often(10) ? { [text()]: text() } : {}),
    },
    body: often(98) ? body : '',
    ...(often(1) ? { tooLarge: true } : {}),
  };
}

/** Mostly what the schema asks for, now and then something else. */
function valueFor(
  contract: Contract,
  schema: Schema,
  depth: number,
  random: Random,
  text: () => string,
  seen: readonly string[],
): Json {
  if (random(25) === 0 || depth > 6)
    return ([null, 5, -1.5, text(), [], {}, [text()], { [text()]: text() }] as const)[random(8)] ?? null;
  const resolved = contract.resolve(schema);
  const again = (inner: Json | undefined): Json =>
    valueFor(contract, (inner ?? {}) as Schema, depth + 1, random, text, seen); // what stands there is a schema
  if (Array.isArray(resolved.enum)) return (resolved.enum[random(resolved.enum.length)] ?? null) as Json;
  const type = Array.isArray(resolved.type) ? resolved.type[0] : resolved.type;
  if (type === 'array')
    return Array.from({ length: random(6) === 0 ? random(60) : random(4) }, () => again(resolved.items));
  if (type === 'integer' || type === 'number') return random(1000) - 10;
  if (type === 'boolean') return random(2) === 0;
  if (type !== 'object')
    return random(3) === 0 ? text() : (seen[random(Math.max(1, seen.length))] ?? `name-${random(1e6)}@x.example`);
  const required = Array.isArray(resolved.required) ? resolved.required : [];
  const properties = Object.entries((resolved.properties ?? {}) as Readonly<Record<string, Json>>); // schemas by name
  const chosen = properties.filter(([name]) => (required.includes(name) ? random(30) > 0 : random(3) === 0));
  const surplus = random(20) === 0 ? [[text(), text()] as const] : [];
  return Object.fromEntries([...chosen.map(([name, property]) => [name, again(property)] as const), ...surplus]);
}

function serialized(value: Json): string {
  return JSON.stringify(value);
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '�');
}
