import { beforeAll, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import type { Tenant } from '../tenant.js';
import { createTenant, defaultContract } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

let contract: Contract;
let tenant: Tenant;
let call: Call;

beforeAll(async () => {
  contract = await defaultContract();
  tenant = await createTenant(contract, { seed: 1, key: await key, clock: () => Date.UTC(2026, 10, 22) });
  call = await caller(tenant, contract);
});

const connection = 'Username-Password-Authentication';

test('a new user has a nickname, a picture and an identity', async () => {
  const { body } = await call('POST', '/users', {
    connection,
    email: 'Ada@travel0.example',
    password: 'correct-horse-7',
  });
  const { user_id: id } = body as { user_id: string };
  expect(body).toEqual({
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: 'Ada@travel0.example',
    email_verified: false,
    name: 'Ada@travel0.example',
    nickname: 'Ada',
    picture: expect.stringMatching(
      /^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?s=480&r=pg&d=https%3A%2F%2Fcdn\.auth0\.com%2Favatars%2Fad\.png$/,
    ),
    identities: [{ connection, user_id: id.slice('auth0|'.length), provider: 'auth0', isSocial: false }],
    created_at: '2026-11-22T00:00:00.000Z',
    updated_at: '2026-11-22T00:00:00.000Z',
  });
  const given = { nickname: 'Addie', picture: 'https://x.example/a.png', name: 'Ada' };
  expect((await call('PATCH', `/users/${encodeURIComponent(id)}`, given)).body).toMatchObject(given);
});

test('a client secret is returned on creation, or with its scope', async () => {
  const { body } = await call('POST', '/clients', { name: 'Reader' });
  const { client_id: id, client_secret: secret } = body as Record<string, string>;
  expect(secret).toMatch(/^\w{64}$/);
  const plain = await caller(tenant, contract, ['read:clients']);
  expect(JSON.stringify((await plain('GET', `/clients/${id}`)).body)).not.toContain(secret);
  const keys = await caller(tenant, contract, ['read:client_keys']);
  expect((await keys('GET', `/clients/${id}`)).body).toMatchObject({ client_secret: secret });
});

test('a credential of a client is returned with an id and without its key', async () => {
  const credentials = [{ name: 'first', credential_type: 'public_key', pem: '-----BEGIN PUBLIC KEY-----' }];
  const { body } = await call('POST', '/clients', {
    name: 'Reader',
    client_authentication_methods: { private_key_jwt: { credentials } },
  });
  const { client_authentication_methods: methods } = body as Record<string, unknown>;
  expect(methods).toEqual({
    private_key_jwt: {
      credentials: [
        {
          id: expect.stringMatching(/^cred_\w{22}$/),
          name: 'first',
          credential_type: 'public_key',
          kid: expect.any(String),
          alg: 'RS256',
          created_at: expect.any(String),
          updated_at: expect.any(String),
        },
      ],
    },
  });
});

test('the identity of a user follows the id, unless a state sets identities', async () => {
  const google = { connection: 'google-oauth2', provider: 'google-oauth2', user_id: '123', isSocial: true };
  const linked = [google, { connection, provider: 'auth0', user_id: 'x', isSocial: false }];
  const filled = await createTenant(contract, {
    key: await key,
    state: {
      users: [
        { user_id: 'google-oauth2|123', connection: 'google-oauth2', email: 'ada@x.example' },
        { user_id: 'google-oauth2|456', email: 'grace@x.example', identities: linked },
      ],
    },
  });
  const look = await caller(filled, contract);
  expect((await look('GET', '/users/google-oauth2%7C123')).body).toMatchObject({ identities: [google] });
  expect((await look('GET', '/users/google-oauth2%7C456')).body).toMatchObject({ identities: linked });
});

test('a user from an answer is valid in a state', async () => {
  const { body } = await call('POST', '/users', { connection, email: 'again@x.example', password: 'correct-horse-7' });
  const again = await createTenant(contract, { key: await key, state: { users: [body] } });
  const { user_id: id } = body as { user_id: string };
  expect((await (await caller(again, contract))('GET', `/users/${encodeURIComponent(id)}`)).body).toEqual(body);
});

test('the connection of an update selects an identity and does not change it', async () => {
  const { body } = await call('POST', '/users', { connection, email: 'stay@x.example', password: 'correct-horse-7' });
  const { user_id: id } = body as { user_id: string };
  const changed = await call('PATCH', `/users/${encodeURIComponent(id)}`, { connection: 'other', blocked: true });
  expect(changed).toMatchObject({ status: 200, body: { blocked: true, identities: [{ connection }] } });
});
