import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, test as base, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClient, unwrap } from '../../generated/client.js';
import { mswHandlers, type Tenant, tenantFixtures, useTenant } from './testing.js';

const STATE = { roles: [{ name: 'Guide' }] };

function clientOf(tenant: Tenant, fetch: typeof globalThis.fetch = tenant.fetch) {
  return createClient({ baseUrl: tenant.url, token: () => tenant.token(), fetch });
}

async function roleNames(tenant: Tenant): Promise<readonly (string | undefined)[]> {
  const data = unwrap(await clientOf(tenant).roles.list());
  return (Array.isArray(data) ? data : []).map(({ name }: { name?: string }) => name);
}

describe('useTenant', () => {
  const tenant = useTenant({ beforeAll, beforeEach, afterAll }, { state: STATE });

  // Both tests would fail if the other one's role were still there.
  test.each([1, 2])('each test has the initial state: %i', async () => {
    expect(await roleNames(tenant())).toEqual(['Guide']);
    unwrap(await clientOf(tenant()).roles.create({ name: 'Pilot' }));
  });

  test('before the hooks ran, there is none', () => {
    const none = useTenant({ beforeAll: () => undefined, beforeEach: () => undefined, afterAll: () => undefined });
    expect(() => none()).toThrow('the tenant starts in beforeAll');
  });
});

const workers = new Set<Tenant>();

// Vitest wants fixtures of a worker at the top.
const own = base.extend<{ tenant: Tenant; workerTenant: Tenant }>(tenantFixtures({ state: STATE, listen: {} }));

describe('tenantFixtures', () => {
  own.for([1, 2])('each test has the initial state: %i', async (_, { tenant, workerTenant }) => {
    expect(await roleNames(tenant)).toEqual(['Guide']);
    unwrap(await clientOf(tenant).roles.create({ name: 'Pilot' }));
    workers.add(workerTenant);
    expect(workers.size).toBe(1);
  });

  own('it listens', async ({ tenant }) => {
    expect((await fetch(`${tenant.url}/_rolecall/health`)).status).toBe(200);
  });
});

describe('mswHandlers', () => {
  const tenant = useTenant(
    { beforeAll, beforeEach, afterAll },
    { state: STATE, baseUrl: 'https://travel0.eu.auth0.com' },
  );
  let server: ReturnType<typeof setupServer>;
  beforeAll(() => {
    server = setupServer(...mswHandlers(http, tenant()));
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterAll(() => server.close());

  test('code that calls the real domain gets answers of the tenant', async () => {
    const { clientId, clientSecret, audience, url } = tenant();
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience };
    const answered = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
    const { access_token: token } = (await answered.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const created = await fetch(`${audience}users`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        connection: 'Username-Password-Authentication',
        user_id: 'ada',
        email: 'ada@travel0.example',
        password: 'correct-horse-7-battery',
      }),
    });
    expect(created.status).toBe(201);
    const removed = await fetch(`${audience}users/auth0%7Cada`, { method: 'DELETE', headers });
    expect([removed.status, await removed.text()]).toEqual([204, '']);
  });
});

test('a process has as many tenants as it has workers, each with its own state and tokens', async () => {
  const starts: (() => Promise<void>)[] = [];
  const tenants = [1, 2, 3].map(() =>
    useTenant({ beforeAll: (start) => starts.push(start), beforeEach: () => undefined, afterAll: () => undefined }),
  );
  await Promise.all(starts.map((start) => start()));
  const [one, two, three] = tenants.map((tenant) => tenant()) as [Tenant, Tenant, Tenant];
  await Promise.all([one, two].map((tenant) => clientOf(tenant).roles.create({ name: 'Guide' })));
  expect([await roleNames(one), await roleNames(two), await roleNames(three)]).toEqual([['Guide'], ['Guide'], []]);
  const foreign = await one.fetch(`${one.audience}roles`, {
    headers: { authorization: `Bearer ${await two.token()}` },
  });
  expect(foreign.status).toBe(401);
});
