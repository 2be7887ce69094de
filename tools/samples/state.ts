import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import { stateKeyOf } from '../../tenant/state/item-schema.js';

const USER = 'auth0|63d16bb05d69f3e86d5150c6';
const OTHER_USER = 'auth0|6410784d38b3e02b77fdd660';
const ROLE = 'rol_lEh5V8omwZrnZd9o';
const OTHER_ROLE = 'rol_Gy427JeNTubJSX6a';
const ORGANIZATION = 'org_5CcLlxGNMCaq0cXc';
const API = 'https://tours.travel0.example/';
const CLIENT = 'rZkYzbKzqfoJ9I5jWY0OLlR3jtGGQBQh';
const GRANT = 'cgr_T6Rmz31CTGVHlCmh';
const CONNECTION = 'con_BHaqUNBIqzqNmUqu';
const GROUP = 'grp_2RtB5kLmN8pQrStUvWxYz1';
const DATABASE = 'Username-Password-Authentication';
const PERMISSION = { resource_server_identifier: API, permission_name: 'read:tours' };

/** A tenant with everything that the examples of the contract name. */
const STATE: JsonObject = {
  connections: [
    { name: DATABASE, strategy: 'auth0' },
    { id: CONNECTION, name: 'travel0-partners', strategy: 'okta' },
  ],
  'scim-configurations': [
    { connection_id: CONNECTION, user_id_attribute: 'externalId', mapping: [{ auth0: 'email', scim: 'userName' }] },
  ],
  users: [
    { user_id: USER, connection: DATABASE, email: 'grace@travel0.example' },
    { user_id: OTHER_USER, connection: DATABASE, email: 'alan@travel0.example' },
  ],
  roles: [
    { id: ROLE, name: 'Guide' },
    { id: OTHER_ROLE, name: 'Pilot' },
  ],
  organizations: [{ id: ORGANIZATION, name: 'travel0-crew' }],
  'resource-servers': [
    {
      id: '654bb7e9eb2d17b5d2f4909f',
      identifier: API,
      name: 'All tours',
      scopes: [{ value: 'read:tours' }, { value: 'update:tours' }],
    },
  ],
  clients: [
    {
      client_id: CLIENT,
      name: 'Tours',
      app_type: 'non_interactive',
      client_secret: 'SECRET',
      grant_types: ['client_credentials'],
      organization_usage: 'allow',
    },
  ],
  'client-grants': [
    { id: GRANT, client_id: CLIENT, audience: API, scope: ['read:tours'], organization_usage: 'allow' },
  ],
  credentials: [
    { id: 'cred_n2FhK8PGRa9oQub38vNng1', client_id: CLIENT, credential_type: 'public_key', name: 'Key', pem: 'PEM' },
  ],
  groups: [{ id: GROUP, name: 'Crew' }],
  'organization-connections': [{ organization_id: ORGANIZATION, connection_id: CONNECTION }],
  'discovery-domains': [{ id: 'ord_1csvSKmHxEN4pNpjweGoNa', organization_id: ORGANIZATION, domain: 'travel0.example' }],
  invitations: [
    {
      id: 'uinv_0000000000000001',
      organization_id: ORGANIZATION,
      client_id: CLIENT,
      inviter: { name: 'Ada' },
      invitee: { email: 'joan@travel0.example' },
    },
  ],
  'user-roles': [{ user: USER, role: ROLE }],
  'user-permissions': [{ user: USER, permission: PERMISSION }],
  'role-permissions': [{ role: ROLE, permission: PERMISSION }],
  'organization-members': [{ organization: ORGANIZATION, user: USER }],
  'member-roles': [{ organization: ORGANIZATION, user: USER, role: ROLE }],
  'organization-clients': [{ organization: ORGANIZATION, client: CLIENT, use_for_member_access: false }],
  'organization-client-grants': [{ organization: ORGANIZATION, 'client-grant': GRANT }],
  'connection-clients': [{ connection: CONNECTION, client: CLIENT }],
  'group-members': [{ group: GROUP, user: USER }],
  'group-roles': [{ group: GROUP, role: ROLE }],
  'organization-groups': [{ organization: ORGANIZATION, group: GROUP }],
  'organization-group-roles': [{ organization: ORGANIZATION, group: GROUP, role: ROLE }],
};

/**
 * The state before an operation: without what it creates, and what depends on that.
 *
 * @param audience - of the tenant, for which the client gets tokens
 */
export function stateBefore(contract: Contract, { effect }: Operation, audience: string): Json {
  if (effect?.kind !== 'create') {
    const grants = STATE['client-grants'];
    const own = { client_id: CLIENT, audience, scope: [] };
    return { ...STATE, 'client-grants': [...(Array.isArray(grants) ? grants : []), own] };
  }
  const gone = dependents(contract, effect.target);
  const kept = Object.entries(STATE).filter(
    ([key]) =>
      ![...gone].some((name) => stateKeyOf(contract, name) === key) &&
      !contract.relations.get(key)?.between.some((side) => gone.has(side)),
  );
  return Object.fromEntries(kept);
}

/** A resource and all that refer to it. */
function dependents(contract: Contract, resource: string): ReadonlySet<string> {
  const found = new Set([resource]);
  for (const name of found) {
    for (const other of contract.resources.values()) {
      if (other.refers.some((reference) => reference.resource === name)) found.add(other.name);
      if (other.inside?.parent === name) found.add(other.name);
    }
  }
  return found;
}
