import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { createTenant, defaultContract, type Tenant } from '../tenant.js';
import { type Call, caller, key } from '../test-support/school.js';

const contract = await defaultContract();

let tenant: Tenant;
let call: Call;

beforeEach(async () => {
  tenant = await createTenant(contract, { key: await key });
  call = await caller(tenant, contract);
});

const created = async (path: string, body: JsonObject): Promise<JsonObject> =>
  (await call('POST', path, body)).body as JsonObject;

describe('an API that the service defines', () => {
  test.each([
    { identifier: 'urn:auth0:express-configure', name: 'Okta OIN Express Configuration API' },
    { identifier: 'https://travel0.eu.auth0.com/me/', name: 'Auth0 My Account API' },
  ])('has its own name and scopes: $identifier', async ({ identifier, name }) => {
    const api = await created('/resource-servers', { identifier, name: 'Mine', scopes: [], token_lifetime: 60 });
    expect(api).toMatchObject({ name, is_system: true, token_lifetime: 60 });
    expect(api.scopes).not.toEqual([]);
    expect((await call('PATCH', `/resource-servers/${api.id}`, { name: 'Mine' })).status).toBe(400);
    expect((await call('PATCH', `/resource-servers/${api.id}`, { scopes: [] })).status).toBe(400);
    expect((await call('PATCH', `/resource-servers/${api.id}`, { token_lifetime: 120 })).status).toBe(200);
    expect((await call('DELETE', `/resource-servers/${api.id}`)).status).toBe(204);
  });

  test('is also the one at the address of the tenant', async () => {
    const api = await created('/resource-servers', { identifier: `${tenant.url}/me/` });
    expect(api).toMatchObject({ name: 'Auth0 My Account API', is_system: true });
  });

  test.each(['https://travel0.example/me/', 'https://auth0.com.travel0.example/me/', 'urn:travel0:tours'])(
    'is not %s',
    async (identifier) => {
      const api = await created('/resource-servers', { identifier, name: 'Mine' });
      expect(api).toMatchObject({ name: 'Mine' });
      expect(api).not.toHaveProperty('is_system');
      expect((await call('PATCH', `/resource-servers/${api.id}`, { name: 'Other' })).status).toBe(200);
    },
  );
});

describe('an express client', () => {
  test('has values of its own unless the request sets them', async () => {
    const body = { name: 'App', app_type: 'express_configuration', organization_usage: 'allow' };
    expect(await created('/clients', body)).toMatchObject({
      oidc_conformant: true,
      organization_usage: 'allow',
      organization_require_behavior: 'pre_login_prompt',
      client_authentication_methods: { private_key_jwt: { credentials: [] } },
    });
    expect(await created('/clients', { name: 'Other' })).not.toHaveProperty('organization_usage');
  });

  test('gets no client grant', async () => {
    const client = await created('/clients', { name: 'App', app_type: 'express_configuration' });
    await call('POST', '/resource-servers', { identifier: 'https://tours.example/' });
    const grant = { client_id: client.client_id ?? null, audience: 'https://tours.example/' };
    expect(await call('POST', '/client-grants', grant)).toMatchObject({
      status: 400,
      body: { errorCode: 'validation_error', message: 'Client of type express_configuration cannot be used' },
    });
  });
});

test.each([
  { strategy: 'auth0', sent: {}, want: false },
  { strategy: 'auth0', sent: { is_signup_enabled: true, assign_membership_on_login: true }, want: true },
  { strategy: 'okta', sent: {}, want: undefined },
])('a $strategy connection of an organization has is_signup_enabled $want', async ({ strategy, sent, want }) => {
  const organization = await created('/organizations', { name: 'crew' });
  const connection = await created('/connections', { name: 'staff', strategy });
  const link = await created(`/organizations/${organization.id}/connections`, {
    connection_id: connection.id ?? null,
    ...sent,
  });
  expect(link.is_signup_enabled).toBe(want);
});

