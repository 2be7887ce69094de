import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { randomFrom } from '../random.js';
import type { Entity } from '../store/entity.js';
import type { Tenant } from '../tenant.js';
import { createTenant, defaultContract } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';
import type { Origin } from '../view/view-item.js';
import { createHooks, derivedHooks, impliedProperties, stateChecks, viewHooks } from './values.js';

let contract: Contract;
let tenant: Tenant;
let call: Call;

beforeAll(async () => {
  contract = await defaultContract();
  tenant = await createTenant(contract, { seed: 1, key: await key, clock: () => Date.UTC(2026, 10, 22) });
  call = await caller(tenant, contract);
});

const connection = 'Username-Password-Authentication';

test('a new user has a nickname, a picture and an identity', async () => {
  const { body } = await call('POST', '/users', {
    connection,
    email: 'Ada@travel0.example',
    password: 'correct-horse-7',
  });
  const { user_id: id } = body as { user_id: string };
  expect(body).toEqual({
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
    email: 'Ada@travel0.example',
    email_verified: false,
    name: 'Ada@travel0.example',
    nickname: 'Ada',
    picture: expect.stringMatching(
      /^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?s=480&r=pg&d=https%3A%2F%2Fcdn\.auth0\.com%2Favatars%2Fad\.png$/,
    ),
    identities: [{ connection, user_id: id.slice('auth0|'.length), provider: 'auth0', isSocial: false }],
    created_at: '2026-11-22T00:00:00.000Z',
    updated_at: '2026-11-22T00:00:00.000Z',
  });
  const given = { nickname: 'Addie', picture: 'https://x.example/a.png', name: 'Ada' };
  expect((await call('PATCH', `/users/${encodeURIComponent(id)}`, given)).body).toMatchObject(given);
});

test('a client secret is returned on creation, or with its scope', async () => {
  const { body } = await call('POST', '/clients', { name: 'Reader' });
  const { client_id: id, client_secret: secret } = body as Record<string, string>;
  expect(secret).toMatch(/^\w{64}$/);
  const plain = await caller(tenant, contract, ['read:clients']);
  expect(JSON.stringify((await plain('GET', `/clients/${id}`)).body)).not.toContain(secret);
  const keys = await caller(tenant, contract, ['read:client_keys']);
  expect((await keys('GET', `/clients/${id}`)).body).toMatchObject({ client_secret: secret });
});

test('a credential of a client is returned with an id and without its key', async () => {
  const credentials = [{ name: 'first', credential_type: 'public_key', pem: '-----BEGIN PUBLIC KEY-----' }];
  const { body } = await call('POST', '/clients', {
    name: 'Reader',
    client_authentication_methods: { private_key_jwt: { credentials } },
  });
  const { client_authentication_methods: methods } = body as Record<string, unknown>;
  expect(methods).toEqual({
    private_key_jwt: {
      credentials: [
        {
          id: expect.stringMatching(/^cred_\w{22}$/),
          name: 'first',
          credential_type: 'public_key',
          kid: expect.any(String),
          alg: 'RS256',
          created_at: expect.any(String),
          updated_at: expect.any(String),
        },
      ],
    },
  });
});

test('the identity of a user follows the id, unless a state sets identities', async () => {
  const google = { connection: 'google-oauth2', provider: 'google-oauth2', user_id: '123', isSocial: true };
  const linked = [google, { connection, provider: 'auth0', user_id: 'x', isSocial: false }];
  const filled = await createTenant(contract, {
    key: await key,
    state: {
      users: [
        { user_id: 'google-oauth2|123', connection: 'google-oauth2', email: 'ada@x.example' },
        { user_id: 'google-oauth2|456', email: 'grace@x.example', identities: linked },
      ],
    },
  });
  const look = await caller(filled, contract);
  expect((await look('GET', '/users/google-oauth2%7C123')).body).toMatchObject({ identities: [google] });
  expect((await look('GET', '/users/google-oauth2%7C456')).body).toMatchObject({ identities: linked });
});

test('a user from an answer is valid in a state', async () => {
  const { body } = await call('POST', '/users', { connection, email: 'again@x.example', password: 'correct-horse-7' });
  const again = await createTenant(contract, { key: await key, state: { users: [body] } });
  const { user_id: id } = body as { user_id: string };
  expect((await (await caller(again, contract))('GET', `/users/${encodeURIComponent(id)}`)).body).toEqual(body);
});

test('the connection of an update selects an identity and does not change it', async () => {
  const { body } = await call('POST', '/users', { connection, email: 'stay@x.example', password: 'correct-horse-7' });
  const { user_id: id } = body as { user_id: string };
  const changed = await call('PATCH', `/users/${encodeURIComponent(id)}`, { connection: 'other', blocked: true });
  expect(changed).toMatchObject({ status: 200, body: { blocked: true, identities: [{ connection }] } });
});

