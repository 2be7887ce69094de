import type { Contract, JsonObject } from '../../contract/contract.js';
import { TenantError } from '../errors.js';
import type { Entity } from '../store/entity.js';
import type { Store } from '../store/store.js';
import type { GrantModel } from './grant-model.js';
import type { Identity } from './identity.js';

/** A client that exists from the start, with a grant for the management API. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: all scopes of the contract. */
  readonly scopes?: readonly string[] | undefined;
}

export interface BootstrapOptions {
  readonly contract: Contract;
  readonly store: Store;
  readonly grantModel: GrantModel;
  readonly identity: Identity;
  readonly clients: readonly ClientOptions[];
  /** Creates an item from the body of its create operation; the body may also set generated properties. */
  readonly create: (resource: string, body: JsonObject) => Entity;
}

/**
 * Creates what every tenant starts with: the management API, a resource server like any other, and the first clients
 * with a grant each.
 *
 * @returns the management API
 */
export function bootstrap({ contract, store, grantModel, identity, clients, create }: BootstrapOptions): Entity {
  const api =
    store.table(grantModel.api).findBy(grantModel.identifier, identity.audience) ??
    create(grantModel.api, {
      [grantModel.identifier]: identity.audience,
      name: 'Auth0 Management API',
      scopes: contract.scopes.map((value) => ({ value, description: contract.scopeDescriptions.get(value) ?? '' })),
      signing_alg: 'RS256',
    });
  for (const { clientId, clientSecret, scopes = contract.scopes } of clients) {
    create(grantModel.client, {
      client_id: clientId,
      client_secret: clientSecret,
      name: 'Rolecall',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    });
    create(grantModel.grant, {
      [grantModel.to]: clientId,
      [grantModel.audience]: identity.audience,
      [grantModel.scopes]: [...scopes],
    });
  }
  return api;
}

/**
 * Gives the management API the audience of another address.
 *
 * @returns false, and changes nothing, if another API has that audience
 */
export function changeAudience(store: Store, grantModel: GrantModel, api: Entity, { audience }: Identity): boolean {
  const other = store.table(grantModel.api).findBy(grantModel.identifier, audience);
  if (other !== undefined && other !== api) return false;
  store.update(api, { ...api.properties, [grantModel.identifier]: audience });
  return true;
}

/**
 * @throws TenantError on an empty id or secret, and on a repeated id: the secret and scopes of one of the two would be
 * ignored
 */
export function checkClients(clients: readonly ClientOptions[]): void {
  const seen = new Set<string>();
  for (const { clientId, clientSecret } of clients) {
    if (clientId === '' || clientSecret === '') {
      const message = `client "${clientId}" has an empty ${clientId === '' ? 'id' : 'secret'}; expected non-empty strings`;
      throw new TenantError('TENANT_CLIENT_INVALID', message);
    }
    if (seen.has(clientId)) {
      const message = `client "${clientId}" is listed twice; list each client once, with all its scopes`;
      throw new TenantError('TENANT_CLIENT_TWICE', message);
    }
    seen.add(clientId);
  }
}
