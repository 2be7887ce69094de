import { mergeHeaders } from 'openapi-fetch';
import { ClientError, ParameterError } from './errors.js';
import type { CallOptions, Connection } from './options.js';
import { fillPath } from './path.js';
import { readResponse } from './read-response.js';
import type { Result } from './result.js';
import type { Draft, Route } from './route.js';
import { failure, sendOnce } from './transport.js';

/**
 * Sends one request to a route.
 *
 * @typeParam R the type of the result, generated from the same contract as the route
 * @param given the ids in the order of the path, then what `in` of the route describes, then the options
 * @throws ParameterError, RequestError, TokenError, or the reason of the caller's signal.
 */
export async function call<R = Result>(connection: Connection, route: Route, given: readonly unknown[]): Promise<R> {
  return (await callBy(connection.send ?? sendOnce, connection, route, given)) as R;
}

/**
 * The same, with a function that sends the request: without `sendOnce` in the bundle. Five parameters, since the names
 * of an options object would stay in every bundle.
 *
 * @param start of the path
 */
export async function callBy(
  send: NonNullable<Connection['send']>,
  connection: Connection,
  [method, end, documented, traits = {}]: Route,
  given: readonly unknown[],
  start = '',
): Promise<Result> {
  const template = start + end;
  const { in: parts = [], path = fillPath, auth, accept } = traits;
  const count = template.split('{').length - 1;
  const { headers, ...options } = (given[count + parts.length] ?? {}) as CallOptions;
  const accepted = accept?.(options.accept);
  const url = rootOf(connection.baseUrl, template) + path(template.replace(' ', ''), given);
  const draft: Draft = {
    query: [],
    headers: {
      accept: accepted ? accepted.header : 'application/json, */*;q=0.5',
      'user-agent': connection.userAgent,
      ...connection.headers,
    },
    secrets: [],
  };
  parts.forEach((part, index) => {
    const value = given[count + index];
    if (value !== undefined) part(draft, value, options);
  });
  const hasToken = auth ? auth(draft, connection) : auth !== 0;
  const { body, query, secrets } = draft;
  const what = `${method} ${url}`;
  const request = new Request(query.length ? `${url}?${query.join('&')}` : url, {
    method,
    headers: mergeHeaders(draft.headers, headers),
    body: body as NonNullable<RequestInit['body']>,
    // Required for streams, and the only value there is; the types of the web do not have it yet.
    ...({ duplex: 'half' } as object),
  });
  const response = await send({
    ...connection,
    ...accepted?.limits,
    ...options,
    what,
    request,
    secrets: hasToken ? secrets : undefined,
  });
  try {
    return await readResponse(what, documented, response, { secrets, traits, accepted });
  } catch (cause) {
    throw cause instanceof ClientError ? cause : failure(what, cause, options.signal);
  }
}

/**
 * The URL before the path of a route. The server's path may already be part of it.
 *
 * @throws ParameterError if it is not a URL that requests can be sent to.
 */
export function rootOf(baseUrl: unknown, template = ''): string {
  const root = String(baseUrl).replace(/\/+$/, '');
  const [, path] = /^(.+) /.exec(template) ?? [];
  try {
    if (new Request(root).url && !/[?#]/.test(root)) {
      return path && root.endsWith(path) ? root.slice(0, -path.length) : root;
    }
  } catch {
    // The platform's error contains the whole URL, including a password.
  }
  const masked = root.replace(/\/\/.*@/, '//***@');
  throw new ParameterError('baseUrl', 'createClient', 'a URL without credentials, query and fragment', masked);
}
