import { FIRST, PASSWORD } from '../state.js';
import { type CallTable, CHECKPOINT, id, PAGE } from './expectation.js';

export const USER_CALLS: CallTable = {
  'GET /users': async () => [
    { returns: [FIRST.email] },
    { query: PAGE, returns: [FIRST.email] },
    { query: { fields: 'user_id,email', include_fields: true }, returns: [FIRST.email] },
    { query: { q: `email:"${FIRST.email}"`, search_engine: 'v3' }, returns: [FIRST.email] },
    { query: { sort: 'created_at:1' }, returns: [FIRST.email] },
    { query: { connection: FIRST.database }, returns: [FIRST.email] },
  ],
  'POST /users': async (fixtures) => {
    const [first, second] = [`${fixtures.word('new')}@travel0.example`, `${fixtures.word('new')}@travel0.example`];
    return [
      { body: { connection: FIRST.database, email: first, password: PASSWORD }, returns: [first] },
      {
        body: {
          connection: FIRST.database,
          email: second,
          password: PASSWORD,
          email_verified: true,
          verify_email: false,
          given_name: 'Ada',
          family_name: 'Lovelace',
          name: 'Ada Lovelace',
          nickname: 'ada',
          picture: 'https://travel0.example/ada.png',
          user_metadata: { language: 'en' },
          app_metadata: { plan: 'gold' },
          blocked: false,
        },
        returns: [second, 'Ada Lovelace', 'gold', 'en'],
        afterwards: { get: `/users-by-email?email=${id(second)}`, has: [second, 'gold'] },
      },
    ];
  },
  'GET /users/{}': async () => [
    { path: [FIRST.user], returns: [FIRST.email] },
    { path: [FIRST.user], query: { fields: 'email', include_fields: true }, returns: [FIRST.email] },
  ],
  'PATCH /users/{}': async (fixtures) => {
    const user = await fixtures.user();
    return [
      { path: [user], body: { nickname: 'countess' }, returns: ['countess'] },
      {
        path: [user],
        body: { given_name: 'Ada', user_metadata: { language: 'fr' }, app_metadata: { plan: 'silver' }, blocked: true },
        returns: ['fr', 'silver'],
        afterwards: { get: `/users/${id(user)}`, has: ['countess', 'fr', 'silver'] },
      },
    ];
  },
  'DELETE /users/{}': async (fixtures) => {
    const user = await fixtures.user();
    return [{ path: [user], afterwards: { get: `/users/${id(user)}`, status: 404 } }];
  },
  'GET /users-by-email': async () => [
    { query: { email: FIRST.email }, returns: [FIRST.user] },
    { query: { email: FIRST.email, fields: 'email', include_fields: true }, returns: [FIRST.email] },
  ],
  'GET /users/{}/roles': async (fixtures) => {
    const [user, role] = [await fixtures.user(), await fixtures.role()];
    await fixtures.link(`/users/${id(user)}/roles`, { roles: [role] });
    return [
      { path: [user], returns: [role] },
      { path: [user], query: PAGE, returns: [role] },
    ];
  },
  'POST /users/{}/roles': async (fixtures) => {
    const [user, role] = [await fixtures.user(), await fixtures.role()];
    return [{ path: [user], body: { roles: [role] }, afterwards: { get: `/users/${id(user)}/roles`, has: [role] } }];
  },
  'DELETE /users/{}/roles': async (fixtures) => {
    const [user, role, kept] = [await fixtures.user(), await fixtures.role(), await fixtures.role()];
    await fixtures.link(`/users/${id(user)}/roles`, { roles: [role, kept] });
    const afterwards = { get: `/users/${id(user)}/roles`, has: [kept], lacks: [role] };
    return [{ path: [user], body: { roles: [role] }, afterwards }];
  },
  'GET /users/{}/permissions': async (fixtures) => {
    const [user, api] = [await fixtures.user(), await fixtures.api()];
    await fixtures.link(`/users/${id(user)}/permissions`, { permissions: [api.permission] });
    return [
      { path: [user], returns: [api.identifier, 'DIRECT'] },
      { path: [user], query: PAGE, returns: [api.identifier] },
    ];
  },
  'POST /users/{}/permissions': async (fixtures) => {
    const [user, api] = [await fixtures.user(), await fixtures.api()];
    const afterwards = { get: `/users/${id(user)}/permissions`, has: [api.identifier] };
    return [{ path: [user], body: { permissions: [api.permission] }, afterwards }];
  },
  'DELETE /users/{}/permissions': async (fixtures) => {
    const [user, api] = [await fixtures.user(), await fixtures.api()];
    await fixtures.link(`/users/${id(user)}/permissions`, { permissions: [api.permission] });
    const afterwards = { get: `/users/${id(user)}/permissions`, lacks: [api.identifier] };
    return [{ path: [user], body: { permissions: [api.permission] }, afterwards }];
  },
  'GET /users/{}/organizations': async (fixtures) => {
    const { organization, user } = await fixtures.member();
    return [
      { path: [user], returns: [organization] },
      { path: [user], query: PAGE, returns: [organization] },
    ];
  },
  'GET /users/{}/groups': async (fixtures) => {
    const group = fixtures.group();
    return [
      { path: [FIRST.user], returns: [group] },
      { path: [FIRST.user], query: CHECKPOINT, returns: [group] },
      { path: [FIRST.user], query: { fields: 'id', include_fields: true }, returns: [group] },
    ];
  },
  'GET /users/{}/effective-roles': async (fixtures) => {
    const [group, role] = [fixtures.group(), await fixtures.role()];
    await fixtures.link(`/groups/${group}/roles`, { roles: [role] });
    return [
      { path: [FIRST.user], returns: [role] },
      { path: [FIRST.user], query: CHECKPOINT, returns: [role] },
    ];
  },
  'GET /users/{}/effective-roles/sources/groups': async (fixtures) => {
    const [group, role] = [fixtures.group(), await fixtures.role()];
    await fixtures.link(`/groups/${group}/roles`, { roles: [role] });
    return [{ path: [FIRST.user], query: { role_id: role }, returns: [group] }];
  },
  'GET /users/{}/effective-permissions': async (fixtures) => {
    const [user, api] = [await fixtures.user(), await fixtures.api()];
    await fixtures.link(`/users/${id(user)}/permissions`, { permissions: [api.permission] });
    const query = { resource_server_identifier: api.identifier };
    return [
      { path: [user], query, returns: [api.scope] },
      { path: [user], query: { ...query, ...CHECKPOINT }, returns: [api.scope] },
    ];
  },
  'GET /users/{}/effective-permissions/sources/effective-roles': async (fixtures) => {
    const [user, role, api] = [await fixtures.user(), await fixtures.role(), await fixtures.api()];
    await fixtures.link(`/users/${id(user)}/roles`, { roles: [role] });
    await fixtures.link(`/roles/${role}/permissions`, { permissions: [api.permission] });
    const query = { resource_server_identifier: api.identifier, permission_name: api.scope };
    return [{ path: [user], query, returns: [role] }];
  },
};
