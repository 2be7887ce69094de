import type { Contract, Json, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { Stop } from '../../engine/stop.js';
import type { TargetResponse } from '../exchange.js';
import { noValues, type RequestValues } from '../request.js';
import type { Target } from '../target.js';

/** Token requests of this provider: OAuth 2.0 client credentials (RFC 6749, section 4.4) with an `audience`. */

export interface Client {
  readonly id: string;
  readonly secret: string;
}

const TOKEN_HOOK = 'token';

/** The provider's operation that issues tokens, by its hook in the contract. */
export function tokenOperation(contract: Contract): Operation | undefined {
  return hookOperation(contract, TOKEN_HOOK);
}

export function keysOperation(contract: Contract): Operation | undefined {
  return hookOperation(contract, 'jwks');
}

export function tokenRequest(client: Client, audience: string, scope?: readonly string[]): RequestValues {
  const body: Record<string, Json> = {
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
    audience,
  };
  if (scope !== undefined) body.scope = scope.join(' ');
  return { ...noValues, body };
}

/**
 * The values with which a provider-specific operation succeeds; absent where it needs none.
 * @throws Stop where it needs credentials that were not passed
 */
export function hookValues(hook: string, target: Target): RequestValues | undefined {
  if (hook !== TOKEN_HOOK) return undefined;
  const { client } = target.credentials;
  if (client === undefined)
    throw new Stop('A token was given but no client, which token requests need.', 'credentials');
  return tokenRequest(client, target.audience);
}

/** The access token in an answer of the token endpoint. */
export function tokenIn({ json }: TargetResponse): string | undefined {
  const token = isObject(json) ? json.access_token : undefined;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** The properties of a client that may request tokens, merged into the body that creates one. */
export const machineClient: JsonObject = { app_type: 'non_interactive', grant_types: ['client_credentials'] };

/** Id and secret in the answer to the creation of a client. */
export function clientIn(value: JsonObject): Client | undefined {
  const { client_id: id, client_secret: secret } = value;
  return typeof id === 'string' && typeof secret === 'string' ? { id, secret } : undefined;
}

function hookOperation(contract: Contract, hook: string): Operation | undefined {
  return contract.operations.find(({ effect }) => effect?.on === 'hook' && effect.target === hook);
}