const NOW = '2026-11-22T00:00:00.000Z';
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

test('the picture of a user follows from the email address, until the user is updated', async () => {
  const picture = (address: string, letters: string): string =>
    `https://s.gravatar.com/avatar/${md5(address)}?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2F${letters}.png`;
  expect(derivedHooks['user-picture']?.({ email: ' ADA@x.example' })).toBe(picture('ada@x.example', '%20a'));
  const { body } = await call('POST', '/users', { connection, email: 'pic@x.example', password: 'correct-horse-7' });
  expect(body).toMatchObject({ picture: picture('pic@x.example', 'pi') });
  const path = `/users/${encodeURIComponent((body as { user_id: string }).user_id)}`;
  // Other schemas of users say nothing of where a picture comes from.
  const { body: role } = await call('POST', '/roles', { name: 'model' });
  await call('POST', `/roles/${(role as { id: string }).id}/users`, { users: [(body as { user_id: string }).user_id] });
  const { body: listed } = await call('GET', `/roles/${(role as { id: string }).id}/users`);
  expect(listed).toMatchObject([{ picture: picture('pic@x.example', 'pi') }]);
  const moved = await call('PATCH', path, { email: 'other@x.example' });
  expect(moved.body).toMatchObject({ email: 'other@x.example', picture: picture('pic@x.example', 'pi') });
  expect((await call('PATCH', path, { picture: 'https://x.example/mine.png' })).body).toMatchObject({
    picture: 'https://x.example/mine.png',
  });
  expect((await call('GET', path)).body).toMatchObject({ picture: 'https://x.example/mine.png' });
});

describe('a value set on creation', () => {
  const create = (hook: string, properties: JsonObject, given?: Json): Json | undefined =>
    createHooks[hook]?.({ given, properties, random: randomFrom(1), now: NOW });

  test.each<[hook: string, properties: JsonObject, given: Json | undefined, want: unknown]>([
    ['user-nickname', { email: 'ada@x.example' }, undefined, 'ada'],
    ['user-nickname', { email: 'ada@x.example' }, 'Addie', 'Addie'],
    ['user-nickname', {}, undefined, ''],
    ['client-secret', {}, undefined, expect.stringMatching(/^[A-Za-z0-9]{64}$/)],
    ['client-secret', {}, 'given', 'given'],
    ['connection-realms', { name: 'staff' }, undefined, ['staff']],
    ['connection-realms', {}, undefined, ['']],
    ['connection-realms', { name: 'staff' }, ['all'], ['all']],
    ['credential-algorithm', { credential_type: 'public_key' }, undefined, 'RS256'],
    ['credential-algorithm', { credential_type: 'public_key' }, 'PS256', 'PS256'],
    ['credential-algorithm', { credential_type: 'cert_subject_dn' }, undefined, undefined],
    ['credential-kid', { credential_type: 'public_key' }, undefined, expect.stringMatching(/^[A-Za-z0-9]{43}$/)],
    ['credential-kid', { credential_type: 'public_key' }, 'k', 'k'],
    ['credential-kid', {}, undefined, undefined],
    [
      'discovery-domain-host',
      { organization_id: 'org_1', domain: 'x.example' },
      undefined,
      '_ss-verification.org_1.x.example',
    ],
    ['discovery-domain-text', {}, undefined, expect.stringMatching(/^[0-9a-f]{32}$/)],
    ['invitation-expiry', {}, undefined, '2026-11-29T00:00:00.000Z'],
    ['client-authentication-methods', {}, undefined, undefined],
    ['client-authentication-methods', {}, 'text', undefined],
    [
      'client-authentication-methods',
      {},
      { tls: 'text', none: { credentials: 'x' }, jwt: { credentials: ['x', { pem: 'key', alg: 'PS256' }, {}] } },
      {
        tls: 'text',
        none: { credentials: 'x' },
        jwt: {
          credentials: [
            'x',
            {
              id: expect.stringMatching(/^cred_[A-Za-z0-9]{22}$/),
              alg: 'PS256',
              kid: createHash('sha256').update('key').digest('base64url'),
              created_at: NOW,
              updated_at: NOW,
            },
            expect.objectContaining({ alg: 'RS256', kid: createHash('sha256').update('').digest('base64url') }),
          ],
        },
      },
    ],
  ])('%s of %j, given %j', (hook, properties, given, want) => {
    expect(create(hook, properties, given)).toEqual(want);
  });
});

