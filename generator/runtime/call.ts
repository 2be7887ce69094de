import createFetchClient from 'openapi-fetch';
import { readAnswer } from './answer.js';
import { systemClock } from './clock.js';
import { ClientError } from './errors.js';
import type { ClientCredentials, ConnectionOptions, RequestOptions } from './options.js';
import { fillPath } from './path.js';
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

/** openapi-fetch without its types: the methods around it have exact ones, and its generics take the compiler long. */
interface Carrier {
  request(method: string, path: string, init: object): Promise<unknown>;
}

/** The function that all methods of a client come down to. */
export function createCall(server: Server, connection: ConnectionOptions<ClientCredentials>): Call {
  const { token, headers, userAgent } = connection;
  const baseUrl = connection.baseUrl.replace(/\/+$/, '');
  const carrier = createFetchClient({ baseUrl }) as unknown as Carrier;
  const clock = { ...systemClock, ...connection.clock };
  const defaults: Attempts = {
    ...connection,
    ...server,
    fetch: connection.fetch ?? ((request) => fetch(request)),
    clock,
  };
  const tokens: TokenSource =
    typeof token === 'object'
      ? clientCredentials(token, baseUrl, server, (request) => send(request, defaults), clock)
      : async () => (typeof token === 'function' ? token() : token);

  return async ([method, template, answers, { body: type, array, open } = {}], ids, body, query, given) => {
    const options = (given ?? {}) as RequestOptions;
    const path = fillPath(template, ids);
    let sent: Request | undefined;
    let answer: Response | undefined;
    let used: string | undefined;
    try {
      await carrier.request(method, path, {
        body,
        params: { query },
        querySerializer: array && { array },
        headers: {
          'user-agent': userAgent,
          ...headers,
          'content-type': type === true ? undefined : type,
          ...options.headers,
        },
        bodySerializer: type === true || /json|urlencoded/.test(type ?? '') ? undefined : (raw: unknown) => raw,
        signal: options.signal,
        parseAs: 'stream',
        fetch: async (request: Request) => {
          sent = request;
          const response = await send(request, { ...defaults, ...options }, async (refused) => {
            if (!open) used = await tokens(refused);
            return used;
          });
          // openapi-fetch reads the body of a failure, and a body can be read once.
          answer = response.ok ? response : response.clone();
          return response;
        },
      });
      return await readAnswer(`${method} ${path}`, answers, answer as unknown as Response, used);
    } catch (cause) {
      throw !sent || cause instanceof ClientError ? cause : failure(sent, cause);
    }
  };
}
