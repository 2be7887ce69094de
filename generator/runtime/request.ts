import { mergeHeaders } from 'openapi-fetch';
import type { Authorization } from './authorize.js';
import type { ConnectionOptions, RequestOptions } from './options.js';
import { writeQuery } from './query.js';
import type { QueryStyle, Route } from './route.js';

/** The arguments of a call. The generated types of the methods describe them; here they are `unknown`. */
export interface Arguments {
  /** In the order of the path. */
  readonly ids: readonly unknown[];
  readonly body?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
  readonly options?: RequestOptions | undefined;
}

/** Builds the request of a call, without its token. `url` has the path already, but no query. */
export function buildRequest(
  url: string,
  [method, , documented, { body: type, form = {}, query: styles = true } = {}]: Route,
  { body, query, headers, cookies, options }: Arguments,
  connection: Pick<ConnectionOptions<unknown>, 'headers' | 'userAgent'> & { authorization: Authorization | undefined },
): Request {
  const { authorization } = connection;
  // `FormData` sets its own boundary, and a body of any type its own type.
  const ownType = body instanceof FormData || /\*/.test(`${type}`);
  const sentHeaders = mergeHeaders(
    // Prefer JSON if a response is JSON; anything else that the contract documents is accepted as well.
    { accept: /(^| )\w+( |$)/.test(documented) ? 'application/json, */*;q=0.5' : undefined },
    { 'user-agent': connection.userAgent, ...connection.headers },
    body === undefined || ownType ? undefined : { 'content-type': type === true ? 'application/json' : type },
    { cookie: writeCookies({ ...(cookies as object), ...authorization?.cookie }) || undefined },
    authorization?.header,
    writeHeaders((headers ?? {}) as object),
    options?.headers,
  );
  const search = writeQuery({ ...(query as object), ...authorization?.query }, styles);
  return new Request(url + (search && `?${search}`), {
    method,
    headers: sentHeaders,
    // Bodies of JSON and form types are serialized; all others are sent as they are.
    body: writeBody(body, type === true ? '/json' : `${type}`, form) as NonNullable<RequestInit['body']>,
    // Required for streams; the types of the web do not have it yet.
    ...(body instanceof ReadableStream && ({ duplex: 'half' } as object)),
  });
}

function writeBody(body: unknown, type: string, form: Readonly<Record<string, QueryStyle>>): unknown {
  if (body === undefined || body instanceof FormData || body instanceof URLSearchParams) return body;
  if (/[/+]json$/.test(type)) return JSON.stringify(body);
  return /urlencoded/.test(type) && typeof body === 'object' ? writeForm((body ?? {}) as object, form) : body;
}

/** An object in a form is JSON unless its encoding says otherwise. @see OpenAPI 3.1, section 4.8.15.1 */
function writeForm(body: object, form: Readonly<Record<string, QueryStyle>>): string {
  const styles = Object.entries(body).map(([name, value]) => {
    const isObject = typeof value === 'object' && !Array.isArray(value);
    return [name, form[name] ?? (isObject ? 'json' : undefined)] as const;
  });
  return writeQuery(body, Object.fromEntries(styles) as Record<string, QueryStyle>);
}

/** Header parameters in the style `simple`: lists and objects are separated by commas. */
function writeHeaders(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, simple(value)]));
}

/** Cookie parameters in the style `form`. */
function writeCookies(cookies: object): string {
  const pairs = Object.entries(cookies).filter(([, value]) => value !== undefined && value !== null);
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(`${simple(value)}`)}`).join('; ');
}

function simple(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return String(typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).flat() : value);
}
