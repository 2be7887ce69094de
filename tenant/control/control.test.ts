import { beforeEach, expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Tenant, TenantOptions } from '../tenant.js';
import type { Call, CallResult } from '../test-support/school.js';
import { caller, school, schoolTenant } from '../test-support/school.js';

const START = Date.UTC(2026, 10, 28, 12);
const ADA = { name: 'ada', email: 'ada@x.example' };

let now: number;
let tenant: Tenant;
let call: Call;

beforeEach(async () => {
  now = START;
  ({ tenant, call } = await schoolTenant({ clock: () => now, control: { token: 'secret' } }));
});

/** Calls the control API. */
async function control(
  method: string,
  target: string,
  sent?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer secret' },
): Promise<CallResult> {
  const [path = '', query = ''] = target.split('?');
  const body = sent === undefined ? '' : JSON.stringify(sent);
  const response = await tenant.handle({ method, path: `/_rolecall${path}`, query, headers, body });
  return { ...response, body: response.body === '' ? null : JSON.parse(response.body) };
}

function at(value: Json, key: string): Json {
  return isObject(value) ? (value[key] ?? null) : null;
}

test('what its contract does not have, does not exist', async () => {
  for (const [method, path, status] of [
    ['GET', '/nothing', 404],
    ['PUT', '/clock', 405],
  ] as const) {
    const answer = await control(method, path);
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers)).not.toContain('x-rolecall-outside-contract');
    expect(JSON.stringify(answer.body)).not.toContain('outside the contract');
  }
});

