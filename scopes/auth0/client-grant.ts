import type { ClientScopes } from '../../contract/scopes/scope-use.js';

/** A client grant, as `POST /api/v2/client-grants` takes it. */
export interface ClientGrant {
  readonly client_id: string;
  readonly audience: string;
  readonly scope: readonly string[];
}

/** What a reader has to fill in where recordings do not say it. */
const CLIENT = 'YOUR_CLIENT_ID';
const AUDIENCE = 'https://YOUR_DOMAIN/api/v2/';

/** The client grant with which the same requests succeed, and with nothing more. */
export function leastGrant({ client = CLIENT, audience = AUDIENCE, used }: ClientScopes): ClientGrant {
  return { client_id: client, audience, scope: used.map(({ scope }) => scope) };
}
