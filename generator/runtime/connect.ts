import { rootOf } from './call.js';
import { systemClock } from './clock.js';
import type {
  ClientCredentials,
  Connection,
  ConnectionOptions,
  SchemeCredentials,
  SendingConnection,
} from './options.js';
import { sendWithRetries } from './retry.js';
import type { Server } from './route.js';
import { clientCredentials } from './token.js';
import { tokensOf } from './transport.js';

/** The options of any client. */
export type AnyOptions = ConnectionOptions<ClientCredentials> & { readonly credentials?: SchemeCredentials };

/**
 * Adds retries, and tokens from client credentials, to what functions send requests with.
 *
 * @throws ParameterError if `baseUrl` is not a URL that requests can be sent to.
 */
export function connectTo(server: Server, options: AnyOptions): SendingConnection {
  const { token, retry, clock } = options;
  // The server's path may be part of the URL, but not of the URL that the audience starts with.
  const baseUrl = rootOf(options.baseUrl, server.audience.replace(/\/$/, ' '));
  const patience = { ...server, retry, clock: { ...systemClock, ...clock } };
  const connection: Connection = { ...options, baseUrl, token: undefined };
  const tokens =
    typeof token === 'object'
      ? clientCredentials({ credentials: token, server, connection, patience })
      : tokensOf(token);
  return {
    ...connection,
    // With something to get a token from, there is one.
    token: token && (tokens as () => Promise<string>),
    send: (exchange) => sendWithRetries(exchange, patience, tokens),
  };
}