test('it needs its token', async () => {
  expect(await control('GET', '/clock', undefined, {})).toMatchObject({
    status: 401,
    body: { errorCode: 'control_token_missing' },
  });
  expect(await control('GET', '/clock', undefined, { authorization: 'Bearer secreT' })).toMatchObject({
    status: 401,
    body: { errorCode: 'control_token_wrong' },
  });
  const token = await tenant.token();
  expect((await control('GET', '/clock', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  expect((await control('GET', '/clock')).status).toBe(200);
  expect((await control('GET', '/health', undefined, {})).body).toEqual({ status: 'ready' });
});

test.each([
  [{ host: 'localhost:4000' }, 200],
  [{ host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', 'sec-fetch-site': 'same-origin' }, 200],
  [{ host: '[::1]:4000' }, 200],
  [{ host: 'localhost:4000', 'sec-fetch-site': 'none' }, 200],
  [{ host: 'evil.example:4000' }, 403],
  [{ host: 'localhost.evil.example' }, 403],
  [{ host: 'localhost:4000', origin: 'https://evil.example' }, 403],
  [{ host: 'localhost:4000', origin: 'null' }, 403],
  [{ host: 'localhost:4000', origin: 'http://localhost:3000' }, 403],
  [{ host: 'localhost:4000', 'sec-fetch-site': 'cross-site' }, 403],
  [{ host: 'localhost:4000', 'sec-fetch-site': 'same-site' }, 403],
])('a request with %j gets %i', async (headers, status) => {
  const authorization = 'Bearer secret';
  expect((await control('GET', '/clock', undefined, { ...headers, authorization })).status).toBe(status);
});

test('other machines need a host name that is allowed', async () => {
  const status = async (options: TenantOptions['control'], host: string) => {
    const other = await schoolTenant({ control: options });
    const headers = { host, authorization: 'Bearer secret' };
    const request = { method: 'GET', path: '/_rolecall/clock', query: '', headers, body: '', isRemote: true };
    return (await other.tenant.handle(request)).status;
  };
  expect(await status({ token: 'secret' }, 'localhost')).toBe(403);
  expect(await status({ token: 'secret', hosts: ['Tenant'] }, 'tenant:4000')).toBe(200);
  expect(await status({ token: 'secret', hosts: ['tenant'] }, '10.0.0.1:4000')).toBe(403);
});

test('it can be off, and open', async () => {
  const off = await schoolTenant({ control: false });
  const request = { method: 'GET', path: '/_rolecall/clock', query: '', headers: {}, body: '' };
  expect([off.tenant.control, (await off.tenant.handle(request)).status]).toEqual([undefined, 404]);
  const open = await schoolTenant({ control: { token: null } });
  expect((await open.tenant.handle(request)).status).toBe(200);
  const random = await schoolTenant();
  expect(random.tenant.control?.token).toMatch(/^[\w-]{32}$/);
});

test('a contract that may have its paths has no control API', async () => {
  const { buildContract } = await import('../../contract/read/read.js');
  const { createTenant } = await import('../tenant.js');
  const operation = { responses: { 200: { description: 'There' } } };
  const info = { title: 'Store', version: '1' };
  const contract = buildContract({ openapi: '3.1.0', info, paths: { '/{bucket}/{key}': { get: operation } } });
  const store = await createTenant(contract);
  expect(store.control).toBeUndefined();
  expect((await store.fetch(`${store.url}/_rolecall/health`)).headers.get('content-type')).toBeNull();
});

test('reset restores the initial state, and forgets requests, faults and time', async () => {
  await call('POST', '/students', ADA);
  await control('POST', '/faults', { status: 500 });
  await control('PATCH', '/clock', { advance: 60 });
  expect((await control('POST', '/reset')).status).toBe(204);
  expect((await call('GET', '/students')).body).toEqual([]);
  expect((await control('GET', '/faults')).body).toEqual({ faults: [] });
  expect((await control('GET', '/clock')).body).toEqual({ now: new Date(START).toISOString(), frozen: false });
  expect(at((await control('GET', '/requests')).body, 'requests')).toHaveLength(1);
});

test('a snapshot can be restored many times, and keeps ids and cursors', async () => {
  await call('POST', '/students', ADA);
  await call('POST', '/students', { name: 'bob', email: 'bob@x.example' });
  const before = (await call('GET', '/students?take=1')).body;
  expect((await control('POST', '/snapshots', { name: 'two' })).body).toEqual({
    name: 'two',
    in: 'memory',
    takenAt: new Date(START).toISOString(),
  });
  for (let round = 0; round < 2; round += 1) {
    for (const student of (await call('GET', '/students')).body as readonly Json[])
      await call('DELETE', `/students/${at(student, 'id')}`);
    expect((await call('GET', '/students')).body).toEqual([]);
    expect((await control('POST', '/snapshots/two/restore')).status).toBe(204);
    expect((await call('GET', '/students?take=1')).body).toEqual(before);
  }
  expect(await control('POST', '/snapshots/three/restore')).toMatchObject({
    status: 404,
    body: { errorCode: 'snapshot_unknown', message: 'No snapshot "three"; expected one of: two' },
  });
  expect((await control('POST', '/snapshots', { name: '../etc' })).status).toBe(400);
  expect((await control('DELETE', '/snapshots/two')).status).toBe(204);
  expect((await control('GET', '/snapshots')).body).toEqual({ snapshots: [] });
});

test('an exported state can be imported by another tenant', async () => {
  await call('POST', '/students', ADA);
  const state = (await control('GET', '/state')).body;
  const other = await schoolTenant({ state });
  expect((await (await caller(other.tenant, school))('GET', '/students')).body).toEqual(
    (await call('GET', '/students')).body,
  );
  await call('POST', '/students', { name: 'bob', email: 'bob@x.example' });
  expect((await control('PUT', '/state', state)).status).toBe(204);
  expect((await control('GET', '/state')).body).toEqual(state);
});

test('a state that does not fit changes nothing', async () => {
  await call('POST', '/students', ADA);
  const state = (await control('GET', '/state')).body;
  for (const method of ['PUT', 'PATCH']) {
    const refused = await control(method, '/state', {
      students: [{ name: 'new', email: 'new@x.example' }, { name: 1 }],
    });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'control_invalid_body' } });
    expect(at(refused.body, 'message')).toContain('#/students/1/name');
    expect((await control('GET', '/state')).body).toEqual(state);
  }
});

test('seeding adds to the state', async () => {
  await call('POST', '/students', ADA);
  await control('PATCH', '/state', { students: [{ name: 'bob', email: 'bob@x.example' }] });
  expect((await call('GET', '/students')).body).toMatchObject([{ name: 'ada' }, { name: 'bob' }]);
});

test('requests are listed and filtered', async () => {
  await call('POST', '/students', ADA);
  await call('GET', '/students/none');
  await call('GET', '/nothing');
  expect((await control('GET', '/requests')).body).toMatchObject({
    last: 3,
    requests: [
      { number: 1, method: 'POST', status: 201, operation: 'students.create', client: tenant.clientId },
      { number: 2, status: 404, operation: 'students.get', reason: 'unknown: unknown student "none"' },
      { number: 3, status: 501, path: '/school/nothing' },
    ],
  });
  const numbers = async (query: string): Promise<readonly Json[]> => {
    const { body } = await control('GET', `/requests?${query}`);
    return (at(body, 'requests') as readonly Json[]).map((request) => at(request, 'number'));
  };
  expect(await numbers('method=get')).toEqual([2, 3]);
  expect(await numbers('status=4XX')).toEqual([2]);
  expect(await numbers('status=201')).toEqual([1]);
  expect(await numbers('operation=students.get')).toEqual([2]);
  expect(await numbers('path=*/students*')).toEqual([1, 2]);
  expect(await numbers('path=/school/students')).toEqual([1]);
  expect(await numbers('after=1&client=nobody')).toEqual([]);
  expect((await control('GET', '/requests?status=9')).status).toBe(400);
  await control('DELETE', '/requests');
  expect(await numbers('')).toEqual([]);
});

test('the path of a request may be a pattern', async () => {
  for (const path of ['/a', '/a/b', '/a/b/c', '/ab']) await call('GET', path);
  const paths = async (pattern: string): Promise<string> => {
    const { body } = await control('GET', `/requests?path=${pattern}`);
    return (at(body, 'requests') as readonly Json[]).map((request) => String(at(request, 'path')).slice(7)).join(' ');
  };
  expect(await paths('/school/a')).toBe('/a');
  expect(await paths('/school/a*')).toBe('/a /a/b /a/b/c /ab');
  expect(await paths('/school/*b')).toBe('/a/b /ab');
  expect(await paths('/school/a/*/c')).toBe('/a/b/c');
  expect(await paths('/school/a/b*/b')).toBe('');
  expect(await paths('*/b*c')).toBe('/a/b/c');
  expect(await paths('*/c*b*')).toBe('');
  expect(await paths('*/a/*b*')).toBe('/a/b /a/b/c');
  expect(await paths('school*')).toBe('');
  expect(await paths('/school/ab*ab')).toBe('');
  expect(await paths('*')).toBe('/a /a/b /a/b/c /ab');
});

test('a request can be waited for', async () => {
  const waiting = control('GET', '/requests?operation=students.create&count=2&wait=30');
  await call('POST', '/students', ADA);
  await call('POST', '/students', ADA);
  expect(at((await waiting).body, 'requests')).toHaveLength(2);
  expect(at((await control('GET', '/requests?operation=students.get&wait=0.01')).body, 'requests')).toEqual([]);
});

test('the clock can be set, advanced, frozen and released', async () => {
  const clock = async (change: object): Promise<Json> => (await control('PATCH', '/clock', change)).body;
  expect(await clock({ now: '2030-01-01T00:00:00Z' })).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: false });
  now += 1000;
  expect(await clock({ advance: 59 })).toEqual({ now: '2030-01-01T00:01:00.000Z', frozen: false });
  await clock({ frozen: true });
  now += 1000;
  expect(await clock({ advance: 1 })).toEqual({ now: '2030-01-01T00:01:01.000Z', frozen: true });
  await clock({ frozen: false });
  now += 1000;
  expect((await control('GET', '/clock')).body).toEqual({ now: '2030-01-01T00:01:02.000Z', frozen: false });
  expect((await control('DELETE', '/clock')).status).toBe(204);
  expect((await control('GET', '/clock')).body).toEqual({ now: new Date(now).toISOString(), frozen: false });
});

