import type { Contract, Json } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import type { Store } from '../store/store.js';

/** The resources and properties of the contract that decide which scopes a token carries. */
export interface GrantModel {
  /** The resource that grants scopes. */
  readonly grant: string;
  /** The grant's property that names the client. */
  readonly to: string;
  /** The grant's property that names the audience. */
  readonly audience: string;
  /** The grant's property that lists the scopes. */
  readonly scopes: string;
  /** The resource of clients. */
  readonly client: string;
  /** The resource of APIs. */
  readonly api: string;
  /** The API's property that holds its audience. */
  readonly identifier: string;
}

/** Undefined if no resource of the contract grants scopes. */
export function grantModelOf(contract: Contract): GrantModel | undefined {
  for (const { name, grants, refers } of contract.resources.values()) {
    const client = refers.find(({ property }) => property === grants?.to);
    const api = refers.find(({ property }) => property === grants?.audience);
    if (grants === undefined || client === undefined || api === undefined) continue;
    return { grant: name, ...grants, client: client.resource, api: api.resource, identifier: api.by };
  }
  return undefined;
}

/** The scopes that a client has for an audience; undefined without a grant. */
export function grantedScopes(
  store: Store,
  grantModel: GrantModel,
  clientId: string,
  audience: string,
): readonly string[] | undefined {
  const grants = store.table(grantModel.grant).referring(grantModel.to, clientId);
  const grant = grants.find(({ properties }: Entity) => properties[grantModel.audience] === audience);
  if (grant === undefined) return undefined;
  const scopes: Json | undefined = grant.properties[grantModel.scopes];
  return Array.isArray(scopes) ? scopes.map(String) : [];
}
