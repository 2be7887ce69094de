const GROUP_COUNT = 60;

const [FIRST_GROUP = '', ...OTHER_GROUPS] = Array.from(
  { length: GROUP_COUNT },
  (_, index) => `grp_${String(index + 1).padStart(16, '0')}`,
);

/** Groups for single calls. They cannot be created with the API, so the tenant starts with them. */
export const GROUPS: readonly string[] = OTHER_GROUPS;

/** What the tenant starts with, and every listing shows on its first page. */
export const FIRST = {
  database: 'Username-Password-Authentication',
  user: 'auth0|ada',
  email: 'ada@travel0.example',
  role: 'rol_0000000000000001',
  organization: 'org_0000000000000001',
  api: 'https://first.travel0.example/',
  group: FIRST_GROUP,
  /** The only connection with a SCIM configuration, which cannot be created either. */
  enterprise: 'con_0000000000000001',
  client: 'FirstClient000000000000000000000',
} as const;

/** The state file of the tenant that an SDK works with. */
export const STATE = {
  connections: [
    { name: FIRST.database, strategy: 'auth0' },
    { id: FIRST.enterprise, name: 'first-staff', strategy: 'okta' },
  ],
  'scim-configurations': [
    {
      connection_id: FIRST.enterprise,
      user_id_attribute: 'externalId',
      mapping: [{ auth0: 'email', scim: 'userName' }],
    },
  ],
  users: [{ user_id: FIRST.user, connection: FIRST.database, email: FIRST.email }],
  roles: [{ id: FIRST.role, name: 'Guide' }],
  organizations: [{ id: FIRST.organization, name: 'crew' }],
  'resource-servers': [{ identifier: FIRST.api, name: 'First', scopes: [{ value: 'read:tours' }] }],
  clients: [{ client_id: FIRST.client, name: 'First client', app_type: 'non_interactive' }],
  groups: [FIRST_GROUP, ...GROUPS].map((id) => ({ id, name: `Group ${id}` })),
  'group-members': GROUPS.map((group) => ({ group, user: FIRST.user })),
};

export const PASSWORD = 'correct-horse-7-battery';
