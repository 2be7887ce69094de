import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { createTenant } from '../tenant.js';
import { caller, key } from '../test-support/school.js';

const contract = await defaultContract();
const API = 'https://tours.travel0.example/';

async function tenantWith(state: Readonly<Record<string, readonly object[]>>) {
  const tenant = await createTenant(contract, { seed: 1, key: await key, state });
  return { tenant, call: await caller(tenant, contract) };
}

test('an organization has at most 350 roles, and the tenant can have more', async () => {
  const owner = 'org_0000000000000001';
  const roles = Array.from({ length: 350 }, (_, n) => ({ name: `Guide ${n}`, type: 'organization', owner_id: owner }));
  const { call } = await tenantWith({ organizations: [{ id: owner, name: 'crew' }], roles });
  expect(await call('POST', '/roles', { name: 'One more', type: 'organization', owner_id: owner })).toMatchObject({
    status: 403,
    body: { message: 'You reached the limit of entities of this type for this organization.' },
  });
  expect((await call('POST', '/roles', { name: 'One more' })).status).toBe(200);
});

test('the signing secret is generated, and shown for HS256 only', async () => {
  const { call } = await tenantWith({});
  const secretOf = async (body: object) =>
    ((await call('POST', '/resource-servers', body)).body as { signing_secret?: string }).signing_secret;
  expect(await secretOf({ identifier: 'a', signing_alg: 'HS256' })).toMatch(/^\w{32}$/);
  expect(await secretOf({ identifier: 'b', signing_alg: 'HS256', signing_secret: 'x'.repeat(20) })).toBe(
    'x'.repeat(20),
  );
  expect(await secretOf({ identifier: 'c' })).toBeUndefined();
});

test.each([
  { api: { enforce_policies: true, token_dialect: 'access_token_authz' }, want: ['read:tours'] },
  { api: { enforce_policies: true, token_dialect: 'access_token' }, want: undefined },
  { api: { enforce_policies: false, token_dialect: 'access_token_authz' }, want: undefined },
])('the permissions in a machine token of an API with $api are $want', async ({ api, want }) => {
  const { tenant } = await tenantWith({
    'resource-servers': [{ identifier: API, name: 'Tours', scopes: [{ value: 'read:tours' }], ...api }],
    clients: [{ client_id: 'one', client_secret: 'secret', name: 'One', grant_types: ['client_credentials'] }],
    'client-grants': [{ client_id: 'one', audience: API, scope: ['read:tours'] }],
  });
  const fields = { grant_type: 'client_credentials', client_id: 'one', client_secret: 'secret', audience: API };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  const { access_token: token } = (await (await tenant.fetch(`${tenant.url}/oauth/token`, init)).json()) as {
    access_token: string;
  };
  expect(decodeJwt(token)).toMatchObject({ scope: 'read:tours' });
  expect(decodeJwt(token).permissions).toEqual(want);
});
