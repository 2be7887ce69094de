import { TokenError } from './errors.js';
import type { ClientCredentials, Clock } from './options.js';
import type { Server } from './route.js';

/** Gives the token to send. `refused` is one that was answered with a 401: another is wanted. */
export type TokenSource = (refused?: string) => Promise<string | undefined>;

/** What a token endpoint says: RFC 6749, sections 5.1 and 5.2. */
interface TokenAnswer {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly error?: string;
  readonly error_description?: string;
}

/** Exchanges credentials for a token (OAuth 2.0, RFC 6749 section 4.4), one request at a time. */
export function clientCredentials(
  credentials: ClientCredentials,
  baseUrl: string,
  { tokenUrl, audience }: Server,
  send: (request: Request) => Promise<Response>,
  clock: Clock,
): TokenSource {
  const endpoint = new URL(tokenUrl, `${baseUrl}/`).href;
  let token = '';
  let usableUntil = 0;
  let pending: Promise<void> | undefined;

  async function exchange(): Promise<void> {
    const asked = clock.now();
    const response = await send(
      new Request(endpoint, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
          audience: credentials.audience ?? baseUrl + audience,
        }),
      }),
    );
    const answer = (await response.json().catch(() => ({}))) as TokenAnswer;
    if (!answer.access_token) {
      throw new TokenError(`POST ${endpoint}`, response.status, answer.error_description ?? answer.error ?? '');
    }
    token = answer.access_token;
    // Nine tenths of its life, in seconds; a token that names none is used until it is refused.
    usableUntil = asked + Number(answer.expires_in) * 900;
  }

  return async (refused) => {
    if (!token || token === refused || clock.now() >= usableUntil) {
      pending ??= exchange().finally(() => {
        pending = undefined;
      });
      await pending;
    }
    return token;
  };
}
