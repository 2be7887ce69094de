import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../answer/answer.js';
import type { World } from '../effect/world.js';
import type { EmbeddedTenant } from '../embedded-tenant.js';
import type { Tenant } from '../tenant.js';
import type { Call } from '../test-support/school.js';
import { caller, school, schoolTenant } from '../test-support/school.js';
import type { Endpoint } from './endpoint.js';
import { answerIn, type KnownRead, KnownReads, keepAnswer } from './known-reads.js';

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

describe('a target', () => {
  const endpointOf = (effect: object | undefined, more: object = {}) =>
    ({ operation: { method: 'GET', effect }, ...more }) as unknown as Endpoint; // all that a target needs
  const read = endpointOf({ kind: 'read', on: 'resource' });
  const request = (path: string, query = '', method = 'GET') => ({ method, path, query, headers: {}, body: '' });

  test('is known by its path and query', () => {
    const reads = new KnownReads();
    reads.add(request('/a'), read, { id: '1' });
    reads.add(request('/a', 'b=c'), endpointOf({ kind: 'list', on: 'relation' }), {});
    expect(reads.find(request('/a'))).toMatchObject({ path: '/a', query: '', endpoint: read, parameters: { id: '1' } });
    expect(reads.find(request('/a', 'b=c'))).toMatchObject({ path: '/a', query: 'b=c' });
    for (const other of [request('/a', 'b'), request('/'), request('/a', '', 'HEAD')])
      expect(reads.find(other)).toBeUndefined();
  });

  test.each<[string, Endpoint, string?]>([
    ['an operation without an effect', endpointOf(undefined)],
    ['a hook', endpointOf({ kind: 'read', on: 'hook' })],
    ['a change', endpointOf({ kind: 'update', on: 'resource' })],
    ['an operation of another method', { ...read, operation: { ...read.operation, method: 'POST' } }],
    ['an operation with headers', { ...read, header: {} } as unknown as Endpoint],
    ['an operation with cookies', { ...read, cookie: {} } as unknown as Endpoint],
    ['an operation with a body', { ...read, body: {} } as unknown as Endpoint],
    ['an operation whose effect was derived', { ...read, derived: {} } as unknown as Endpoint],
    ['a request of another method', read, 'HEAD'],
  ])('of %s is not remembered', (_, endpoint, method = 'GET') => {
    const reads = new KnownReads();
    reads.add(request('/a', '', method), endpoint, {});
    expect([reads.find(request('/a')), reads.find(request('/a', '', method))]).toEqual([undefined, undefined]);
  });

  test('is remembered up to a length, and so are the targets altogether', () => {
    const reads = new KnownReads();
    const isKnown = (path: string, query = '') => reads.find(request(path, query)) !== undefined;
    reads.add(request('/'.repeat(300), 'x'.repeat(200)), read, {});
    reads.add(request('/'.repeat(300), 'x'.repeat(201)), read, {});
    expect([isKnown('/'.repeat(300), 'x'.repeat(200)), isKnown('/'.repeat(300), 'x'.repeat(201))]).toEqual([
      true,
      false,
    ]);
    for (let count = 1; count < 1000; count += 1) reads.add(request(`/${count}`), read, {});
    expect([isKnown('/1'), isKnown('/999'), isKnown('/'.repeat(300), 'x'.repeat(200))]).toEqual([true, true, true]);
    reads.add(request('/more'), read, {});
    expect([isKnown('/1'), isKnown('/999'), isKnown('/more')]).toEqual([false, false, true]);
  });

  const body = (length: number): Answer => ({ response: { status: 200, headers: {}, body: 'x'.repeat(length) } });
  const world = { store: { version: 3 }, habits: {}, lagging: undefined } as unknown as World;
  const by = { subject: 's', client: 'c', scopes: new Set<string>() };
  const known = (): KnownRead => {
    const reads = new KnownReads();
    reads.add(request('/a'), read, {});
    return reads.find(request('/a')) as KnownRead;
  };

  test('has its answer as long as nothing around it is different', () => {
    const target = known();
    expect(answerIn(target, world, by)).toBeUndefined();
    const answer = body(2);
    keepAnswer(target, world, { caller: by, answer });
    expect(answerIn(target, world, by)).toBe(answer);
    expect(answerIn(target, world, { ...by })).toBeUndefined();
    expect(answerIn(target, world, undefined)).toBeUndefined();
    expect(answerIn(target, { ...world, habits: {} }, by)).toBeUndefined();
    expect(answerIn(target, { ...world, store: { version: 3 } } as unknown as World, by)).toBeUndefined();
    Object.assign(world.store, { version: 4 });
    expect(answerIn(target, world, by)).toBeUndefined();
    Object.assign(world.store, { version: 3 });
    expect(answerIn(target, world, by)).toBe(answer);
  });

  test.each<[string, Answer, object, boolean]>([
    ['a long answer', body(16_384), {}, true],
    ['a longer answer', body(16_385), {}, false],
    ['a refusal', { ...body(2), refusal: {} } as unknown as Answer, {}, false],
    ['an answer of a listing that lags', body(2), { lagging: {} }, false],
  ])('keeps %s or not', (_, answer, more, isKept) => {
    const target = known();
    const around = { ...world, ...more } as World;
    keepAnswer(target, around, { caller: by, answer });
    expect(answerIn(target, around, by)).toBe(isKept ? answer : undefined);
  });
});
