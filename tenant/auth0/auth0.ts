import type { Contract, Json } from '../../contract/contract.js';
import type { Provider } from '../provider.js';
import type { Store } from '../store/store.js';
import type { Granting } from './granting.js';
import type { Identity } from './identity.js';
import { protecting } from './own-things.js';
import { tokenFor } from './token-endpoint.js';
import type { Tokens } from './tokens.js';
import { createdValues, impliedValues, shownValues } from './values.js';
import { reasonOf, reasonsOf } from './wording.js';

/**
 * Auth0 as the provider: what the contract names as hooks, and what it leaves open.
 *
 * @param clientId of the tenant's own client
 */
export function auth0(
  contract: Contract,
  store: () => Store,
  granting: Granting | undefined,
  identity: Identity,
  tokens: Tokens,
  clock: () => number,
  clientId: string,
): Provider {
  return {
    verify: (token, now) => tokens.verify(token, now),
    operations: {
      token: (request) => tokenFor(request, store(), granting, tokens, clock()),
      jwks: async () => ({ body: { keys: [{ ...tokens.publicJwk } as Json] } }), // a JWK is JSON
      'openid-configuration': async () => ({ body: openidConfiguration(identity.url) }),
    },
    created: createdValues,
    shown: shownValues,
    implied: impliedValues,
    protects: protecting(contract, granting, identity, clientId),
    reasons: reasonsOf,
    reason: reasonOf,
  };
}

function openidConfiguration(url: string): Json {
  return {
    issuer: `${url}/`,
    token_endpoint: `${url}/oauth/token`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    grant_types_supported: ['client_credentials'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