test('tokens expire by the clock of the tenant', async () => {
  expect((await call('GET', '/students')).status).toBe(200);
  await control('PATCH', '/clock', { advance: 90_000 });
  expect((await call('GET', '/students')).status).toBe(401);
});

test('the next answers fail, and only those of the operation', async () => {
  const { body: fault } = await control('POST', '/faults', { operation: 'GET /students', times: 2, status: 503 });
  expect(fault).toEqual({ id: 'fault-1', operation: 'students.list', status: 503, left: 2, after: false });
  expect((await call('POST', '/students', ADA)).status).toBe(201);
  expect((await call('GET', '/students')).status).toBe(503);
  expect((await control('GET', '/faults')).body).toMatchObject({ faults: [{ left: 1 }] });
  expect((await call('GET', '/students')).status).toBe(503);
  expect((await call('GET', '/students')).status).toBe(200);
});

test.each<[object, string]>([
  [{ times: 2 }, 'expected "status", "reset" or "delay"'],
  [{ reset: false }, 'expected "status", "reset" or "delay"'],
  [{ status: 500, reset: true }, '"status" and "reset" exclude each other'],
  [{ delay: 1, after: true }, '"after" needs "status" or "reset"'],
  [{ status: 500, retryAfter: 1 }, '"retryAfter" needs the status 429'],
  [{ reset: true, retryAfter: 1 }, '"retryAfter" needs the status 429'],
])('a fault %j is refused: %s', async (fault, message) => {
  expect(await control('POST', '/faults', fault)).toMatchObject({
    status: 400,
    body: { message: `Invalid body: ${message}` },
  });
  expect((await control('GET', '/faults')).body).toEqual({ faults: [] });
});

