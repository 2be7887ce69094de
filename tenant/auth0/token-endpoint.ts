import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { Refusal } from '../answer/refusal.js';
import type { HookRequest, HookResult } from '../provider.js';
import type { Store } from '../store/store.js';
import type { GrantModel } from './grant-model.js';
import { grantedScopes } from './grant-model.js';
import type { Tokens } from './tokens.js';
import { TOKEN_LIFETIME } from './tokens.js';

export interface TokenEndpoint {
  readonly store: Store;
  readonly grantModel: GrantModel | undefined;
  readonly tokens: Tokens;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The client credentials grant. The token carries the scopes of the client's grant; a `scope` parameter does not narrow
 * them (reported).
 */
export async function tokenFor(
  { body }: HookRequest,
  { store, grantModel, tokens, now }: TokenEndpoint,
): Promise<HookResult | Refusal> {
  const { grant_type: grantType, client_id: clientId, client_secret: secret, audience } = fieldsOf(body);
  if (grantType !== 'client_credentials') {
    return refused('grant-type-unsupported', { grant_type: grantType }, `unsupported grant type "${grantType}"`);
  }
  const client = grantModel === undefined ? undefined : store.table(grantModel.client).find(clientId);
  if (grantModel === undefined || client === undefined || secret === '' || client.properties.client_secret !== secret) {
    return refused(
      'client-unauthorized',
      {},
      client === undefined ? `unknown client "${clientId}"` : 'wrong client secret',
    );
  }
  const allowed: Json | undefined = client.properties.grant_types;
  if (Array.isArray(allowed) && !allowed.includes(grantType))
    return refused(
      'grant-type-not-allowed',
      { grant_type: grantType },
      'the client does not allow the client credentials grant',
    );
  const api = store.table(grantModel.api).findBy(grantModel.identifier, audience);
  if (api === undefined) return refused('audience-unknown', { audience }, `unknown audience "${audience}"`);
  const scopes = grantedScopes(store, grantModel, clientId, audience);
  if (scopes === undefined)
    return refused('grant-missing', { audience }, `the client has no grant for the audience "${audience}"`);
  const configured = api.properties.token_lifetime;
  const lifetime = typeof configured === 'number' ? configured : TOKEN_LIFETIME;
  // APIs that enforce policies and ask for permissions in tokens get them in machine tokens too (reported).
  const { enforce_policies: enforced, token_dialect: dialect } = api.properties;
  const withPermissions = enforced === true && String(dialect).endsWith('_authz');
  const token = await tokens.issue({ clientId, audience, scopes, withPermissions, lifetime }, now);
  return { body: { access_token: token, scope: scopes.join(' '), expires_in: lifetime, token_type: 'Bearer' } };
}

/** The fields of a token request; a missing one is empty. */
interface TokenRequest {
  readonly grant_type: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly audience: string;
}

function fieldsOf(body: Json | undefined): TokenRequest {
  const fields = isObject(body) ? body : {};
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
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
