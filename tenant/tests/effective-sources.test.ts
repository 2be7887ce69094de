import { beforeAll, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

const API = 'https://tours.travel0.example/';

const state = {
  users: [{ user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' }],
  roles: [
    { id: 'rol_0000000000000001', name: 'Guide' },
    { id: 'rol_0000000000000002', name: 'Cook' },
  ],
  groups: [
    { id: 'grp_0000000000000000000001', name: 'Engineering' },
    { id: 'grp_0000000000000000000002', name: 'Kitchen' },
  ],
  organizations: [{ id: 'org_0000000000000001', name: 'crew' }],
  'resource-servers': [{ identifier: API, name: 'Tours', scopes: [{ value: 'read:tours' }] }],
  'user-roles': [{ user: 'auth0|ada', role: 'Cook' }],
  'role-permissions': [
    { role: 'Cook', permission: { resource_server_identifier: API, permission_name: 'read:tours' } },
    { role: 'Guide', permission: { resource_server_identifier: API, permission_name: 'read:tours' } },
  ],
  'group-members': [
    { group: 'grp_0000000000000000000001', user: 'auth0|ada' },
    { group: 'grp_0000000000000000000002', user: 'auth0|ada' },
  ],
  'group-roles': [{ group: 'grp_0000000000000000000001', role: 'Guide' }],
  'organization-group-roles': [
    { organization: 'org_0000000000000001', group: 'grp_0000000000000000000002', role: 'Guide' },
  ],
};

let call: Call;

beforeAll(async () => {
  const contract = await defaultContract();
  call = await caller(await createTenant(contract, { seed: 1, key: await key, state }), contract);
});

const names = (body: unknown, list: string): unknown[] =>
  (body as Record<string, { name: string }[]>)[list]?.map(({ name }) => name) ?? [];

test('the groups that give a user a role', async () => {
  const path = '/users/auth0%7Cada/effective-roles/sources/groups';
  expect(names((await call('GET', `${path}?role_id=rol_0000000000000001`)).body, 'groups')).toEqual(['Engineering']);
  expect(names((await call('GET', `${path}?role_id=rol_0000000000000002`)).body, 'groups')).toEqual([]);
});

test('the groups that give a member a role in an organization', async () => {
  const path = '/organizations/org_0000000000000001/members/auth0%7Cada/effective-roles/sources/groups';
  expect(names((await call('GET', `${path}?role_id=rol_0000000000000001`)).body, 'groups')).toEqual(['Kitchen']);
});

test('the roles that give a user a permission, with their sources', async () => {
  const path = '/users/auth0%7Cada/effective-permissions/sources/effective-roles';
  const query = `resource_server_identifier=${encodeURIComponent(API)}&permission_name=read:tours`;
  expect((await call('GET', `${path}?${query}`)).body).toMatchObject({
    roles: [
      { name: 'Cook', sources: ['direct'] },
      { name: 'Guide', sources: ['groups'] },
    ],
  });
});

test('the query must name an existing role or permission', async () => {
  const path = '/users/auth0%7Cada/effective-roles/sources/groups';
  expect((await call('GET', path)).status).toBe(400);
  expect(await call('GET', `${path}?role_id=rol_0000000000000009`)).toMatchObject({
    status: 404,
    body: { message: 'The role does not exist.' },
  });
  const permissions = '/users/auth0%7Cada/effective-permissions/sources/effective-roles';
  expect(
    await call('GET', `${permissions}?resource_server_identifier=${encodeURIComponent(API)}&permission_name=none`),
  ).toMatchObject({ status: 404, body: { errorCode: 'inexistent_resource_server_permission' } });
});
