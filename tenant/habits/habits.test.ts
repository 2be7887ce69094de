import { expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { getPointer } from '../../contract/pointer.js';
import { createTenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';
import { HABITS } from './habit.js';

const contract = await defaultContract();
let now = Date.UTC(2026, 10, 28);

async function service(habits: Readonly<Record<string, string>>): Promise<Call> {
  const tenant = await createTenant(contract, { seed: 1, key: await key, habits, clock: () => now });
  return caller(tenant, contract);
}

/** The value at a pointer into an answer, and the items of a list. */
const at = (body: Json, pointer: string): Json => getPointer(body, pointer) ?? null;
const text = (body: Json, pointer: string): string => String(at(body, pointer));
const items = (body: Json, pointer = ''): readonly Json[] => at(body, pointer) as readonly Json[];

/** An organization with members, in the real contract: its listings have every habit. */
async function organization(call: Call, members: number): Promise<{ readonly id: string; readonly users: string[] }> {
  const id = text((await call('POST', '/organizations', { name: 'crew' })).body, '/id');
  const users: string[] = [];
  for (let index = 0; index < members; index += 1) {
    const user = { connection: 'Username-Password-Authentication', email: `${index}@x.example`, password: 'Passw0rd!' };
    users.push(text((await call('POST', '/users', user)).body, '/user_id'));
  }
  await call('POST', `/organizations/${id}/members`, { members: users });
  return { id, users };
}

test('lag: eventually consistent listings catch up after a while, and nothing else lags', async () => {
  const call = await service({ lag: '2s' });
  const { id, users } = await organization(call, 2);
  const members = async () => items((await call('GET', `/organizations/${id}/members`)).body).length;
  expect(await members()).toBe(0);
  expect((await call('GET', `/users/${users[0]}`)).status).toBe(200);
  expect((await call('GET', `/users/${users[0]}/organizations`)).body).toHaveLength(1);
  now += 1999;
  expect(await members()).toBe(0);
  now += 1;
  expect(await members()).toBe(2);
  await call('DELETE', `/users/${users[0]}`);
  expect(await members()).toBe(2);
  now += 2000;
  expect(await members()).toBe(1);
});

test('total: 0 where it is disputed', async () => {
  const call = await service({ total: '0' });
  const { id, users } = await organization(call, 1);
  const { body } = await call('GET', `/users/${users[0]}/organizations?include_totals=true`);
  expect(body).toMatchObject({ total: 0, organizations: [{ id }] });
  expect((await call('GET', `/organizations/${id}/members?include_totals=true`)).body).toMatchObject({ total: 1 });
});

test('limit: the number of items where it is disputed', async () => {
  const call = await service({ limit: 'items' });
  const { id } = await organization(call, 1);
  const { body } = await call('GET', `/organizations/${id}/enabled_connections?include_totals=true`);
  expect(body).toMatchObject({ limit: 0, total: 0 });
  expect((await call('GET', `/organizations/${id}/members?include_totals=true`)).body).toMatchObject({ limit: 50 });
});

test('next: always on pages with items, or not with selected properties', async () => {
  const always = await service({ next: 'always' });
  const page = (await always('GET', '/client-grants?take=50')).body;
  expect(at(page, '/next')).toEqual(expect.any(String));
  expect((await always('GET', `/client-grants?take=50&from=${text(page, '/next')}`)).body).toEqual({
    client_grants: [],
  });
  const call = await service({ next: 'unless-fields' });
  const { id } = await organization(call, 1);
  expect((await call('GET', `/organizations/${id}/members?take=10`)).body).toHaveProperty('next');
  expect((await call('GET', `/organizations/${id}/members?take=10&fields=user_id`)).body).not.toHaveProperty('next');
  expect((await call('GET', `/organizations/${id}/members?take=1&fields=user_id`)).body).toHaveProperty('next');
});

test('page-cap: pages hold at most this many items', async () => {
  const call = await service({ 'page-cap': '2' });
  const { id } = await organization(call, 5);
  expect((await call('GET', `/organizations/${id}/members?per_page=50`)).body).toHaveLength(2);
  const page = (await call('GET', `/organizations/${id}/members?per_page=50&page=2&include_totals=true`)).body;
  expect(page).toMatchObject({ start: 4, limit: 2, total: 5 });
  expect(items(page, '/members')).toHaveLength(1);
  expect(items((await call('GET', `/organizations/${id}/members?take=50`)).body, '/members')).toHaveLength(2);
  // How far pages reach goes by what is requested.
  expect((await call('GET', `/organizations/${id}/members?per_page=100&page=10`)).status).toBe(400);
});

test('missing-text: empty when read, null when created', async () => {
  const shown = async (value: string) => {
    const call = await service({ 'missing-text': value });
    const created = (await call('POST', '/roles', { name: 'guide' })).body;
    const read = (await call('GET', `/roles/${text(created, '/id')}`)).body;
    const [listed = null] = items((await call('GET', '/roles')).body);
    return [created, read, listed].map((role) => getPointer(role, '/description'));
  };
  expect(await shown('empty')).toEqual([undefined, '', '']);
  // The contract says what reads show.
  expect(await shown('null')).toEqual([null, '', '']);
});

test.each(HABITS.map((habit) => [habit.name, habit] as const))('%s changes some operation', (_, habit) => {
  expect(contract.operations.some((operation) => habit.applies(contract, operation))).toBe(true);
});

test.each([
  [{ lag: '2' }, undefined],
  [{ lag: '-1s' }, 'habit "lag" does not take "-1s"; expected at most 3600 seconds, such as 2s'],
  [{ late: '1' }, 'unknown habit "late"; expected one of lag, total, limit, next, page-cap, missing-text'],
])('habits %j', async (habits, message) => {
  const created = createTenant(contract, { key: await key, habits: { ...habits } as Record<string, string> });
  if (message === undefined) await expect(created).resolves.toBeDefined();
  else await expect(created).rejects.toThrow(message);
});
