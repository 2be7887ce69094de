import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { StateText } from '../state/text/state-text.js';
import { createTenant, defaultContract, type Tenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

let contract: Contract;
let tenant: Tenant;
let call: Call;

beforeAll(async () => {
  contract = await defaultContract();
  tenant = await createTenant(contract, { seed: 1, key: await key });
  call = await caller(tenant, contract);
});

const database = 'Username-Password-Authentication';
const password = 'correct-horse-7';

describe('the connection decides what a user has to have', () => {
  test.each<{ given: JsonObject; id: RegExp; provider: string; name: string }>([
    {
      given: { connection: 'sms', phone_number: '+15550100001' },
      id: /^sms\|[0-9a-f]{24}$/,
      provider: 'sms',
      name: '+15550100001',
    },
    {
      given: { connection: 'email', email: 'a@a.example' },
      id: /^email\|[0-9a-f]{24}$/,
      provider: 'email',
      name: 'a@a.example',
    },
    {
      given: { connection: 'email', email: 'b@a.example', user_id: '7' },
      id: /^email\|7$/,
      provider: 'email',
      name: 'b@a.example',
    },
    {
      given: { connection: database, email: 'c@a.example', password },
      id: /^auth0\|[0-9a-f]{24}$/,
      provider: 'auth0',
      name: 'c@a.example',
    },
  ])('$given.connection: $given', async ({ given, id, provider, name }) => {
    const { status, body } = await call('POST', '/users', given);
    expect({ status, body }).toMatchObject({ status: 201, body: { user_id: expect.stringMatching(id), name } });
    const { identities } = body as { identities: readonly JsonObject[] };
    expect(identities).toMatchObject([{ connection: given.connection, provider, isSocial: false }]);
  });

  test.each<{ given: JsonObject; status: number; errorCode?: string; message: string }>([
    {
      given: { connection: 'sms' },
      status: 400,
      errorCode: 'invalid_body',
      message: "Payload validation error: 'Missing required property: phone_number'.",
    },
    {
      given: { connection: 'email' },
      status: 400,
      errorCode: 'invalid_body',
      message: "Payload validation error: 'Missing required property: email'.",
    },
    {
      given: { connection: 'email', email: 'd@a.example', password },
      status: 400,
      errorCode: 'invalid_body',
      message: "Payload validation error: 'Additional properties not allowed: password'.",
    },
    {
      given: { connection: database, password },
      status: 400,
      errorCode: 'invalid_body',
      message: "Payload validation error: 'Missing required property: email'.",
    },
    {
      given: { connection: 'nope', email: 'd@a.example', password },
      status: 400,
      errorCode: 'inexistent_connection',
      message: 'The connection does not exist.',
    },
    {
      given: { connection: 'nope' },
      status: 400,
      errorCode: 'inexistent_connection',
      message: 'The connection does not exist.',
    },
  ])('$given: $message', async ({ given, ...want }) => {
    const { status, body } = await call('POST', '/users', given);
    expect({ status, ...(body as JsonObject) }).toMatchObject(want);
  });

  test('the phone number identifies a user, as the email address does', async () => {
    const given = { connection: 'sms', phone_number: '+15550100009' };
    expect((await call('POST', '/users', given)).status).toBe(201);
    expect((await call('POST', '/users', given)).body).toMatchObject({ errorCode: 'auth0_idp_error' });
  });

  test('a connection of another kind is refused, and takes its users along when it goes', async () => {
    const made = await call('POST', '/connections', { name: 'google', strategy: 'google-oauth2' });
    const refused = await call('POST', '/users', { connection: 'google', email: 'e@a.example', password });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('does not support user creation') },
    });
    const custom = (await call('POST', '/connections', { name: 'staff', strategy: 'sms' })).body as { id: string };
    const user = await call('POST', '/users', { connection: 'staff', phone_number: '+15550100002' });
    const { user_id: id } = user.body as { user_id: string };
    expect(id).toMatch(/^sms\|/);
    for (const each of [custom.id, (made.body as { id: string }).id])
      expect((await call('DELETE', `/connections/${each}`)).status).toBe(202);
    expect((await call('GET', `/users/${encodeURIComponent(id)}`)).status).toBe(404);
  });
});

