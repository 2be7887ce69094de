import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listening, Tenant } from '../tenant.js';
// In a project of your own: from 'rolecall/tenant'.
import { createTenant, defaultContract } from '../tenant.js';

/** The code under test, with the URL and `fetch` as parameters. */
async function rolesOf(user: string, base: string, token: string, send: typeof fetch): Promise<string[]> {
  const path = `${base}/api/v2/users/${encodeURIComponent(user)}/roles`;
  const answer = await send(path, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name);
}

const state = {
  users: [{ user_id: 'auth0|ada', connection: 'Username-Password-Authentication', email: 'ada@travel0.example' }],
  roles: [{ name: 'Guide' }],
  'user-roles': [{ user: 'auth0|ada', role: 'Guide' }],
};

test('a tenant as a fetch function, without a socket', async () => {
  const tenant = await createTenant(await defaultContract(), { state });
  expect(await rolesOf('auth0|ada', tenant.url, await tenant.token(), tenant.fetch)).toEqual(['Guide']);
});

describe('a tenant as a server on a free port', () => {
  let tenant: Tenant;
  let server: Listening;

  beforeAll(async () => {
    tenant = await createTenant(await defaultContract(), { state });
    server = await tenant.listen();
  });
  afterAll(() => server.close());

  test('answers over HTTP', async () => {
    expect(await rolesOf('auth0|ada', server.url, await tenant.token(), fetch)).toEqual(['Guide']);
  });
});
