import type { Contract, JsonObject } from '../../contract/contract.js';
import { TenantError } from '../errors.js';
import type { Entity } from '../store/entity.js';
import type { Store } from '../store/store.js';
import type { Granting } from './granting.js';
import type { Identity } from './identity.js';

/** A client that is there from the start, with a grant for the management API. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** All that the contract has, unless given. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * What a tenant has before anybody created anything: the management API itself, as a resource server like any other,
 * and the first clients, each with its grant.
 *
 * @returns the management API
 */
export function bootstrap(
  contract: Contract,
  store: Store,
  granting: Granting,
  identity: Identity,
  clients: readonly ClientOptions[],
  make: (resource: string, body: JsonObject) => Entity,
): Entity {
  const api =
    store.table(granting.api).findBy(granting.identifier, identity.audience) ??
    make(granting.api, {
      [granting.identifier]: identity.audience,
      name: 'Auth0 Management API',
      scopes: contract.scopes.map((value) => ({ value, description: contract.scopeDescriptions.get(value) ?? '' })),
      signing_alg: 'RS256',
    });
  for (const { clientId, clientSecret, scopes = contract.scopes } of clients) {
    make(granting.client, {
      client_id: clientId,
      client_secret: clientSecret,
      name: 'Rolecall',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    });
    make(granting.grant, {
      [granting.to]: clientId,
      [granting.audience]: identity.audience,
      [granting.scopes]: [...scopes],
    });
  }
  return api;
}

/** Gives the management API the audience of another address. Says no, and does nothing, where another API has it. */
export function moveApi(store: Store, granting: Granting, api: Entity, { audience }: Identity): boolean {
  const holder = store.table(granting.api).findBy(granting.identifier, audience);
  if (holder !== undefined && holder !== api) return false;
  store.update(api, { ...api.properties, [granting.identifier]: audience });
  return true;
}

/** @throws TenantError where two have the same id: one of the secrets and grants would be ignored */
export function requireEachOnce(clients: readonly ClientOptions[]): void {
  const seen = new Set<string>();
  for (const { clientId } of clients) {
    if (seen.has(clientId)) {
      const message = `The clients have "${clientId}" twice; give each id once, with all its scopes.`;
      throw new TenantError('TENANT_CLIENT_TWICE', message);
    }
    seen.add(clientId);
  }
}
