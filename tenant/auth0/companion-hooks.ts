import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { CompanionHook } from '../provider.js';
import { randomText } from '../random.js';
import type { GrantModel } from './grant-model.js';
import type { Identity } from './identity.js';

/** The scopes of the grant that the service creates for an express client (recorded). */
const EXPRESS_SCOPES: readonly string[] = [
  'read:clients',
  'read:user_attribute_profiles',
  'read:connection_profiles',
  'read:organizations_summary',
  'read:connections',
  'create:connections',
  'update:connections',
  'read:connections_options',
  'update:connections_options',
  'read:organization_connections',
  'create:organization_connections',
  'update:organization_connections',
  'create:scim_config',
  'read:scim_token',
  'create:scim_token',
  'delete:scim_token',
];

/** What Auth0 creates together with an item, by the hooks of the contract's resources. */
export function companionHooksOf(
  contract: Contract,
  identity: Identity,
  grantModel: GrantModel | undefined,
): Readonly<Record<string, CompanionHook>> {
  return {
    'client-kinds': ({ entity: { resource, properties }, random }) => {
      const key = properties[contract.resources.get(resource)?.key ?? ''] ?? null;
      const grant = {
        id: `cgr_${randomText('alnum', 16, random)}`,
        [grantModel?.to ?? '']: key,
        [grantModel?.audience ?? '']: identity.audience,
        [grantModel?.scopes ?? '']: EXPRESS_SCOPES,
        is_system: true,
        subject_type: 'client',
      };
      const isExpress = properties.app_type === 'express_configuration';
      return [
        ...credentialsIn(contract, resource, properties, key),
        ...(isExpress && grantModel !== undefined ? [{ resource: grantModel.grant, properties: grant }] : []),
      ];
    },
    'organization-links': ({ entity: { resource, properties }, store }) => {
      const key = properties[contract.resources.get(resource)?.key ?? ''] ?? null;
      const links = Array.isArray(properties.enabled_connections) ? properties.enabled_connections : [];
      const link = [...contract.resources.values()].find(
        ({ under, key: name }) => under?.parent === resource && name === 'connection_id',
      );
      const reference = link?.refers.find(({ property }) => property === link.key);
      if (link?.under === undefined || reference === undefined) return [];
      const owner = link.under.property;
      return links.flatMap((entry: Json) => {
        if (!isObject(entry)) return [];
        const isKnown = store.table(reference.resource).find(String(entry[link.key])) !== undefined;
        const defaults = { assign_membership_on_login: false, show_as_button: true };
        return isKnown ? [{ resource: link.name, properties: { ...defaults, ...entry, [owner]: key } }] : [];
      });
    },
  };
}

/** The credentials in the body of a new client are those that its own path lists (recorded). */
function credentialsIn(
  contract: Contract,
  parent: string,
  { client_authentication_methods: methods }: JsonObject,
  key: Json,
): readonly { readonly resource: string; readonly properties: JsonObject }[] {
  const child = [...contract.resources.values()].find(({ under }) => under?.parent === parent);
  if (child?.under === undefined || !isObject(methods)) return [];
  const { property } = child.under;
  return Object.values(methods)
    .flatMap((method) => (isObject(method) && Array.isArray(method.credentials) ? method.credentials : []))
    .filter(isObject)
    .filter((credential) => credential.credential_type !== undefined)
    .map((credential) => ({ resource: child.name, properties: { ...credential, [property]: key } }));
}
