import { TokenError } from './errors.js';
import { excerpt } from './excerpt.js';
import type { ClientCredentials, Clock } from './options.js';
import type { Server } from './route.js';

/** Gives the token to send. `refused` is one that was answered with a 401: another is wanted. */
export type TokenSource = (refused?: string) => Promise<string | undefined>;

/** What a token endpoint says: RFC 6749, sections 5.1 and 5.2. Whether it keeps to that is not known. */
interface TokenAnswer {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** A token that is refused is replaced at most once in so many milliseconds: a new one would be refused as well. */
const patience = 60_000;

/** Exchanges credentials for a token (OAuth 2.0, RFC 6749 section 4.4), one request at a time. */
export function clientCredentials(
  credentials: ClientCredentials,
  baseUrl: string,
  { tokenUrl, audience }: Server,
  send: (what: string, request: Request) => Promise<Response>,
  clock: Clock,
): TokenSource {
  const endpoint = new URL(tokenUrl, `${baseUrl}/`).href;
  let token = '';
  let usableUntil = 0;
  let replaced = -patience;
  let pending: Promise<void> | undefined;

  async function exchange(): Promise<void> {
    const { clientId, clientSecret } = credentials;
    const asked = clock.now();
    const what = `POST ${endpoint}`;
    const response = await send(
      what,
      new Request(endpoint, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          audience: credentials.audience ?? baseUrl + audience,
        }),
      }),
    );
    const answer = ((await response.json().catch(() => {})) ?? {}) as TokenAnswer;
    if (!answer.access_token || typeof answer.access_token !== 'string') {
      const reason = answer.error_description ?? answer.error ?? '';
      const said = typeof reason === 'string' ? reason : JSON.stringify(reason);
      throw new TokenError(what, `${response.status} ${excerpt(said, clientSecret)}`.trim(), response.status);
    }
    token = answer.access_token;
    // Nine tenths of its life, in seconds; a token that names none is used until it is refused.
    usableUntil = asked + Number(answer.expires_in) * 900;
  }

  return async (refused) => {
    const now = clock.now();
    const replace = token === refused && now >= replaced + patience;
    if (!token || replace || now >= usableUntil) {
      pending ??= exchange().finally(() => {
        pending = undefined;
      });
      await pending;
      if (replace) replaced = now;
    }
    return token;
  };
}