test.each<[object]>([
  [{ reset: true }],
  [{ reset: true, after: true }],
  [{ delay: 1 }],
  [{ delay: 1, status: 429, retryAfter: 1 }],
  [{ status: 500, after: true, reset: false }],
])('a fault %j is taken, and can be deleted', async (fault) => {
  const { status, body } = await control('POST', '/faults', fault);
  expect([status, body]).toEqual([201, { after: false, ...fault, id: 'fault-1', left: 1 }]);
  expect((await control('DELETE', '/faults/fault-1')).status).toBe(204);
  expect((await control('GET', '/faults')).body).toEqual({ faults: [] });
});

test.each([
  ['students.get', 'students.get'],
  ['GET /students/{id}', 'students.get'],
  ['GET /school/students/{id}', 'students.get'],
])('a fault of "%s" is one of %s', async (operation, want) => {
  expect((await control('POST', '/faults', { operation, status: 500 })).body).toMatchObject({ operation: want });
});

test('a fault of an unknown operation is refused, and all faults can be deleted', async () => {
  expect(await control('POST', '/faults', { operation: 'PUT /students', status: 500 })).toMatchObject({
    status: 404,
    body: { message: 'The contract has no operation "PUT /students"; GET /_rolecall/tenant lists all' },
  });
  for (const status of [500, 502]) await control('POST', '/faults', { status });
  expect((await control('DELETE', '/faults')).status).toBe(204);
  expect((await call('GET', '/students')).status).toBe(200);
});

test.each([
  [500, 'An internal server error occurred'],
  [503, 'Service Unavailable'],
  [418, "I'm a Teapot"],
  [599, 'Error'],
])('a fault with the status %i has the message "%s"', async (status, message) => {
  await control('POST', '/faults', { status });
  expect(JSON.stringify((await call('GET', '/students')).body)).toContain(message);
});

test('a fault takes effect before or after the request', async () => {
  await control('POST', '/faults', { status: 500 });
  expect((await call('POST', '/students', ADA)).status).toBe(500);
  expect((await call('GET', '/students')).body).toEqual([]);
  await control('POST', '/faults', { status: 500, after: true });
  expect((await call('POST', '/students', ADA)).status).toBe(500);
  expect((await call('GET', '/students')).body).toMatchObject([ADA]);
});

test('a 429 on demand is that of the contract', async () => {
  await control('POST', '/faults', { status: 429, retryAfter: 3 });
  expect(await call('GET', '/students')).toMatchObject({
    status: 429,
    body: { code: 'rate' },
    headers: { 'x-left': '0', 'x-reset': String(START / 1000 + 3) },
  });
});

