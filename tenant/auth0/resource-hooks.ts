import type { Json, JsonObject } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Creation, ResourceHook } from '../provider.js';
import type { Entity } from '../store/entity.js';
import type { Identity } from './identity.js';

/** An API that the service defines itself: a tenant can add it, with the service's own name and scopes. */
interface SystemApi {
  /** Whether an identifier is that of this API. */
  readonly is: (identifier: string, tenantUrl: string) => boolean;
  readonly values: JsonObject;
}

/** As recorded. */
const SYSTEM_APIS: readonly SystemApi[] = [
  {
    is: (identifier) => identifier === 'urn:auth0:express-configure',
    values: {
      name: 'Okta OIN Express Configuration API',
      scopes: [
        { value: 'express_configure:sso', description: 'Ability to create SSO configurations' },
        { value: 'express_configure:scim', description: 'Ability to create scim configurations' },
      ],
      token_lifetime: 300,
      enforce_policies: true,
      subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'deny_all' } },
    },
  },
  {
    is: (identifier, url) => identifier === `${url}/me/` || /^https:\/\/[^/]+\.auth0\.com\/me\/$/.test(identifier),
    values: {
      name: 'Auth0 My Account API',
      scopes: [
        { value: 'create:me:connected_accounts', description: 'Create Connected Accounts' },
        { value: 'read:me:connected_accounts', description: 'Read Connected Accounts' },
        { value: 'delete:me:connected_accounts', description: 'Delete Connected Accounts' },
      ],
      allow_offline_access: true,
      token_lifetime: 600,
      token_lifetime_for_web: 600,
      skip_consent_for_verifiable_first_party_clients: true,
      proof_of_possession: { mechanism: 'dpop', required: false },
      subject_type_authorization: { user: { policy: 'require_client_grant' }, client: { policy: 'deny_all' } },
    },
  },
];

/** The properties of a system API that no request sets. */
export const FIXED_IN_SYSTEM_APIS: readonly string[] = ['name', 'scopes'];

/** What the service sets for a kind of client unless the request does (recorded). */
const CLIENT_KINDS: Readonly<Record<string, JsonObject>> = {
  express_configuration: {
    oidc_conformant: true,
    callbacks: ['https://system-admin.okta.com/admin/app/generic/oauth20redirect'],
    jwt_configuration: { secret_encoded: false, alg: 'RS256' },
    grant_types: ['authorization_code', 'client_credentials'],
    organization_usage: 'require',
    organization_require_behavior: 'pre_login_prompt',
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
  },
  resource_server: {
    oidc_conformant: true,
    jwt_configuration: { secret_encoded: false, alg: 'RS256' },
    grant_types: [],
  },
};

/** What Auth0 sets when an item is created, by the hooks of the contract's resources. */
export function resourceHooksOf(identity: Identity): Readonly<Record<string, ResourceHook>> {
  return {
    'system-apis': ({ body }) => {
      const api = SYSTEM_APIS.find(({ is }) => is(String(body.identifier), identity.url));
      if (api === undefined) return {};
      const free = Object.keys(api.values).filter((name) => !FIXED_IN_SYSTEM_APIS.includes(name));
      return { ...api.values, ...sentOf(free, body), is_system: true };
    },
    'client-kinds': ({ body }) => {
      const values = Object.entries(CLIENT_KINDS[String(body.app_type)] ?? {});
      return Object.fromEntries(values.filter(([name]) => body[name] === undefined));
    },
    'express-grants': (creation) => {
      const type = namedBy(creation, 'client_id')?.properties.app_type;
      if (type !== 'express_configuration') return {};
      const why = 'the service grants the scopes of an express client itself';
      return new Refusal({ kind: 'hook', name: 'express-client-grant' }, { type }, why);
    },
    'database-links': (creation) => {
      const isDatabase = namedBy(creation, 'connection_id')?.properties.strategy === 'auth0';
      return isDatabase && creation.body.is_signup_enabled === undefined ? { is_signup_enabled: false } : {};
    },
  };
}

/** The item that a property of the body refers to. */
function namedBy({ resource, body, store }: Creation, property: string): Entity | undefined {
  const reference = resource.refers.find((each) => each.property === property);
  const value = body[property];
  return reference === undefined || typeof value !== 'string'
    ? undefined
    : store.table(reference.resource).findBy(reference.by, value);
}

function sentOf(names: readonly string[], body: JsonObject): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => (body[name] === undefined ? [] : [[name, body[name]]])),
  );
}
