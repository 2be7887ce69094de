import { beforeEach, expect, test } from 'vitest';
import type { EmbeddedTenant } from '../embedded-tenant.js';
import type { Tenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, school, schoolTenant } from '../test-support/school.js';

let tenant: Tenant;
let call: Call;
let now = 0;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  const state = { students: [{ id: 'ada', name: 'Ada', email: 'ada@x.example' }], courses: [{ id: 'm', code: 'M' }] };
  ({ tenant, call } = await schoolTenant({ clock: () => now, state }));
});

test.each<[change: string, () => unknown]>([
  ['nothing', () => undefined],
  ['an update', () => call('PATCH', '/students/ada', { name: 'Countess' })],
  ['a deletion', () => call('DELETE', '/students/ada')],
  ['a reset', () => tenant.reset()],
  ['a change and a reset', () => call('PATCH', '/students/ada', { name: 'x' }).then(() => tenant.reset())],
])('after %s a repeated GET has the answer of a new one', async (_, change) => {
  await call('GET', '/students/ada');
  await call('GET', '/students/ada');
  await change();
  // The same item under a path that is written otherwise, and thus was not sent before.
  const anew = await call('GET', '/students/ad%61');
  expect(await call('GET', '/students/ada')).toEqual(anew);
});

test('a repeated GET shows a change that was made between, and its absence after a reset', async () => {
  const name = async () => (await call('GET', '/students/ada')).body;
  await name();
  const before = await name();
  await call('PATCH', '/students/ada', { name: 'Countess' });
  expect(await name()).toMatchObject({ name: 'Countess' });
  tenant.reset();
  expect(await name()).toEqual(before);
});

test('a repeated GET needs a valid token and its scopes each time', async () => {
  const other = await caller(tenant, school, ['nothing']);
  await call('GET', '/students/ada');
  expect((await call('GET', '/students/ada')).status).toBe(200);
  expect((await other('GET', '/students/ada')).status).toBe(403);
  expect((await call('GET', '/students/ada', undefined, { authorization: '' })).status).toBe(401);
  now += 86_400_001;
  expect((await call('GET', '/students/ada')).status).toBe(401);
});

test('a repeated refusal is one no longer once the item is there', async () => {
  expect((await call('GET', '/students/grace')).status).toBe(404);
  expect((await call('GET', '/students/grace')).status).toBe(404);
  const created = await call('POST', '/students', { name: 'Grace', email: 'grace@x.example' });
  const { id } = created.body as { id: string };
  expect((await call('GET', `/students/${id}`)).status).toBe(200);
});

test('a repeated GET counts towards the rate limit, and no longer without a plan', async () => {
  const state = { students: [{ id: 'ada', email: 'ada@x.example' }] };
  const { tenant: limited, call: by } = await schoolTenant({ clock: () => now, plan: 'slow', state });
  const left = async () => (await by('GET', '/students/ada')).headers['x-left'];
  expect([await left(), await left()]).toEqual(['1', '0']);
  now += 5000;
  expect([await left(), await left()]).toEqual(['1', '0']);
  (limited as EmbeddedTenant).plan = undefined;
  expect(await left()).toBeUndefined();
});
