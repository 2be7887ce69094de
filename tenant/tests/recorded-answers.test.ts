import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { createTenant, defaultContract } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

let call: Call;

beforeAll(async () => {
  const contract = await defaultContract();
  call = await caller(await createTenant(contract, { key: await key, clock: () => Date.UTC(2026, 10, 22) }), contract);
});

test('a role without a description has none when it is created, and an empty one when it is read', async () => {
  const { body } = await call('POST', '/roles', { name: 'Guide' });
  const { id } = body as { id: string };
  expect(body).toEqual({ id, name: 'Guide', type: 'tenant' });
  expect((await call('GET', `/roles/${id}`)).body).toEqual({ ...(body as JsonObject), description: '' });
  expect((await call('GET', '/roles')).body).toMatchObject([{ description: '' }]);
});

test('a connection shows when it was deleted', async () => {
  const { id } = (await call('POST', '/connections', { name: 'staff', strategy: 'auth0' })).body as { id: string };
  expect(await call('DELETE', `/connections/${id}`)).toMatchObject({
    status: 202,
    body: { deleted_at: '2026-11-22T00:00:00.000Z' },
  });
});

test('an organization blocks third-party clients unless it allows them', async () => {
  const create = async (body: JsonObject): Promise<unknown> => (await call('POST', '/organizations', body)).body;
  expect(await create({ name: 'crew' })).toMatchObject({ third_party_client_access: 'block' });
  const third_party_client_access = 'allow';
  expect(await create({ name: 'guests', third_party_client_access })).toMatchObject({ third_party_client_access });
});