describe('a client grant of every scope', () => {
  test('shows none, and its tokens have all scopes of the API', async () => {
    const client = await created('/clients', { name: 'App' });
    const audience = 'https://tours.example/';
    await call('POST', '/resource-servers', { identifier: audience, scopes: [{ value: 'read:tours' }] });
    const grant = await created('/client-grants', { client_id: client.client_id ?? null, audience, scope: [] });
    expect(grant.scope).toEqual([]);
    const all = await call('PATCH', `/client-grants/${grant.id}`, { allow_all_scopes: true });
    expect(all.body).not.toHaveProperty('scope');
    const token = await tenant.fetch(`${tenant.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: client.client_id,
        client_secret: client.client_secret,
        audience,
      }),
    });
    expect(await token.json()).toMatchObject({ scope: 'read:tours' });
    const listed = await call('PATCH', `/client-grants/${grant.id}`, { allow_all_scopes: false });
    expect(listed.body).toMatchObject({ scope: [] });
  });
});

test('a connection is read with its ID whatever the request selects', async () => {
  const { id } = await created('/connections', { name: 'staff', strategy: 'okta' });
  const only = await call('GET', `/connections/${id}?fields=name`);
  expect(only.body).toEqual({ id, name: 'staff', is_domain_connection: false });
  const without = await call('GET', `/connections/${id}?fields=name,id&include_fields=false`);
  expect(without.body).toMatchObject({ id, strategy: 'okta' });
  expect(without.body).not.toHaveProperty('name');
});

test.each([
  { given: 'no active identifier', attributes: { email: { identifier: { active: false } } }, want: 400 },
  { given: 'an active identifier', attributes: { username: { identifier: { active: true } } }, want: 201 },
])('attributes of a connection with $given: $want', async ({ attributes, want }) => {
  const answer = await call('POST', '/connections', { name: 'staff', strategy: 'auth0', options: { attributes } });
  expect(answer.status).toBe(want);
});

describe('what the service creates together with a client', () => {
  const pem = '-----BEGIN PUBLIC KEY-----';

  test('is a credential for each one in the body, under the same id', async () => {
    const credential = { credential_type: 'public_key', name: 'key', pem };
    const client = await created('/clients', {
      name: 'App',
      client_authentication_methods: { private_key_jwt: { credentials: [credential] } },
    });
    const { body } = await call('GET', `/clients/${client.client_id}/credentials`);
    expect(body).toMatchObject([{ name: 'key', credential_type: 'public_key', alg: 'RS256' }]);
    expect(body).not.toMatchObject([{ pem }]);
    const methods = client.client_authentication_methods as { private_key_jwt: { credentials: { id: string }[] } };
    const id = methods.private_key_jwt.credentials[0]?.id;
    expect((await call('GET', `/clients/${client.client_id}/credentials/${id}`)).status).toBe(200);
  });

  test('is a grant for an express client', async () => {
    const client = await created('/clients', { name: 'App', app_type: 'express_configuration' });
    const other = await created('/clients', { name: 'Other' });
    const grants = async (id: unknown) => (await call('GET', `/client-grants?client_id=${id}`)).body;
    expect(await grants(client.client_id)).toMatchObject([{ audience: tenant.audience, is_system: true }]);
    expect(await grants(other.client_id)).toEqual([]);
  });
});

test('the connections in the body of a new organization are listed', async () => {
  const connection = await created('/connections', { name: 'staff', strategy: 'okta' });
  const organization = await created('/organizations', {
    name: 'crew',
    enabled_connections: [{ connection_id: connection.id ?? null }, { connection_id: 'con_none' }],
  });
  const { body } = await call('GET', `/organizations/${organization.id}/enabled_connections`);
  expect(body).toMatchObject([{ connection_id: connection.id, show_as_button: true, connection: { name: 'staff' } }]);
  expect(body).toHaveLength(1);
});

test('connections are listed by several strategies', async () => {
  for (const strategy of ['okta', 'samlp', 'auth0']) await created('/connections', { name: `a-${strategy}`, strategy });
  const names = async (query: string): Promise<readonly string[]> =>
    ((await call('GET', `/connections?${query}`)).body as readonly { name: string }[]).map(({ name }) => name);
  expect(await names('strategy=okta')).toEqual(['a-okta']);
  expect((await names('strategy=okta&strategy=samlp')).toSorted()).toEqual(['a-okta', 'a-samlp']);
});

test('null removes an entry of the metadata of a connection', async () => {
  const { id } = await created('/connections', { name: 'staff', strategy: 'okta', metadata: { a: '1', b: '2' } });
  const updated = await call('PATCH', `/connections/${id}`, { metadata: { a: null, b: '3' } });
  expect(updated.body).toMatchObject({ metadata: { b: '3' } });
  expect((updated.body as { metadata: object }).metadata).not.toHaveProperty('a');
});
