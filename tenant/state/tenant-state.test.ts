import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import type { EmbeddedTenant } from '../embedded-tenant.js';
import type { Change } from '../store/change.js';
import { createTenant, type TenantOptions } from '../tenant.js';
import { caller, key, school } from '../test-support/school.js';

const contract = await defaultContract();
const ADA = { name: 'ada', email: 'ada@x.example' };
const BOB = { name: 'bob', email: 'bob@x.example' };

/** A tenant with what its control API may do. */
async function pupils(options: TenantOptions = {}) {
  const tenant = (await createTenant(school, { seed: 1, key: await key, ...options })) as EmbeddedTenant;
  const call = await caller(tenant, school);
  const emails = async () => ((await call('GET', '/students')).body as { email: string }[]).map(({ email }) => email);
  return { tenant, call, emails, state: tenant.state };
}

async function service(options: TenantOptions = {}) {
  const tenant = (await createTenant(contract, { seed: 1, key: await key, ...options })) as EmbeddedTenant;
  return { tenant, call: await caller(tenant, contract), state: tenant.state };
}

const items = (state: JsonObject, list: string): readonly JsonObject[] => (state[list] ?? []) as readonly JsonObject[];

describe('an export', () => {
  test('has everything in the format of a state file, and makes the same state', async () => {
    const { call, state } = await pupils();
    for (const student of [ADA, BOB]) await call('POST', '/students', student);
    await call('POST', '/courses', { code: 'M', title: 'Maths', lessons: [{ number: 1, about: 'Sums' }] });
    const [ada, bob] = items(state.export(), 'students').map(({ id }) => String(id));
    await call('POST', '/courses/M/students', { students: [ada] });
    await call('POST', '/courses/M/lessons', { lessons: [{ course_code: 'M', number: 1 }] });
    const exported = state.export();
    const [course] = items(exported, 'courses');
    expect(exported).toEqual({
      students: [
        { id: ada, ...ADA, nick: 'ada', year: 1, made: expect.any(String), changed: expect.any(String) },
        { id: bob, ...BOB, nick: 'bob', year: 1, made: expect.any(String), changed: expect.any(String) },
      ],
      courses: [{ id: course?.id, code: 'M', title: 'Maths', lessons: [{ number: 1, about: 'Sums' }] }],
      enrolments: [{ course: course?.id, student: ada }],
      'course-lessons': [{ course: course?.id, lesson: { course_code: 'M', number: 1 } }],
    });
    const other = await pupils({ state: exported });
    expect(other.state.export()).toEqual(exported);
    expect((await other.call('GET', `/students/${ada}/lessons`)).body).toMatchObject([{ number: 1, course: 'Maths' }]);
  });

  test('of nothing is empty', async () => {
    expect((await pupils()).state.export()).toEqual({});
    expect((await service()).state.export()).toEqual({});
  });

  test('leaves out what every tenant has, unless it was changed', async () => {
    const { call, state } = await service({ clients: [{ clientId: 'more', clientSecret: 's' }] });
    const [connection] = (await call('GET', '/connections')).body as readonly { id: string }[];
    expect(state.export()).toEqual({});
    await call('PATCH', `/connections/${connection?.id}`, { display_name: 'People' });
    expect(items(state.export(), 'connections')).toMatchObject([{ id: connection?.id, display_name: 'People' }]);
  });

  test('has the clients and grants of others, and those for the own API without its audience', async () => {
    const { tenant, call, state } = await service();
    const { body: client } = await call('POST', '/clients', { name: 'Reader' });
    const { client_id } = client as { client_id: string };
    await call('POST', '/resource-servers', { identifier: 'https://tours.example/', name: 'Tours' });
    await call('POST', '/client-grants', { client_id, audience: tenant.audience, scope: ['read:users'] });
    await call('POST', '/client-grants', { client_id, audience: 'https://tours.example/', scope: [] });
    await call('POST', '/client-grants', { client_id: tenant.clientId, audience: 'https://tours.example/', scope: [] });
    const exported = state.export();
    expect(items(exported, 'clients')).toMatchObject([{ client_id, name: 'Reader' }]);
    expect(items(exported, 'resource-servers')).toMatchObject([{ identifier: 'https://tours.example/' }]);
    const [own, ...others] = items(exported, 'client-grants');
    expect(own).toMatchObject({ client_id, scope: ['read:users'] });
    expect(own).not.toHaveProperty('audience');
    expect(others).toMatchObject([
      { client_id, audience: 'https://tours.example/' },
      { client_id: tenant.clientId, audience: 'https://tours.example/' },
    ]);
  });
});

describe('an import', () => {
  test('replaces the state, and a reset brings the initial one back', async () => {
    const { tenant, call, emails, state } = await pupils({ state: { students: [ADA] } });
    await call('POST', '/students', BOB);
    state.import({ students: [{ email: 'eve@x.example' }] });
    expect(await emails()).toEqual(['eve@x.example']);
    await call('POST', '/students', BOB);
    tenant.reset();
    expect(await emails()).toEqual([ADA.email]);
  });

  test('that does not fit changes nothing', async () => {
    const { tenant, call, emails, state } = await pupils();
    await call('POST', '/students', ADA);
    expect(() => state.import({ students: [BOB, { email: 'x' }] })).toThrow('#/students/1/email');
    expect(await emails()).toEqual([ADA.email]);
    await call('POST', '/students', BOB);
    tenant.reset();
    expect(await emails()).toEqual([]);
  });

  test.each([true, false])('keeps the own API, so that tokens are valid: %s', async (fits) => {
    const { tenant, call, state } = await service();
    const change = () => state.import(fits ? { roles: [{ name: 'Guide' }] } : { roles: [{}] });
    if (fits) change();
    else expect(change).toThrow('Missing required property: name');
    expect((await call('GET', '/roles')).status).toBe(200);
    const { close } = await tenant.listen();
    await close();
    const moved = await caller(tenant, contract);
    expect((await moved('GET', '/resource-servers')).body).toMatchObject([{ identifier: tenant.audience }]);
  });
});

