import { beforeEach, expect, test } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import type { Tenant } from '../tenant.js';
import { createTenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

const state = {
  organizations: [{ id: 'org_0000000000000001', name: 'crew' }],
  clients: [
    { client_id: 'one', name: 'One', grant_types: ['client_credentials'] },
    { client_id: 'two', name: 'Two' },
    { client_id: 'three', name: 'Three' },
  ],
  connections: [{ id: 'con_0000000000000001', name: 'staff', strategy: 'auth0', enabled_clients: ['three', 'other'] }],
  'organization-clients': [{ organization: 'org_0000000000000001', client: 'three', use_for_member_access: true }],
};
const LINKS = '/organizations/org_0000000000000001/clients';
const ENABLED = '/connections/con_0000000000000001/clients';

let contract: Contract;
let tenant: Tenant;
let call: Call;

beforeEach(async () => {
  contract = await defaultContract();
  tenant = await createTenant(contract, { seed: 1, key: await key, state });
  call = await caller(tenant, contract);
});

test('a link carries properties of its own, and shows what it leads to', async () => {
  const added = await call('POST', LINKS, {
    clients: [{ client_id: 'one', use_for_member_access: true }, { client_id: 'two' }],
  });
  const client = { name: 'One', grant_types: ['client_credentials'], is_first_party: true };
  expect(added).toMatchObject({
    status: 201,
    body: [
      { client_id: 'one', use_for_member_access: true, client },
      { client_id: 'two', use_for_member_access: false, client: { name: 'Two' } },
    ],
  });
  expect((await call('GET', `${LINKS}/three`)).body).toMatchObject({ client_id: 'three', use_for_member_access: true });
  expect(await call('PATCH', `${LINKS}/one`, { use_for_member_access: false })).toMatchObject({
    status: 200,
    body: { client_id: 'one', use_for_member_access: false, client },
  });
  const listed = (await call('GET', `${LINKS}?take=50`)).body as { clients: { client_id: string }[] };
  expect(listed.clients.map(({ client_id: id }) => id)).toEqual(['three', 'one', 'two']);
});

test('adding a link again keeps what it carries; removing it takes a list of keys', async () => {
  await call('POST', LINKS, { clients: [{ client_id: 'three', use_for_member_access: false }] });
  expect((await call('GET', `${LINKS}/three`)).body).toMatchObject({ use_for_member_access: true });
  expect((await call('DELETE', LINKS, { clients: ['three'] })).status).toBe(204);
  expect(await call('GET', `${LINKS}/three`)).toMatchObject({ status: 404 });
  expect(await call('PATCH', `${LINKS}/two`, { use_for_member_access: true })).toMatchObject({ status: 404 });
});

test('an unknown client in a list of objects adds nothing', async () => {
  const refused = await call('POST', LINKS, { clients: [{ client_id: 'one' }, { client_id: 'none' }] });
  expect(refused).toMatchObject({ status: 404, body: { message: 'Client not found' } });
  expect((await call('GET', `${LINKS}/one`)).status).toBe(404);
});

test('a flag in each entry adds or removes its tuple', async () => {
  const change = (...clients: readonly [string, boolean][]) =>
    call(
      'PATCH',
      ENABLED,
      clients.map(([client_id, status]) => ({ client_id, status })),
    );
  expect((await change(['one', true], ['three', false])).status).toBe(204);
  expect((await call('GET', ENABLED)).body).toEqual({ clients: [{ client_id: 'one' }] });
  expect((await call('GET', '/clients/one/connections')).body).toMatchObject({ connections: [{ name: 'staff' }] });
  expect((await call('GET', '/clients/one/connections?strategy=samlp')).body).toEqual({ connections: [] });
  expect((await change(['two', true], ['none', true])).status).toBe(404);
  expect((await call('GET', ENABLED)).body).toEqual({ clients: [{ client_id: 'one' }] });
});

test('a list of keys in an item is the same set', async () => {
  const path = '/connections/con_0000000000000001';
  expect((await call('GET', ENABLED)).body).toEqual({ clients: [{ client_id: 'three' }] });
  expect((await call('GET', path)).body).toMatchObject({ enabled_clients: ['three', 'other'] });
  await call('PATCH', path, { enabled_clients: ['one', 'two'] });
  expect((await call('GET', ENABLED)).body).toEqual({ clients: [{ client_id: 'one' }, { client_id: 'two' }] });
  await call('DELETE', '/clients/one');
  expect((await call('GET', path)).body).toMatchObject({ enabled_clients: ['two'] });
});

test('properties that the schema requires are returned whatever fields selects', async () => {
  const { body } = await call('GET', '/connections/con_0000000000000001?fields=name');
  expect(body).toEqual({ id: 'con_0000000000000001', name: 'staff', is_domain_connection: false });
});

test('a rotated secret is new, and the old one stops working', async () => {
  const secretOf = async () => (await call('POST', '/clients/one/rotate-secret')).body as { client_secret: string };
  const [{ client_secret: old }, { client_secret: secret }] = [await secretOf(), await secretOf()];
  expect([typeof secret, secret === old]).toEqual(['string', false]);
  await call('POST', '/client-grants', { client_id: 'one', audience: tenant.audience, scope: ['read:roles'] });
  const token = async (client_secret: string) => {
    const fields = { grant_type: 'client_credentials', client_id: 'one', client_secret, audience: tenant.audience };
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
    return (await tenant.fetch(`${tenant.url}/oauth/token`, init)).status;
  };
  expect([await token(old), await token(secret)]).toEqual([401, 200]);
});
