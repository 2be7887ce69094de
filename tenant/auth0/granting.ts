import type { Contract, Json } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import type { Store } from '../store/store.js';

/** Where the contract keeps what tokens follow from: the resource that grants, and the two that it ties together. */
export interface Granting {
  readonly grant: string;
  /** The grant's property for the client, for the audience, for the list of scopes. */
  readonly to: string;
  readonly audience: string;
  readonly scopes: string;
  readonly client: string;
  readonly api: string;
  /** The property of the API that its audience is. */
  readonly identifier: string;
}

/** Nothing where no resource of the contract grants scopes. */
export function grantingOf(contract: Contract): Granting | undefined {
  for (const { name, grants, refers } of contract.resources.values()) {
    const client = refers.find(({ property }) => property === grants?.to);
    const api = refers.find(({ property }) => property === grants?.audience);
    if (grants === undefined || client === undefined || api === undefined) continue;
    return { grant: name, ...grants, client: client.resource, api: api.resource, identifier: api.by };
  }
  return undefined;
}

/** The scopes that a client has at an audience; nothing without a grant. */
export function grantedScopes(
  store: Store,
  granting: Granting,
  clientId: string,
  audience: string,
): readonly string[] | undefined {
  const grants = store.table(granting.grant).referring(granting.to, clientId);
  const grant = grants.find(({ properties }: Entity) => properties[granting.audience] === audience);
  if (grant === undefined) return undefined;
  const scopes: Json | undefined = grant.properties[granting.scopes];
  return Array.isArray(scopes) ? scopes.map(String) : [];
}
