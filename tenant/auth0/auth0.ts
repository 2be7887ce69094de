import type { Contract, Json } from '../../contract/contract.js';
import type { Provider } from '../provider.js';
import type { Store } from '../store/store.js';
import { companionHooksOf } from './companion-hooks.js';
import type { GrantModel } from './grant-model.js';
import type { Identity } from './identity.js';
import { protectionOf } from './protected-entities.js';
import { resourceHooksOf } from './resource-hooks.js';
import { searches } from './search/searches.js';
import { tokenFor } from './token-endpoint.js';
import type { Tokens } from './tokens.js';
import { createHooks, derivedHooks, impliedProperties, stateChecks, viewHooks } from './values.js';
import { reasonOf, reasonsOf } from './wording.js';

export interface Auth0Options {
  readonly contract: Contract;
  /** The current store: a reset replaces it. */
  readonly store: () => Store;
  readonly grantModel: GrantModel | undefined;
  readonly identity: Identity;
  readonly tokens: Tokens;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** The tenant's own client. */
  readonly clientId: string;
}

/** What values in a state imply, and which of them it may not set. */
export const stateHooks: Pick<Provider, 'impliedProperties' | 'stateChecks'> = { impliedProperties, stateChecks };

/** Auth0 as the provider: the hooks that the contract names, and what it leaves open. */
export function auth0(options: Auth0Options): Provider {
  const { contract, store, grantModel, identity, tokens, clock } = options;
  return {
    verify: (token, now) => tokens.verify(token, now),
    operations: {
      token: (request) => tokenFor(request, { store: store(), grantModel, tokens, now: clock() }),
      jwks: async () => ({ body: { keys: [{ ...(await tokens.publicJwk()) } as Json] } }), // a JWK is JSON
      'openid-configuration': async () => ({ body: openidConfiguration(identity.url) }),
    },
    resourceHooks: resourceHooksOf(identity),
    companionHooks: companionHooksOf(contract, identity, grantModel),
    createHooks,
    viewHooks,
    derivedHooks,
    searches,
    ...stateHooks,
    protects: protectionOf(options),
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