describe('what every tenant has from the start', () => {
  const names = async (of: Call): Promise<Json> =>
    ((await of('GET', '/connections')).body as readonly { name: string }[]).map(({ name }) => name);
  const fresh = async (state?: Json): Promise<{ readonly tenant: Tenant; readonly call: Call }> => {
    const made = await createTenant(contract, { key: await key, ...(state === undefined ? {} : { state }) });
    return { tenant: made, call: await caller(made, contract) };
  };

  test('is in no export, since every tenant has the same', async () => {
    const [one, other] = [await fresh(), await fresh()];
    expect(await names(one.call)).toEqual([database, 'email', 'sms']);
    expect((await one.call('GET', '/connections')).body).toEqual((await other.call('GET', '/connections')).body);
  });

  test('is replaced by what a state says of it', async () => {
    const connections = [{ id: 'con_1', name: database, strategy: 'auth0', options: { requires_username: true } }];
    const { call: read } = await fresh({ connections });
    expect(await names(read)).toEqual([database, 'email', 'sms']);
    expect((await read('GET', '/connections/con_1')).body).toMatchObject(connections[0] ?? {});
  });

  test('comes back with a reset', async () => {
    const { tenant: own, call: read } = await fresh();
    const [first] = (await read('GET', '/connections')).body as readonly { id: string }[];
    await read('DELETE', `/connections/${first?.id}`);
    expect(await names(read)).toEqual(['email', 'sms']);
    own.reset();
    expect(await names(await caller(own, contract))).toEqual([database, 'email', 'sms']);
  });

  test('a state may have users of connections that it leaves out, but not without what their kind requires', async () => {
    const user_id = 'google-oauth2|1';
    const { call: read } = await fresh({ users: [{ user_id, connection: 'google-oauth2', email: 'a@a.example' }] });
    expect((await read('GET', `/users/${encodeURIComponent(user_id)}`)).status).toBe(200);
    await expect(fresh({ users: [{ connection: database }] })).rejects.toThrow('Missing required property: email.');
    const { call: sms } = await fresh({ users: [{ connection: 'sms', phone_number: '+15550100003' }] });
    expect((await sms('GET', '/users')).body).toMatchObject([{ user_id: expect.stringMatching(/^sms\|/) }]);
  });
});

describe('users of a large state file', () => {
  const users = ['a', 'b', 'c'].map((name) => ({ connection: database, email: `${name}@a.example` }));
  const text = (state: JsonObject): StateText =>
    new StateText(Buffer.from(JSON.stringify(state)), async () => state, 0);
  const listed = async (state: JsonObject | StateText): Promise<{ readonly call: Call; readonly users: Json }> => {
    const made = await createTenant(contract, { seed: 1, key: await key, state });
    const read = await caller(made, contract);
    return { call: read, users: (await read('GET', '/users')).body };
  };

  test('stay text in a database that every tenant has, and go with it', async () => {
    const { call: read, users: all } = await listed(text({ users }));
    expect(all).toMatchObject(users.map(({ email }) => ({ email, user_id: expect.stringMatching(/^auth0\|/) })));
    const [first] = (await read('GET', '/connections')).body as readonly { id: string }[];
    await read('DELETE', `/connections/${first?.id}`);
    expect((await read('GET', '/users')).body).toEqual([]);
  });

  test.each<{ given: string; changed: JsonObject }>([
    { given: 'of another kind', changed: { connection: 'sms', phone_number: '+15550100004' } },
    {
      given: 'of a connection that the state leaves out',
      changed: { connection: 'google-oauth2', email: 'd@a.example' },
    },
  ])('one $given is read like any state', async ({ changed }) => {
    const state = { users: [...users, changed] };
    const prefix = (all: Json): readonly string[] =>
      (all as readonly { user_id: string }[]).map(({ user_id }) => user_id.split('|')[0] ?? '');
    expect(prefix((await listed(text(state))).users)).toEqual(prefix((await listed(state)).users));
  });

  test('one without what its kind requires is refused', async () => {
    await expect(listed(text({ users: [...users, { connection: database }] }))).rejects.toThrow(
      'Missing required property: email.',
    );
  });
});

describe('a grant for all third-party clients', () => {
  const audience = 'https://tours.example/';

  test('is instead of one for a client', async () => {
    await call('POST', '/resource-servers', { identifier: audience, name: 'Tours', scopes: [{ value: 'read:tours' }] });
    const group = { audience, default_for: 'third_party_clients', scope: ['read:tours'] };
    expect(await call('POST', '/client-grants', group)).toMatchObject({ status: 201, body: group });
    expect((await call('POST', '/client-grants', group)).status).toBe(409);
    expect((await call('POST', '/client-grants', { audience })).body).toMatchObject({
      message: "Payload validation error: 'Missing required property: client_id'.",
    });
    expect((await call('POST', '/client-grants', { ...group, client_id: 'x' })).status).toBe(400);
    expect((await call('GET', '/client-grants?default_for=third_party_clients')).body).toMatchObject([group]);
  });

  test.each([
    { is_first_party: false, want: { status: 200, scope: 'read:tours' } },
    { is_first_party: true, want: { status: 403, scope: undefined } },
  ])('a client with is_first_party $is_first_party: $want.status', async ({ is_first_party, want }) => {
    const client = { name: 'App', app_type: 'non_interactive', grant_types: ['client_credentials'], is_first_party };
    const { client_id, client_secret } = (await call('POST', '/clients', client)).body as Record<string, string>;
    const response = await tenant.fetch(`${tenant.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret, audience }),
    });
    const { scope } = (await response.json()) as { scope?: string };
    expect({ status: response.status, scope }).toEqual(want);
  });
});

test('groups are searched by parts of their name or of their id in the directory', async () => {
  const groups = [
    { name: 'Engineering', external_id: 'x1' },
    { name: 'Sales', external_id: 'engine-9' },
    { name: 'Support', external_id: 'x3' },
  ];
  const own = await createTenant(contract, { key: await key, state: { groups } });
  const read = await caller(own, contract);
  const { body } = await read('GET', '/groups?search=ENGINE');
  expect((body as readonly { name: string }[]).map(({ name }) => name)).toEqual(['Engineering', 'Sales']);
});