describe('a value computed for an answer', () => {
  const entity = (resource: string, properties: JsonObject): Entity => ({ order: 1, resource, properties });
  const view = (
    hook: string,
    properties: JsonObject,
    {
      origins = [],
      kept,
      scopes,
      organization = {},
    }: { origins?: readonly Origin[]; kept?: Json; scopes?: string[]; organization?: JsonObject } = {},
  ): Json | undefined => {
    const bound = new Map([['organization', entity('organization', organization)]]);
    const caller = scopes && { subject: 'x', client: 'x', scopes: new Set(scopes) };
    return viewHooks[hook]?.({ entity: entity('item', properties), bound, origins }, kept, caller);
  };
  const through = (...members: readonly Entity[]): Origin => ({
    kind: 'through',
    members: new Map(members.map((member) => [member.resource, member])),
  });
  const direct: Origin = { kind: 'direct' };

  test.each([
    ['auth0|1', 'auth0', '1', false],
    ['samlp|corp|ada', 'samlp', 'corp|ada', false],
    ...[
      'apple',
      'bitbucket',
      'facebook',
      'github',
      'google-oauth2',
      'linkedin',
      'oauth2',
      'twitter',
      'windowslive',
    ].map((provider): [string, string, string, boolean] => [`${provider}|7`, provider, '7', true]),
  ])('the identity of %s', (id, provider, user_id, isSocial) => {
    expect(view('user-identities', { user_id: id, connection: 'c' })).toEqual([
      { connection: 'c', user_id, provider, isSocial },
    ]);
    expect(view('user-identities', { user_id: id })).toMatchObject([{ connection: '' }]);
    expect(view('user-identities', {}, { kept: ['kept'] })).toEqual(['kept']);
  });

  test.each([
    ['read:client_keys', 's'],
    ['read:client_credentials', 's'],
    ['create:clients', 's'],
    ['update:client_keys', 's'],
    ['update:client_credentials', 's'],
    ['read:clients', undefined],
  ])('a client secret with %s: %s', (scope, want) => {
    expect(view('client-secret', {}, { kept: 's', scopes: ['other', scope] })).toBe(want);
    expect(view('client-secret', {}, { kept: 's' })).toBeUndefined();
  });

  test('where effective roles and permissions come from, sorted and each once', () => {
    const origins = [through(entity('role', {})), direct, through(entity('role', {}), entity('group', {}))];
    expect(view('effective-permission-sources', {}, { origins })).toEqual(['direct', 'roles']);
    expect(view('effective-role-sources', {}, { origins })).toEqual(['direct', 'groups']);
    expect(view('effective-role-sources', {}, { origins: [through(entity('group', {}))] })).toEqual(['groups']);
    expect(view('group-member-type', {})).toBe('user');
  });

  test('where permissions come from', () => {
    const role = entity('role', { id: 'rol_1', name: 'Guide' });
    expect(view('permission-sources', {}, { origins: [direct, through(entity('user', {}), role), through()] })).toEqual(
      [
        { source_id: '', source_name: '', source_type: 'DIRECT' },
        { source_id: 'rol_1', source_name: 'Guide', source_type: 'ROLE' },
        { source_id: '', source_name: '', source_type: 'DIRECT' },
      ],
    );
  });

  test('the link of an invitation', () => {
    expect(view('invitation-url', { ticket_id: 't&1' }, { organization: { id: 'org_1', name: 'crew' } })).toBe(
      'https://login.example/login?invitation=t%261&organization=org_1&organization_name=crew',
    );
    expect(view('invitation-url', {})).toBe('https://login.example/login?invitation=&organization=&organization_name=');
  });
});

test('a group has the name of the tenant, and an effective role without a description an empty one', async () => {
  const id = 'grp_0000000000000001';
  const state = {
    users: [{ user_id: 'auth0|ada', connection, email: 'ada@travel0.example' }],
    groups: [{ id, name: 'Crew' }],
  };
  const other = await createTenant(contract, { key: await key, state });
  const send = await caller(other, contract);
  expect((await send('GET', `/groups/${id}`)).body).toMatchObject({ name: 'Crew', tenant_name: 'rolecall' });
  const { id: role } = (await send('POST', '/roles', { name: 'Guide' })).body as { id: string };
  await send('POST', '/users/auth0%7Cada/roles', { roles: [role] });
  const { body } = await send('GET', '/users/auth0%7Cada/effective-roles');
  expect(body).toEqual({ roles: [{ id: role, name: 'Guide', description: '', sources: ['direct'] }] });
});

test('what a state sets implies the connection of a user, and secrets are not empty', () => {
  const implied = impliedProperties['user-identities'];
  expect([{}, [], ['x'], [{ provider: 'p' }]].map((given) => implied?.(given))).toEqual([{}, {}, {}, {}]);
  expect(implied?.([{ connection: 'c' }, { connection: 'd' }])).toEqual({ connection: 'c' });
  expect(stateChecks['client-secret']?.('')).toBe('Expected a non-empty string.');
  expect(stateChecks['client-secret']?.('x')).toBeUndefined();
});