describe('an addition', () => {
  test('is taken back by a reset, and as a whole if something does not fit', async () => {
    const { tenant, call, emails, state } = await pupils({ state: { students: [ADA] } });
    await call('POST', '/students', BOB);
    state.add({ students: [{ email: 'eve@x.example' }] });
    expect(() => state.add({ students: [{ email: 'fay@x.example' }, { email: BOB.email }] })).toThrow('Duplicate');
    expect(await emails()).toEqual([ADA.email, BOB.email, 'eve@x.example']);
    tenant.reset();
    expect(await emails()).toEqual([ADA.email]);
    // After an import the way back is not known, and the initial state is built anew.
    state.import({});
    state.add({ students: [BOB] });
    expect(await emails()).toEqual([BOB.email]);
    tenant.reset();
    expect(await emails()).toEqual([ADA.email]);
  });
});

describe('more changes than are remembered one by one', () => {
  const many = Array.from({ length: 20_010 }, (_, index) => ({ id: `gr_${index}` }));

  test('are taken back by a reset', async () => {
    const { tenant, state, emails } = await pupils({ state: { students: [ADA] } });
    state.add({ grade: many });
    tenant.reset();
    expect([items(state.export(), 'grade').length, await emails()]).toEqual([0, [ADA.email]]);
    state.add({ students: [BOB] });
    tenant.reset();
    expect(await emails()).toEqual([ADA.email]);
  });

  test('are taken back if one does not fit', async () => {
    const { state } = await pupils();
    expect(() => state.add({ grade: [...many, 7] })).toThrow('#/grade/20010');
    expect(state.export()).toEqual({});
  });
});

test('after a reset, generated ids are the same as after the start', async () => {
  const { tenant, call, state } = await pupils({ state: { students: [ADA] } });
  const made = async () => ((await call('POST', '/students', BOB)).body as { id: string }).id;
  const first = await made();
  tenant.reset();
  expect(await made()).toBe(first);
  state.import({});
  tenant.reset();
  expect(await made()).toBe(first);
});

describe('followers', () => {
  test('get the changes of a request at once, and nothing of what was refused', async () => {
    const { call, state } = await pupils();
    const told: (readonly Change[] | 'replaced')[] = [];
    const end = state.follow({ changed: (changes) => told.push(changes), replaced: () => told.push('replaced') });
    await call('GET', '/students');
    expect(told).toEqual([]);
    await call('POST', '/students', ADA);
    await call('POST', '/students', ADA);
    expect(told).toMatchObject([[['put', 'student', expect.any(Number), ADA]]]);
    expect(() => state.add({ students: [BOB, {}] })).toThrow('email');
    await call('POST', '/courses', { code: 'M' });
    expect(told.slice(1)).toMatchObject([[['put', 'course', expect.any(Number), { code: 'M' }]]]);
    state.import({});
    state.reset();
    expect(told.slice(2)).toEqual(['replaced', 'replaced']);
    end();
    await call('POST', '/students', BOB);
    expect(told).toHaveLength(4);
  });

  test('come after the keeper: what it cannot keep is taken back, and they are not told', async () => {
    const { call, emails, tenant, state } = await pupils();
    await call('POST', '/students', ADA);
    let isFull = true;
    const told: string[] = [];
    state.keepWith({
      changed: () => {
        if (isFull) throw new Error('full');
        told.push('kept');
      },
      replaced: () => told.push('replaced'),
    });
    state.follow({ changed: () => told.push('followed'), replaced: () => undefined });
    await expect(call('POST', '/students', BOB)).rejects.toThrow('full');
    expect([await emails(), told]).toEqual([[ADA.email], []]);
    isFull = false;
    await call('POST', '/students', BOB);
    expect([await emails(), told]).toEqual([
      [ADA.email, BOB.email],
      ['kept', 'followed'],
    ]);
    tenant.reset();
    expect([await emails(), told[2]]).toEqual([[], 'replaced']);
  });
});

test('a copy stays as it is, and a tenant goes on with it', async () => {
  const { call, emails, state } = await pupils();
  await call('POST', '/students', ADA);
  const copy = state.copy();
  await call('POST', '/students', BOB);
  expect(await emails()).toEqual([ADA.email, BOB.email]);
  state.take(copy);
  expect(await emails()).toEqual([ADA.email]);
});

test('an item may be provisioned that no operation creates, and an unknown resource is a defect', async () => {
  const { call, state } = await pupils();
  const { id } = state.provision('grade', { label: 'A' });
  expect(state.export()).toEqual({ grade: [{ id, label: 'A' }] });
  expect(() => state.provision('teacher', {})).toThrow('unknown resource "teacher"');
  expect((await call('GET', '/students')).body as Json).toEqual([]);
});

test('a tenant cannot move to an address whose audience another API of its state has', async () => {
  const { tenant } = await service({ baseUrl: undefined, state: { 'resource-servers': [] } });
  const { url, close } = await tenant.listen();
  await close();
  const audience = `${url}/api/v2/`;
  const other = await service({ state: { 'resource-servers': [{ identifier: audience, name: 'Other' }] } });
  await expect(other.tenant.listen({ port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'TENANT_STATE_INVALID',
    message: `the state has an API "${audience}", which is the audience of the tenant itself at this address; remove that API`,
  });
  expect(other.tenant.url).toBe('https://tenant.example');
});
