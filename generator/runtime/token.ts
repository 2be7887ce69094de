import { parseJson, readBody } from './body.js';
import { TokenError } from './errors.js';
import { excerpt } from './excerpt.js';
import type { ClientCredentials, Connection } from './options.js';
import { redirectOf } from './read-response.js';
import { type Patience, sendWithRetries } from './retry.js';
import type { Server } from './route.js';
import type { TokenSource } from './transport.js';

/** The response of a token endpoint (RFC 6749, sections 5.1 and 5.2), not validated. */
interface TokenResponse {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** A rejected token is replaced at most once per this many milliseconds: a new one is likely to be rejected as well. */
const replaceInterval = 60_000;

/** Exchanges credentials for a token (OAuth 2.0, RFC 6749, section 4.4), one request at a time. */
export function clientCredentials({
  credentials: { clientId, clientSecret, audience },
  server,
  connection,
  patience,
}: {
  readonly credentials: ClientCredentials;
  readonly server: Server;
  readonly connection: Connection;
  readonly patience: Patience;
}): TokenSource {
  const { clock } = patience;
  const { baseUrl } = connection;
  const endpoint = new URL(server.tokenUrl, `${baseUrl}/`).href;
  const what = `POST ${endpoint}`;
  let token = '';
  let usableUntil = 0;
  let replacedAt = -replaceInterval;
  let pending: Promise<void> | undefined;

  async function exchange(): Promise<void> {
    const sentAt = clock.now();
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: audience ?? baseUrl + server.audience,
    });
    const request = new Request(endpoint, { method: 'POST', body });
    const response = await sendWithRetries({ ...connection, what, request }, patience);
    const location = redirectOf(response);
    if (location !== undefined) {
      const target = JSON.stringify(excerpt(location, clientSecret) || 'no URL');
      throw new TokenError(what, `a redirect to ${target}`, response.status);
    }
    const reply = await readReply(response);
    if (!response.ok || !reply.access_token || typeof reply.access_token !== 'string') {
      const reason = reply.error_description ?? reply.error ?? '';
      const text = typeof reason === 'string' ? reason : JSON.stringify(reason);
      throw new TokenError(what, `${response.status} ${excerpt(text, clientSecret)}`.trim(), response.status);
    }
    token = reply.access_token;
    // Nine tenths of its lifetime, given in seconds. A token without a lifetime is used until it is rejected.
    usableUntil = sentAt + Number(reply.expires_in) * 900;
  }

  return async (rejected) => {
    const now = clock.now();
    const replace = token === rejected && now >= replacedAt + replaceInterval;
    if (!token || replace || now >= usableUntil) {
      pending ??= exchange().finally(() => {
        pending = undefined;
      });
      await pending;
      if (replace) replacedAt = now;
    }
    return token;
  };
}

/** The JSON of a token endpoint's response; empty if it is not usable. */
async function readReply(response: Response): Promise<TokenResponse> {
  const { text, complete } = await readBody(response);
  try {
    return (complete && (parseJson(text) as TokenResponse | null)) || {};
  } catch {
    return {};
  }
}
