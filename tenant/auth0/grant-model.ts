import type { Contract, Json } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
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
  /** The grant's property that, if true, grants every scope of the API. */
  readonly all?: string;
  /** The resource of clients. */
  readonly client: string;
  /** The resource of APIs. */
  readonly api: string;
  /** The API's property that holds its audience. */
  readonly identifier: string;
  /** Where the API lists its scopes, and the property of an entry that holds the scope. */
  readonly apiScopes?: { readonly list: string; readonly name: string };
}

/** Undefined if no resource of the contract grants scopes. */
export function grantModelOf(contract: Contract): GrantModel | undefined {
  for (const { name, grants, refers } of contract.resources.values()) {
    const client = refers.find(({ property }) => property === grants?.to);
    const api = refers.find(({ property }) => property === grants?.audience);
    if (grants === undefined || client === undefined || api === undefined) continue;
    const inside = [...contract.resources.values()].find((each) => each.inside?.parent === api.resource);
    const apiScopes = inside?.inside === undefined ? {} : { apiScopes: { list: inside.inside.list, name: inside.key } };
    return { grant: name, ...grants, client: client.resource, api: api.resource, identifier: api.by, ...apiScopes };
  }
  return undefined;
}

/** The group of all third-party clients, which a grant may be the default for (documented). */
const THIRD_PARTY = 'third_party_clients';

/** The scopes that a client has for an audience, by its own grant or by the default for clients of its kind. */
export function grantedScopes(
  store: Store,
  grantModel: GrantModel,
  clientId: string,
  audience: string,
): readonly string[] | undefined {
  const grants = store.table(grantModel.grant);
  const isFor = ({ properties }: Entity): boolean => properties[grantModel.audience] === audience;
  const isThirdParty = store.table(grantModel.client).find(clientId)?.properties.is_first_party === false;
  const byDefault = (each: Entity): boolean => each.properties.default_for === THIRD_PARTY && isFor(each);
  const grant =
    grants.referring(grantModel.to, clientId).find(isFor) ??
    (isThirdParty ? [...grants.entities].find(byDefault) : undefined);
  if (grant === undefined) return undefined;
  if (grantModel.all !== undefined && grant.properties[grantModel.all] === true)
    return scopesOf(store, grantModel, audience);
  const scopes: Json | undefined = grant.properties[grantModel.scopes];
  return Array.isArray(scopes) ? scopes.map(String) : [];
}

/** Every scope of an API: the values of the items inside it. */
function scopesOf(store: Store, { api, identifier, apiScopes }: GrantModel, audience: string): readonly string[] {
  const entity = store.table(api).findBy(identifier, audience);
  const list = entity === undefined || apiScopes === undefined ? [] : getPointer(entity.properties, apiScopes.list);
  const name = apiScopes?.name ?? '';
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: Json) => (isObject(entry) && typeof entry[name] === 'string' ? [entry[name]] : []));
}