test('a reset makes fetch fail', async () => {
  await control('POST', '/faults', { reset: true });
  await expect(tenant.fetch(`${tenant.url}/school/students`)).rejects.toThrow('fetch failed');
  expect((await control('GET', '/requests')).body).toMatchObject({ requests: [{ status: 0, fault: 'fault-1' }] });
});

test('a delay answers all the same', async () => {
  await control('POST', '/faults', { delay: 0.02 });
  const before = performance.now();
  expect((await call('GET', '/students')).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(15);
});

test.each([
  [{ status: 500, reset: true }, 400],
  [{ times: 2 }, 400],
  [{ delay: 1, after: true }, 400],
  [{ status: 500, retryAfter: 1 }, 400],
  [{ status: 200 }, 400],
  [{ status: 500, operation: 'none' }, 404],
])('a fault %j is refused', async (fault, status) => {
  expect((await control('POST', '/faults', fault)).status).toBe(status);
  expect((await control('GET', '/faults')).body).toEqual({ faults: [] });
});

test('the plan can be chosen', async () => {
  expect((await control('GET', '/plan')).body).toEqual({ plan: null, plans: ['slow'] });
  expect((await control('PUT', '/plan', { plan: 'slow' })).body).toEqual({ plan: 'slow', plans: ['slow'] });
  expect((await call('GET', '/students')).status).toBe(200);
  expect(await control('PUT', '/plan', { plan: 'gold' })).toMatchObject({ status: 400 });
  expect((await control('GET', '/plan')).body).toMatchObject({ plan: 'slow' });
  expect((await control('PUT', '/plan', { plan: null })).body).toMatchObject({ plan: null });
});

test('the scopes that a client used, did not use and lacked', async () => {
  const [first = '', ...others] = school.operations.find(({ id }) => id === 'students.list')?.security[0]?.scopes ?? [];
  const surplus = school.scopes.find((scope) => ![first, ...others].includes(scope)) ?? '';
  const reader = await caller(tenant, school, [first, ...others, surplus]);
  await reader('GET', '/students');
  expect((await reader('POST', '/students', ADA)).status).toBe(403);
  const created = school.operations.find(({ id }) => id === 'students.create')?.security ?? [];
  expect((await control('GET', '/scopes')).body).toEqual({
    clients: [
      {
        client: tenant.clientId,
        requests: 2,
        used: [first, ...others].sort(),
        unused: [surplus],
        lacked: [{ operation: 'students.create', scopes: created.map(({ scopes }) => scopes) }],
      },
    ],
  });
});

test('the typed client controls a tenant', async () => {
  const { createControlClient } = await import('../tenant.js');
  const url = tenant.control?.url ?? '';
  const client = createControlClient({ baseUrl: url, token: 'secret', fetch: tenant.fetch });
  await call('POST', '/students', ADA);
  expect(await client.state.export()).toMatchObject({ ok: true, data: { students: [ADA] } });
  expect(await client.faults.create({ status: 500 })).toMatchObject({ ok: true, status: 201 });
  expect(await client.snapshots.restore('none')).toMatchObject({ ok: false, status: 404 });
  expect(await client.state.reset()).toMatchObject({ ok: true });
  expect((await call('GET', '/students')).body).toEqual([]);
});

test('habits are listed and chosen', async () => {
  const { body } = await control('PUT', '/habits', { lag: '2s', 'page-cap': '1' });
  expect((at(body, 'habits') as readonly Json[]).map((habit) => [at(habit, 'name'), at(habit, 'value')])).toEqual([
    ['lag', '2s'],
    ['total', null],
    ['limit', null],
    ['next', null],
    ['page-cap', '1'],
    ['missing-text', null],
  ]);
  expect(await control('PUT', '/habits', { lag: 'long' })).toMatchObject({
    status: 400,
    body: { message: 'Invalid body: habit "lag" does not take "long"; expected at most 3600 seconds, such as 2s' },
  });
  expect((await control('PUT', '/habits', { late: '2s' })).status).toBe(400);
  expect((await control('GET', '/habits')).body).toEqual(body);
});
