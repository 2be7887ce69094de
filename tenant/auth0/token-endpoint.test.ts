import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contract, Json } from '../../contract/contract.js';
import type { Tenant } from '../tenant.js';
import { createTenant, defaultContract } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, key } from '../test-support/school.js';

const NOW = Date.UTC(2026, 10, 22);
const READER = { clientId: 'reader', clientSecret: 'shh', scopes: ['read:users', 'read:roles'] };

let contract: Contract;
let tenant: Tenant;
let call: Call;

beforeAll(async () => {
  contract = await defaultContract();
});

beforeEach(async () => {
  tenant = await createTenant(contract, { seed: 1, clock: () => NOW, key: await key, clients: [READER] });
  call = await caller(tenant, contract);
});

interface Answer {
  readonly status: number;
  readonly body: { readonly [name: string]: Json };
}

const credentials = (): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_id: 'reader',
  client_secret: 'shh',
  audience: tenant.audience,
});

async function ask(fields: Record<string, string>, form = false): Promise<Answer> {
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const body = form ? String(new URLSearchParams(fields)) : JSON.stringify(fields);
  const answer = await tenant.fetch(
    new Request(`${tenant.url}/oauth/token`, { method: 'POST', body, headers: { 'content-type': type } }),
  );
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

async function get(path: string): Promise<Record<string, unknown>> {
  return (await (await tenant.fetch(new Request(tenant.url + path))).json()) as Record<string, unknown>;
}

test.each([true, false])('a client gets a token with the scopes of its grant, form: %s', async (form) => {
  const { status, body } = await ask(credentials(), form);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      access_token: expect.any(String),
      scope: 'read:users read:roles',
      expires_in: 86_400,
      token_type: 'Bearer',
    },
  });
  const keys = createLocalJWKSet(
    (await get('/.well-known/jwks.json')) as unknown as Parameters<typeof createLocalJWKSet>[0],
  ); // what the path gives
  const { issuer } = await get('/.well-known/openid-configuration');
  const { payload } = await jwtVerify(String(body.access_token), keys, {
    issuer: String(issuer),
    audience: tenant.audience,
    currentDate: new Date(NOW),
  });
  expect(payload).toMatchObject({
    sub: 'reader@clients',
    azp: 'reader',
    gty: 'client-credentials',
    scope: 'read:users read:roles',
  });
});

test('a scope parameter has no effect; the grant decides the scopes', async () => {
  expect((await ask({ ...credentials(), scope: 'read:users' })).body.scope).toBe('read:users read:roles');
  const [grant] = (await call('GET', '/client-grants?client_id=reader')).body as { id: string }[];
  await call('PATCH', `/client-grants/${grant?.id}`, { scope: ['read:roles'] });
  const { body } = await ask(credentials());
  expect(body.scope).toBe('read:roles');
  const send = (path: string): Promise<{ readonly status: number }> =>
    call('GET', path, undefined, { authorization: `Bearer ${String(body.access_token)}` });
  expect([(await send('/roles')).status, (await send('/users')).status]).toEqual([200, 403]);
});

test.each([
  { name: 'a wrong secret', change: { client_secret: 'x' }, status: 401, error: 'access_denied' },
  { name: 'an empty secret', change: { client_secret: '' }, status: 401, error: 'access_denied' },
  { name: 'an unknown client', change: { client_id: 'nobody' }, status: 401, error: 'access_denied' },
  {
    name: 'an unknown audience',
    change: { audience: 'https://nobody.example/' },
    status: 403,
    error: 'access_denied',
  },
  {
    name: 'an audience without its trailing slash',
    change: { audience: 'https://tenant.example/api/v2' },
    status: 403,
    error: 'access_denied',
  },
  {
    name: 'an unsupported grant type',
    change: { grant_type: 'password' },
    status: 403,
    error: 'unsupported_grant_type',
  },
])('$name is refused with $status $error', async ({ change, status, error }) => {
  expect(await ask({ ...credentials(), ...change })).toEqual({
    status,
    body: { error, error_description: expect.any(String) },
  });
});

test.each(['null', '[]', '"x"'])('the body %s is refused', async (body) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await tenant.fetch(`${tenant.url}/oauth/token`, { method: 'POST', body, headers });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: expect.stringContaining('Expected type object') },
  ]);
});

test.each([
  { change: { client_secret: 'x' }, want: 'hook: wrong client secret' },
  { change: { client_id: 'nobody' }, want: 'hook: unknown client "nobody"' },
  { change: { audience: 'https://nobody.example/' }, want: 'hook: unknown audience "https://nobody.example/"' },
  { change: { grant_type: 'password' }, want: 'hook: unsupported grant type "password"' },
])('the log says "$want"', async ({ change, want }) => {
  const reasons: unknown[] = [];
  const onRequest = ({ reason }: { readonly reason: string | undefined }): void => void reasons.push(reason);
  tenant = await createTenant(contract, { clock: () => NOW, key: await key, clients: [READER], onRequest });
  await ask({ ...credentials(), ...change });
  expect(reasons).toEqual([want]);
});

test('brackets in a form are not nested', async () => {
  expect(await ask({ ...credentials(), client_secret: '['.repeat(65) }, true)).toMatchObject({
    status: 401,
    body: { error: 'access_denied' },
  });
});

test('a client needs the grant type', async () => {
  await call('PATCH', '/clients/reader', { grant_types: ['authorization_code'] });
  expect(await ask(credentials())).toEqual({
    status: 403,
    body: {
      error: 'unauthorized_client',
      error_description: "Grant type 'client_credentials' not allowed for the client.",
    },
  });
  await call('PATCH', '/clients/reader', { grant_types: ['client_credentials'] });
  expect((await ask(credentials())).status).toBe(200);
});

test('an incomplete request is refused without echoing the secret', async () => {
  const incomplete = { grant_type: 'client_credentials', client_id: 'reader', client_secret: 'a-secret' };
  const answer = await ask(incomplete);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: 'invalid_request', error_description: "'Missing required property: audience'." },
  });
  expect(JSON.stringify(answer)).not.toContain('a-secret');
});

test('a token for another API needs its own grant, has its lifetime, and is not accepted here', async () => {
  const audience = 'https://tours.example/';
  await call('POST', '/resource-servers', {
    identifier: audience,
    token_lifetime: 60,
    scopes: [{ value: 'read:tours' }],
  });
  expect(await ask({ ...credentials(), audience })).toMatchObject({
    status: 403,
    body: { error: 'access_denied', error_description: `Client is not authorized to access "${audience}".` },
  });
  await call('POST', '/client-grants', { client_id: 'reader', audience, scope: ['read:tours'] });
  const { body } = await ask({ ...credentials(), audience });
  expect(body).toMatchObject({ scope: 'read:tours', expires_in: 60 });
  const refused = await call('GET', '/roles', undefined, { authorization: `Bearer ${String(body.access_token)}` });
  expect(refused).toMatchObject({ status: 401, body: { message: `Bad audience: ${audience}` } });
});

test('deleting a client deletes its grant', async () => {
  await call('DELETE', '/clients/reader');
  expect((await call('GET', '/client-grants?client_id=reader')).body).toEqual([]);
  expect((await ask(credentials())).status).toBe(401);
});
