import { systemClock } from './clock.js';
import { ClientError, ParameterError } from './errors.js';
import type { Connection } from './options.js';
import { fillPath } from './path.js';
import { readResponse } from './read-response.js';
import { type Arguments, buildRequest } from './request.js';
import type { Result } from './result.js';
import type { Route, Server } from './route.js';
import { clientCredentials } from './token.js';
import { failure, send, type TokenSource, type Transport } from './transport.js';

/** Sends one request to a route. */
export type Call = (route: Route, given: Arguments) => Promise<Result>;

/**
 * Creates the function that all methods of a client call.
 *
 * @throws ParameterError if `baseUrl` is not a URL that requests can be sent to.
 */
export function createCall(server: Server, connection: Connection): Call {
  const { token, credentials = {} } = connection;
  const baseUrl = checkBaseUrl(connection.baseUrl);
  const transport: Transport = {
    ...connection,
    ...server,
    fetch: connection.fetch ?? ((request) => fetch(request)),
    clock: { ...systemClock, ...connection.clock },
  };
  const tokens: TokenSource =
    typeof token === 'object'
      ? clientCredentials({ credentials: token, baseUrl, server, transport })
      : async () => (typeof token === 'function' ? token() : token);

  return async (route, given) => {
    const [method, template, documented, { open, auth } = {}] = route;
    const url = baseUrl + fillPath(template, given.ids);
    const what = `${method} ${url}`;
    const authorization = auth && server.authorize?.(auth, credentials, token !== undefined);
    const request = buildRequest(url, route, given, { ...connection, authorization });
    const once = given.body instanceof ReadableStream;
    let used: string | undefined;
    const response = await send(what, request, { ...transport, ...given.options, once }, async (rejected) => {
      if (authorization ? authorization.token : !open) used = await tokens(rejected);
      return used;
    });
    try {
      return await readResponse(what, documented, response, [used, ...(authorization?.secrets ?? [])]);
    } catch (cause) {
      throw cause instanceof ClientError ? cause : failure(what, cause, given.options?.signal);
    }
  };
}

/** The base URL without slashes at its end. */
function checkBaseUrl(given: string): string {
  const baseUrl = String(given).replace(/\/+$/, '');
  try {
    if (new Request(baseUrl).url && !/[?#]/.test(baseUrl)) return baseUrl;
  } catch {
    // The platform's error contains the whole URL, including a password.
  }
  const masked = baseUrl.replace(/\/\/.*@/, '//***@');
  throw new ParameterError('baseUrl', 'createClient', 'a URL without user, password, query and fragment', masked);
}
