import type { Contract, Json } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { isJson } from '../../client/arguments.js';
import { type Credential, credentialsOf } from '../../client/credentials.js';
import type { ClientMethod } from '../../client/method.js';
import { writeQuery } from '../../runtime/query.js';
import type { SampleRequest } from './sample-request.js';

/** Bodies longer than this have one property per line. */
const LINE = 80;

/** A command for a POSIX shell that sends the request. The root URL and the token are shell variables. */
export function curlSample(contract: Contract, method: ClientMethod, request: SampleRequest): string {
  const { operation } = method;
  const credentials = credentialsOf(contract, operation);
  const lines = [
    `curl --request ${operation.method} "$BASE_URL${target(method, request, credentials)}"`,
    ...credentials.flatMap(({ header, option }) => [
      ...(header ? [`--header "${inDoubleQuotes(header[0])}: ${header[1]}"`] : []),
      ...(option ? [option] : []),
    ]),
    ...request.headers.map(([name, value]) => `--header ${single(`${name}: ${textOf(value)}`)}`),
    ...(request.cookies.length > 0
      ? [`--cookie ${single(request.cookies.map(([name, value]) => `${name}=${textOf(value)}`).join('; '))}`]
      : []),
    ...(request.body === undefined ? [] : bodyOptions(request.body)),
  ];
  return lines.join(' \\\n  ');
}

/** Path and query, percent-encoded, for use in double quotes. */
function target(
  { operation: { route }, query: argument }: ClientMethod,
  { ids, query, queryText = '' }: SampleRequest,
  credentials: readonly Credential[],
): string {
  const values = [...ids];
  const path = route
    .split(/(\{[^}]*\})/)
    .map((piece, index) => (index % 2 === 1 ? percentEncoded(textOf(values.shift() ?? '')) : inDoubleQuotes(piece)))
    .join('');
  const pairs = [
    shellSafe(writeQuery(Object.fromEntries(query), argument?.styles ?? {})),
    shellSafe(queryText),
    ...credentials.flatMap((credential) => (credential.query ? [`${percentEncoded(credential.query)}=$API_KEY`] : [])),
  ].filter((pair) => pair !== '');
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Encodes more than a URL needs: also characters with a meaning in a shell, such as `!`. */
function percentEncoded(text: string): string {
  return shellSafe(encodeURIComponent(text));
}

function shellSafe(encoded: string): string {
  return encoded.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function inDoubleQuotes(text: string): string {
  return text.replaceAll(/["$`\\]/g, '\\$&');
}

/** Quotes a word for a shell. A single quote inside must be outside of the quotes. */
function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function bodyOptions({ type, value }: NonNullable<SampleRequest['body']>): readonly string[] {
  if (type.startsWith('multipart/')) return fields(value, '--form-string');
  if (type === 'application/x-www-form-urlencoded') return fields(value, '--data-urlencode');
  const header = `--header ${single(`Content-Type: ${type}`)}`;
  if (!isJson(type)) return [header, `--data-raw ${single(textOf(value))}`];
  const compact = JSON.stringify(value);
  return [header, `--data-raw ${single(compact.length > LINE ? JSON.stringify(value, null, 2) : compact)}`];
}

function fields(value: Json, option: string): readonly string[] {
  return Object.entries(isObject(value) ? value : {}).map(
    ([name, entry]) => `${option} ${single(`${name}=${textOf(entry)}`)}`,
  );
}
