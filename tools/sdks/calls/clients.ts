import type { Fixtures } from '../fixtures.js';
import { FIRST } from '../state.js';
import { type CallTable, CHECKPOINT, PAGE } from './expectation.js';

export const CLIENT_CALLS: CallTable = {
  'GET /clients': async () => [
    { returns: [FIRST.client] },
    { query: PAGE, returns: [FIRST.client] },
    { query: CHECKPOINT, returns: [FIRST.client] },
    { query: { fields: 'client_id,name', include_fields: true }, returns: [FIRST.client] },
    { query: { is_global: false, is_first_party: true, app_type: 'non_interactive' }, returns: [FIRST.client] },
  ],
  'POST /clients': async (fixtures) => {
    const [first, second] = [fixtures.word('new'), fixtures.word('new')];
    return [
      { body: { name: first }, returns: [first] },
      {
        body: {
          name: second,
          description: 'Books tours',
          app_type: 'regular_web',
          callbacks: ['https://travel0.example/callback'],
          allowed_logout_urls: ['https://travel0.example/'],
          web_origins: ['https://travel0.example'],
          allowed_origins: ['https://travel0.example'],
          grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
          token_endpoint_auth_method: 'client_secret_post',
          logo_uri: 'https://travel0.example/logo.png',
          initiate_login_uri: 'https://travel0.example/login',
          oidc_conformant: true,
          is_first_party: true,
          jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36000 },
          refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 0, token_lifetime: 2592000 },
          client_metadata: { team: 'tours' },
          organization_usage: 'allow',
          organization_require_behavior: 'no_prompt',
          sso: false,
        },
        returns: [second, 'Books tours', 'tours', 'https://travel0.example/callback'],
      },
    ];
  },
  'GET /clients/{}': async () => [
    { path: [FIRST.client], returns: ['First client'] },
    { path: [FIRST.client], query: { fields: 'name', include_fields: true }, returns: ['First client'] },
  ],
  'PATCH /clients/{}': async (fixtures) => {
    const client = await fixtures.client();
    return [
      { path: [client], body: { description: 'Reads' }, returns: [client, 'Reads'] },
      {
        path: [client],
        body: { callbacks: ['https://travel0.example/callback'], client_metadata: { team: 'reports' } },
        returns: ['https://travel0.example/callback', 'reports'],
        afterwards: { get: `/clients/${client}`, has: ['reports'] },
      },
    ];
  },
  'DELETE /clients/{}': async (fixtures) => {
    const client = await fixtures.client();
    return [{ path: [client], afterwards: { get: `/clients/${client}`, status: 404 } }];
  },
  'POST /clients/{}/rotate-secret': async (fixtures) => {
    const client = await fixtures.client();
    return [{ path: [client], returns: [client] }];
  },
  'GET /clients/{}/connections': async (fixtures) => {
    const client = await fixtures.client();
    return [{ path: [client] }, { path: [client], query: CHECKPOINT }];
  },
  'GET /clients/{}/credentials': async (fixtures) => {
    const { client, id } = await credential(fixtures);
    return [{ path: [client], returns: [id] }];
  },
  'POST /clients/{}/credentials': async (fixtures) => {
    const client = await fixtures.client();
    const body = { credential_type: 'public_key', name: 'Deployment', pem: fixtures.publicKey(), alg: 'RS256' };
    const afterwards = { get: `/clients/${client}/credentials`, has: ['Deployment'] };
    return [{ path: [client], body, returns: ['Deployment', 'public_key'], afterwards }];
  },
  'GET /clients/{}/credentials/{}': async (fixtures) => {
    const { client, id } = await credential(fixtures);
    return [{ path: [client, id], returns: [id] }];
  },
  'PATCH /clients/{}/credentials/{}': async (fixtures) => {
    const { client, id } = await credential(fixtures);
    return [{ path: [client, id], body: { expires_at: '2033-01-20T10:11:12.000Z' }, returns: [id] }];
  },
  'DELETE /clients/{}/credentials/{}': async (fixtures) => {
    const { client, id } = await credential(fixtures);
    return [{ path: [client, id], afterwards: { get: `/clients/${client}/credentials`, lacks: [id] } }];
  },
};

export const CLIENT_GRANT_CALLS: CallTable = {
  'GET /client-grants': async (fixtures) => {
    const { id, client, audience } = await fixtures.grant();
    return [
      { query: { client_id: client }, returns: [id] },
      { query: { ...PAGE, audience }, returns: [id] },
      { query: { ...CHECKPOINT, client_id: client, audience }, returns: [id] },
      { query: { allow_any_organization: false, client_id: client }, returns: [id] },
      { query: { subject_type: 'client', client_id: client } },
    ];
  },
  'POST /client-grants': async (fixtures) => {
    const [client, other, api] = [await fixtures.client(), await fixtures.client(), await fixtures.api()];
    const grant = { audience: api.identifier, scope: [api.scope] };
    return [
      { body: { ...grant, client_id: client }, returns: [client, api.identifier, api.scope] },
      {
        body: { ...grant, client_id: other, organization_usage: 'allow', allow_any_organization: true },
        returns: [other, api.scope],
        afterwards: { get: `/client-grants?client_id=${other}`, has: [api.identifier] },
      },
    ];
  },
  'GET /client-grants/{}': async (fixtures) => {
    const { id, client } = await fixtures.grant();
    return [{ path: [id], returns: [id, client] }];
  },
  'PATCH /client-grants/{}': async (fixtures) => {
    const { id } = await fixtures.grant();
    return [
      { path: [id], body: { scope: [] }, returns: [id] },
      {
        path: [id],
        body: { scope: ['read:tours'], organization_usage: 'require', allow_any_organization: false },
        returns: ['read:tours', 'require'],
      },
    ];
  },
  'DELETE /client-grants/{}': async (fixtures) => {
    const { id, client } = await fixtures.grant();
    return [{ path: [id], afterwards: { get: `/client-grants?client_id=${client}`, lacks: [id] } }];
  },
  'GET /client-grants/{}/organizations': async (fixtures) => {
    const [organization, grant] = [await fixtures.organization(), await fixtures.grant()];
    await fixtures.link(`/organizations/${organization}/client-grants`, { grant_id: grant.id });
    return [
      { path: [grant.id], returns: [organization] },
      { path: [grant.id], query: PAGE, returns: [organization] },
      { path: [grant.id], query: CHECKPOINT, returns: [organization] },
    ];
  },
};

async function credential(fixtures: Fixtures): Promise<{ readonly client: string; readonly id: string }> {
  const client = await fixtures.client();
  const body = { credential_type: 'public_key', name: 'Deployment', pem: fixtures.publicKey() };
  return { client, id: String((await fixtures.link(`/clients/${client}/credentials`, body)).id) };
}
