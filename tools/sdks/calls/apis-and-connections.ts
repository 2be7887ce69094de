import { FIRST } from '../state.js';
import { type CallTable, CHECKPOINT, id, PAGE } from './expectation.js';

export const API_CALLS: CallTable = {
  'GET /resource-servers': async () => [
    { returns: [FIRST.api] },
    { query: PAGE, returns: [FIRST.api] },
    { query: { identifiers: [FIRST.api] }, returns: [FIRST.api] },
    { query: { include_fields: true }, returns: [FIRST.api] },
  ],
  'POST /resource-servers': async (fixtures) => {
    const [first, second] = [fixtures.word('https://new'), fixtures.word('https://new')];
    return [
      { body: { identifier: first }, returns: [first] },
      {
        body: {
          identifier: second,
          name: 'Bookings',
          scopes: [{ value: 'read:bookings', description: 'Read bookings' }],
          signing_alg: 'RS256',
          allow_offline_access: true,
          skip_consent_for_verifiable_first_party_clients: true,
          token_lifetime: 3600,
          token_lifetime_for_web: 1800,
          enforce_policies: true,
          token_dialect: 'access_token_authz',
        },
        returns: [second, 'Bookings', 'Read bookings', 3600],
        afterwards: { get: `/resource-servers/${id(second)}`, has: ['read:bookings', 'access_token_authz'] },
      },
    ];
  },
  'GET /resource-servers/{}': async (fixtures) => {
    const api = await fixtures.api();
    return [
      { path: [api.id], returns: [api.identifier] },
      { path: [api.identifier], returns: [api.id] },
      { path: [api.id], query: { include_fields: true }, returns: [api.identifier] },
    ];
  },
  'PATCH /resource-servers/{}': async (fixtures) => {
    const api = await fixtures.api();
    return [
      { path: [api.id], body: { name: 'Trips' }, returns: ['Trips'] },
      {
        path: [api.id],
        body: { scopes: [{ value: 'read:trips', description: 'Read trips' }], token_lifetime: 600 },
        returns: ['read:trips', 600],
        afterwards: { get: `/resource-servers/${api.id}`, has: ['Trips', 'read:trips'], lacks: [api.scope] },
      },
    ];
  },
  'DELETE /resource-servers/{}': async (fixtures) => {
    const api = await fixtures.api();
    return [{ path: [api.id], afterwards: { get: `/resource-servers/${api.id}`, status: 404 } }];
  },
};

export const CONNECTION_CALLS: CallTable = {
  'GET /connections': async (fixtures) => {
    const [connection, name] = [await fixtures.connection(), FIRST.database];
    return [
      { returns: [FIRST.database] },
      { query: PAGE, returns: [FIRST.database] },
      { query: CHECKPOINT, returns: [FIRST.database] },
      { query: { name }, returns: [FIRST.database] },
      { query: { strategy: ['auth0'] }, returns: [FIRST.database, connection] },
      { query: { fields: 'id,name', include_fields: true }, returns: [FIRST.database] },
    ];
  },
  'POST /connections': async (fixtures) => {
    const [first, second] = [fixtures.word('new'), fixtures.word('new')];
    return [
      { body: { name: first, strategy: 'auth0' }, returns: [first] },
      {
        body: {
          name: second,
          strategy: 'auth0',
          display_name: 'Staff',
          is_domain_connection: false,
          options: { brute_force_protection: true, passwordPolicy: 'good', disable_signup: true },
          enabled_clients: [FIRST.client],
          realms: [second],
          metadata: { team: 'tours' },
        },
        returns: [second, 'Staff', 'good', 'tours'],
      },
    ];
  },
  'GET /connections/{}': async (fixtures) => {
    const connection = await fixtures.connection();
    return [
      { path: [connection], returns: [connection] },
      { path: [connection], query: { fields: 'id', include_fields: true }, returns: [connection] },
    ];
  },
  'PATCH /connections/{}': async (fixtures) => {
    const connection = await fixtures.connection();
    return [
      { path: [connection], body: { display_name: 'Crew' }, returns: ['Crew'] },
      {
        path: [connection],
        body: { options: { brute_force_protection: true, passwordPolicy: 'excellent' }, metadata: { team: 'sales' } },
        returns: ['excellent', 'sales'],
        afterwards: { get: `/connections/${connection}`, has: ['Crew', 'excellent'] },
      },
    ];
  },
  'DELETE /connections/{}': async (fixtures) => {
    const connection = await fixtures.connection();
    return [{ path: [connection], afterwards: { get: `/connections/${connection}`, status: 404 } }];
  },
  'GET /connections/{}/scim-configuration': async () => [
    { path: [FIRST.enterprise], returns: [FIRST.enterprise, 'first-staff', 'okta', 'externalId'] },
  ],
  'GET /connections/{}/clients': async (fixtures) => {
    const connection = await fixtures.connection();
    return [{ path: [connection] }, { path: [connection], query: CHECKPOINT }];
  },
  'PATCH /connections/{}/clients': async (fixtures) => {
    const connection = await fixtures.connection();
    return [{ path: [connection], body: [{ client_id: FIRST.client, status: true }] }];
  },
  'DELETE /connections/{}/users': async (fixtures) => [
    { path: [await fixtures.connection()], query: { email: FIRST.email } },
  ],
};
