import { defaultBodySerializer, mergeHeaders } from 'openapi-fetch';
import { readAnswer } from './answer.js';
import { systemClock } from './clock.js';
import { ClientError, ParameterError } from './errors.js';
import type { ClientCredentials, ConnectionOptions, RequestOptions } from './options.js';
import { fillPath } from './path.js';
import { writeQuery } from './query.js';
import type { Result } from './result.js';
import type { Route, Server } from './route.js';
import { clientCredentials, type TokenSource } from './token.js';
import { type Attempts, failure, send } from './transport.js';

/**
 * Calls a route: ids in the order of its path, then what else it takes. The arguments come from methods whose types the
 * generator wrote, so nothing is known of them here.
 */
export type Call = (
  route: Route,
  ids: readonly unknown[],
  body: unknown,
  query: unknown,
  options: unknown,
) => Promise<Result>;

/** Its types leave out that it looks at the headers: with those of a form it writes a form. */
const writeBody = defaultBodySerializer as (body: unknown, headers: Headers) => string;

/**
 * The function that all methods of a client come down to.
 * @throws ParameterError where `baseUrl` is no URL that requests can go to.
 */
export function createCall(server: Server, connection: ConnectionOptions<ClientCredentials>): Call {
  const { token, headers, userAgent } = connection;
  const baseUrl = String(connection.baseUrl).replace(/\/+$/, '');
  let usable = false;
  try {
    usable = new Request(baseUrl).url !== '' && !/[?#]/.test(baseUrl);
  } catch {
    // What the platform throws has the whole URL in it, with a password where there is one.
  }
  if (!usable) {
    const shown = baseUrl.replace(/\/\/.*@/, '//***@');
    throw new ParameterError('baseUrl', 'createClient', 'a URL without user, password, query and fragment', shown);
  }
  const clock = { ...systemClock, ...connection.clock };
  const defaults: Attempts = {
    ...connection,
    ...server,
    fetch: connection.fetch ?? ((request) => fetch(request)),
    clock,
  };
  const tokens: TokenSource =
    typeof token === 'object'
      ? clientCredentials(token, baseUrl, server, (what, request) => send(what, request, defaults), clock)
      : async () => (typeof token === 'function' ? token() : token);

  return async ([method, template, answers, { body: type, query: styles, open } = {}], ids, body, query, given) => {
    const options = (given ?? {}) as RequestOptions;
    const path = fillPath(template, ids);
    const what = `${method} ${baseUrl}${path}`;
    const once = body instanceof ReadableStream;
    const own = body instanceof FormData || /\*/.test(`${type}`);
    const sentHeaders = mergeHeaders(
      // Whoever can answer in JSON should; whatever else the contract says is welcome.
      { accept: /(^| )\w+( |$)/.test(answers) ? 'application/json, */*;q=0.5' : undefined },
      { 'user-agent': userAgent, ...headers },
      // `FormData` names its own boundary, and a body of any type its own type.
      body === undefined || own ? undefined : { 'content-type': type === true ? 'application/json' : type },
      options.headers,
    );
    const search = writeQuery(query ?? {}, styles);
    const request = new Request(`${baseUrl}${path}${search && `?${search}`}`, {
      method,
      headers: sentHeaders,
      // What is no text is written as JSON or as a form; all else goes as it is.
      body: (body !== undefined && (type === true || /[/+]json$|urlencoded/.test(`${type}`))
        ? writeBody(body, sentHeaders)
        : body) as NonNullable<RequestInit['body']>,
      // Streams are refused without it; the web's types do not know it yet.
      ...(once && ({ duplex: 'half' } as object)),
    });
    let used: string | undefined;
    const answer = await send(what, request, { ...defaults, ...options, once }, async (refused) => {
      if (!open) used = await tokens(refused);
      return used;
    });
    try {
      return await readAnswer(what, answers, answer, used);
    } catch (cause) {
      throw cause instanceof ClientError ? cause : failure(what, cause, options.signal);
    }
  };
}
