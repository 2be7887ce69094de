import { expect, test } from 'vitest';
import { createTenant } from '../tenant.js';
import { medalsContract } from '../test-support/medals.js';
import { caller, key } from '../test-support/school.js';

test('operations of an unknown contract work: add, remove, list, scope error, limit, unknown id', async () => {
  const contract = await medalsContract();
  const state = {
    users: [{ user_id: 'auth0|ada', connection: 'c', email: 'ada@x.example' }],
    medals: [{ name: 'Early' }, { name: 'Kind' }],
  };
  const tenant = await createTenant(contract, { seed: 1, key: await key, state });
  const call = await caller(tenant, contract);
  const path = '/users/auth0%7Cada/medals';
  const { id } = (await call('POST', '/medals', { name: 'Brave' })).body as { id: string };

  expect((await call('POST', '/medals', { name: 'Kind' })).status).toBe(409);
  expect((await call('POST', path, { medals: [id] })).status).toBe(204);
  expect((await call('GET', path)).body).toEqual([{ id, name: 'Brave' }]);
  expect(await call('POST', path, { medals: ['mdl_none'] })).toMatchObject({
    status: 404,
    body: { errorCode: 'inexistent_medal', message: 'There is no medal mdl_none.' },
  });
  expect(await call('GET', '/users/auth0%7Cnone/medals')).toMatchObject({
    status: 404,
    body: { errorCode: 'inexistent_user' },
  });

  const more = [];
  for (const name of ['Quick', 'Calm'])
    more.push(((await call('POST', '/medals', { name })).body as { id: string }).id);
  expect(await call('POST', path, { medals: more })).toMatchObject({
    status: 409,
    body: { message: 'Enough medals.' },
  });
  expect((await call('POST', path, { medals: more.slice(0, 1) })).status).toBe(204);
  expect((await call('DELETE', path, { medals: [id, more[1]] })).status).toBe(204);
  expect((await call('GET', path)).body).toEqual([{ id: more[0], name: 'Quick' }]);

  const narrow = await caller(tenant, contract, ['update:users']);
  expect(await narrow('POST', path, { medals: more })).toMatchObject({
    status: 403,
    body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: update:users,read:medals' },
  });
});
