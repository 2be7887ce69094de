import type { Json } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { HookAnswer, HookRequest } from '../provider.js';
import type { Store } from '../store/store.js';
import type { Granting } from './granting.js';
import { grantedScopes } from './granting.js';
import type { Tokens } from './tokens.js';
import { TOKEN_LIFETIME } from './tokens.js';

/**
 * Client credentials for a token. What the token may do is what the client's grant says: a `scope` parameter does not
 * narrow it (reported).
 */
export async function tokenFor(
  { body }: HookRequest,
  store: Store,
  granting: Granting | undefined,
  tokens: Tokens,
  now: number,
): Promise<HookAnswer | Refusal> {
  const { grant_type: grantType, client_id: clientId, client_secret: secret, audience } = textsOf(body);
  if (grantType !== 'client_credentials') {
    return refused('grant-type-unsupported', { grant_type: grantType }, `the grant type is "${grantType}"`);
  }
  const client = granting === undefined ? undefined : store.table(granting.client).find(clientId);
  if (granting === undefined || client === undefined || client.properties.client_secret !== secret) {
    return refused('client-unauthorized', {}, client === undefined ? 'there is no such client' : 'the secret is wrong');
  }
  const allowed: Json | undefined = client.properties.grant_types;
  if (Array.isArray(allowed) && !allowed.includes(grantType))
    return refused('grant-type-not-allowed', { grant_type: grantType }, 'the client may not use this kind of grant');
  const api = store.table(granting.api).findBy(granting.identifier, audience);
  if (api === undefined) return refused('audience-unknown', { audience }, `there is no API "${audience}"`);
  const scopes = grantedScopes(store, granting, clientId, audience);
  if (scopes === undefined) return refused('grant-missing', { audience }, `the client has no grant for "${audience}"`);
  const own = api.properties.token_lifetime;
  const lifetime = typeof own === 'number' ? own : TOKEN_LIFETIME;
  const token = await tokens.issue({ clientId, audience, scopes, lifetime }, now);
  return { body: { access_token: token, scope: scopes.join(' '), expires_in: lifetime, token_type: 'Bearer' } };
}

interface Texts {
  readonly grant_type: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly audience: string;
}

function textsOf(body: Json | undefined): Texts {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, Json>>; // by name, as validated
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return {
    grant_type: text('grant_type'),
    client_id: text('client_id'),
    client_secret: text('client_secret'),
    audience: text('audience'),
  };
}

function refused(name: string, values: Readonly<Record<string, string>>, detail: string): Refusal {
  return new Refusal({ kind: 'hook', name }, values, detail);
}
