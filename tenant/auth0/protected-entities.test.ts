import { beforeEach, expect, test } from 'vitest';
import type { Tenant } from '../tenant.js';
import { createTenant, defaultContract } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

const contract = await defaultContract();

let tenant: Tenant;
let call: Call;

beforeEach(async () => {
  tenant = await createTenant(contract, { key: await key });
  call = await caller(tenant, contract);
});

const ownApi = (): string => `/resource-servers/${encodeURIComponent(tenant.audience)}`;

test("the tenant's own API and client cannot be deleted", async () => {
  const message = "The tenant's own API cannot be changed or deleted.";
  expect(await call('DELETE', ownApi())).toMatchObject({ status: 400, body: { message } });
  expect(await call('PATCH', ownApi(), { scopes: [] })).toMatchObject({ status: 400, body: { message } });
  expect(await call('DELETE', `/clients/${tenant.clientId}`)).toMatchObject({
    status: 400,
    body: { message: 'Global client cannot be deleted.' },
  });
  expect((await call('GET', ownApi())).status).toBe(200);
});

test('they cannot be deleted after listening either; other APIs can', async () => {
  const server = await tenant.listen();
  try {
    call = await caller(tenant, contract);
    expect((await call('DELETE', ownApi())).status).toBe(400);
    await call('POST', '/resource-servers', { identifier: 'https://tours.example/' });
    expect((await call('DELETE', `/resource-servers/${encodeURIComponent('https://tours.example/')}`)).status).toBe(
      204,
    );
  } finally {
    await server.close();
  }
});

test('a repeated client is refused', async () => {
  const clients = [
    { clientId: 'reader', clientSecret: 'a' },
    { clientId: 'reader', clientSecret: 'b' },
  ];
  await expect(createTenant(contract, { key: await key, clients })).rejects.toThrow('client "reader" is listed twice');
});

test.each([
  {
    given: 'an empty secret',
    client: { clientId: 'reader', clientSecret: '' },
    want: 'client "reader" has an empty secret',
  },
  { given: 'an empty id', client: { clientId: '', clientSecret: 's' }, want: 'client "" has an empty id' },
])('a client with $given is refused', async ({ client, want }) => {
  await expect(createTenant(contract, { key: await key, clients: [client] })).rejects.toThrow(want);
});

test('an empty client secret in a state is refused', async () => {
  const state = { clients: [{ client_id: 'reader', client_secret: '', name: 'Reader' }] };
  await expect(createTenant(contract, { key: await key, state })).rejects.toThrow(
    /^#\/clients\/0\/client_secret: Expected a non-empty string\.$/,
  );
});

test('a state may name the audience of a tenant with a base URL', async () => {
  const baseUrl = 'http://127.0.0.1:45998';
  const audience = `${baseUrl}/api/v2/`;
  const state = {
    clients: [{ client_id: 'reader', client_secret: 'shh', name: 'Reader' }],
    'client-grants': [{ client_id: 'reader', audience, scope: ['read:users'] }],
  };
  const there = await createTenant(contract, { key: await key, baseUrl, state });
  expect(there.audience).toBe(audience);
  const api = { 'resource-servers': [{ identifier: audience }] };
  await expect(createTenant(contract, { key: await key, baseUrl, state: api })).rejects.toThrow(
    'in a property that must be unique',
  );
});

test('an API with the audience of the address is refused when listening', async () => {
  const first = await tenant.listen();
  const port = Number(new URL(first.url).port);
  const state = { 'resource-servers': [{ identifier: `${first.url}/api/v2/` }] };
  await first.close();
  const other = await createTenant(contract, { key: await key, state });
  await expect(other.listen({ port })).rejects.toThrow(
    /^the state has an API "http:\/\/127\.0\.0\.1:\d+\/api\/v2\/", which is the audience of the tenant itself at this address/,
  );
  const again = await tenant.listen({ port });
  await again.close();
});
