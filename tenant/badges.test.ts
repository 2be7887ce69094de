import { expect, test } from 'vitest';
import { createTenant } from './tenant.js';
import { badgesContract } from './test-support/badges.js';
import { caller } from './test-support/school.js';

test('operations of an unknown contract work: add, remove, list, scope error, limit, unknown id', async () => {
  const contract = await badgesContract();
  const state = {
    users: [{ user_id: 'auth0|ada', connection: 'c', email: 'ada@x.example' }],
    badges: [{ name: 'Early' }, { name: 'Kind' }],
  };
  const tenant = await createTenant(contract, { seed: 1, state });
  const call = await caller(tenant, contract);
  const path = '/users/auth0%7Cada/badges';
  const { id } = (await call('POST', '/badges', { name: 'Brave' })).body as { id: string };

  expect((await call('POST', '/badges', { name: 'Kind' })).status).toBe(409);
  expect((await call('POST', path, { badges: [id] })).status).toBe(204);
  expect((await call('GET', path)).body).toEqual([{ id, name: 'Brave' }]);
  expect(await call('POST', path, { badges: ['bdg_none'] })).toMatchObject({
    status: 404,
    body: { errorCode: 'inexistent_badge', message: 'There is no badge bdg_none.' },
  });
  expect(await call('GET', '/users/auth0%7Cnone/badges')).toMatchObject({
    status: 404,
    body: { errorCode: 'inexistent_user' },
  });

  const more = [];
  for (const name of ['Quick', 'Calm'])
    more.push(((await call('POST', '/badges', { name })).body as { id: string }).id);
  expect(await call('POST', path, { badges: more })).toMatchObject({
    status: 409,
    body: { message: 'Enough badges.' },
  });
  expect((await call('POST', path, { badges: more.slice(0, 1) })).status).toBe(204);
  expect((await call('DELETE', path, { badges: [id, more[1]] })).status).toBe(204);
  expect((await call('GET', path)).body).toEqual([{ id: more[0], name: 'Quick' }]);

  const narrow = await caller(tenant, contract, ['update:users']);
  expect(await narrow('POST', path, { badges: more })).toMatchObject({
    status: 403,
    body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: update:users,read:badges' },
  });
});
