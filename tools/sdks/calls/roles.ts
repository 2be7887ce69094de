import { FIRST } from '../state.js';
import { type CallTable, CHECKPOINT, id, PAGE } from './expectation.js';

export const ROLE_CALLS: CallTable = {
  'GET /roles': async () => [
    { returns: [FIRST.role] },
    { query: PAGE, returns: [FIRST.role] },
    { query: { name_filter: 'Guide' }, returns: [FIRST.role] },
  ],
  'POST /roles': async (fixtures) => {
    const [first, second, third] = [fixtures.word('new'), fixtures.word('new'), fixtures.word('new')];
    const owner = await fixtures.organization();
    return [
      { body: { name: first }, returns: [first] },
      { body: { name: second, description: 'Leads tours' }, returns: [second, 'Leads tours'] },
      { body: { name: third, type: 'organization', owner_id: owner }, returns: [third] },
    ];
  },
  'GET /roles/{}': async () => [{ path: [FIRST.role], returns: [FIRST.role, 'Guide'] }],
  'PATCH /roles/{}': async (fixtures) => {
    const [role, name] = [await fixtures.role(), fixtures.word('renamed')];
    return [
      { path: [role], body: { name }, returns: [role, name] },
      {
        path: [role],
        body: { description: 'Flies' },
        returns: ['Flies'],
        afterwards: { get: `/roles/${role}`, has: [name, 'Flies'] },
      },
    ];
  },
  'DELETE /roles/{}': async (fixtures) => {
    const role = await fixtures.role();
    return [{ path: [role], afterwards: { get: `/roles/${role}`, status: 404 } }];
  },
  'GET /roles/{}/permissions': async (fixtures) => {
    const [role, api] = [await fixtures.role(), await fixtures.api()];
    await fixtures.link(`/roles/${role}/permissions`, { permissions: [api.permission] });
    return [
      { path: [role], returns: [api.identifier] },
      { path: [role], query: PAGE, returns: [api.identifier] },
    ];
  },
  'POST /roles/{}/permissions': async (fixtures) => {
    const [role, api] = [await fixtures.role(), await fixtures.api()];
    const afterwards = { get: `/roles/${role}/permissions`, has: [api.identifier] };
    return [{ path: [role], body: { permissions: [api.permission] }, afterwards }];
  },
  'DELETE /roles/{}/permissions': async (fixtures) => {
    const [role, api] = [await fixtures.role(), await fixtures.api()];
    await fixtures.link(`/roles/${role}/permissions`, { permissions: [api.permission] });
    const afterwards = { get: `/roles/${role}/permissions`, lacks: [api.identifier] };
    return [{ path: [role], body: { permissions: [api.permission] }, afterwards }];
  },
  'GET /roles/{}/users': async (fixtures) => {
    const [role, user] = [await fixtures.role(), await fixtures.user()];
    await fixtures.link(`/roles/${role}/users`, { users: [user, FIRST.user] });
    return [
      { path: [role], returns: [user, FIRST.user] },
      { path: [role], query: PAGE, returns: [user] },
      { path: [role], query: { take: 1 }, returns: [user] },
    ];
  },
  'POST /roles/{}/users': async (fixtures) => {
    const [role, user] = [await fixtures.role(), await fixtures.user()];
    return [{ path: [role], body: { users: [user] }, afterwards: { get: `/users/${id(user)}/roles`, has: [role] } }];
  },
  'GET /roles/{}/groups': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    await fixtures.link(`/roles/${role}/groups`, { groups: [group] });
    return [
      { path: [role], returns: [group] },
      { path: [role], query: CHECKPOINT, returns: [group] },
    ];
  },
  'POST /roles/{}/groups': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    return [{ path: [role], body: { groups: [group] }, afterwards: { get: `/groups/${group}/roles`, has: [role] } }];
  },
  'DELETE /roles/{}/groups': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    await fixtures.link(`/roles/${role}/groups`, { groups: [group] });
    return [{ path: [role], body: { groups: [group] }, afterwards: { get: `/groups/${group}/roles`, lacks: [role] } }];
  },
};

export const GROUP_CALLS: CallTable = {
  'GET /groups': async (fixtures) => {
    const group = fixtures.group();
    return [
      { returns: [FIRST.group] },
      { query: CHECKPOINT, returns: [FIRST.group] },
      { query: { name: `Group ${group}` }, returns: [group] },
      { query: { fields: 'id', include_fields: true }, returns: [FIRST.group] },
    ];
  },
  'GET /groups/{}': async (fixtures) => {
    const group = fixtures.group();
    return [{ path: [group], returns: [group] }];
  },
  'DELETE /groups/{}': async (fixtures) => {
    const group = fixtures.group();
    return [{ path: [group], afterwards: { get: `/groups/${group}`, status: 404 } }];
  },
  'GET /groups/{}/members': async (fixtures) => {
    const group = fixtures.group();
    return [
      { path: [group], returns: [FIRST.user] },
      { path: [group], query: CHECKPOINT, returns: [FIRST.user] },
      { path: [group], query: { fields: 'id', include_fields: true }, returns: [FIRST.user] },
    ];
  },
  'GET /groups/{}/roles': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    await fixtures.link(`/groups/${group}/roles`, { roles: [role] });
    return [
      { path: [group], returns: [role] },
      { path: [group], query: CHECKPOINT, returns: [role] },
    ];
  },
  'POST /groups/{}/roles': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    return [{ path: [group], body: { roles: [role] }, afterwards: { get: `/groups/${group}/roles`, has: [role] } }];
  },
  'DELETE /groups/{}/roles': async (fixtures) => {
    const [role, group] = [await fixtures.role(), fixtures.group()];
    await fixtures.link(`/groups/${group}/roles`, { roles: [role] });
    return [{ path: [group], body: { roles: [role] }, afterwards: { get: `/groups/${group}/roles`, lacks: [role] } }];
  },
};
