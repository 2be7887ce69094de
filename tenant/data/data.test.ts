import { existsSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  rmdir,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { getPointer } from '../../contract/pointer.js';
import type { EmbeddedTenant } from '../embedded-tenant.js';
import { createTenant, type Tenant, type TenantOptions } from '../tenant.js';
import { library } from '../test-support/library.js';
import { type Call, caller, key, school } from '../test-support/school.js';

const ADA = { name: 'ada', email: 'ada@x.example' };
const BOB = { name: 'bob', email: 'bob@x.example' };

let folder: string;
let open: Tenant[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-data-'));
});

afterEach(async () => {
  for (const tenant of open) await tenant.close();
  open = [];
  await rm(folder, { recursive: true });
});

async function start(options: TenantOptions = {}): Promise<{ readonly tenant: Tenant; readonly call: Call }> {
  const tenant = await createTenant(school, { key: await key, data: { folder }, ...options });
  open.push(tenant);
  return { tenant, call: await caller(tenant, school) };
}

async function stop(tenant: Tenant): Promise<void> {
  open = open.filter((each) => each !== tenant);
  await tenant.close();
}

/** The path of the only file of a kind. */
async function fileOf(kind: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${kind}`));
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? '');
}

test('a later tenant goes on with the state, the credentials and the key', async () => {
  const first = await start({ key: undefined });
  await first.call('POST', '/students', ADA);
  await first.call('POST', '/students', BOB);
  const list = (await first.call('GET', '/students')).body;
  const id = (list as readonly { readonly id: string }[])[1]?.id;
  await first.call('DELETE', `/students/${id}`);
  const token = await first.tenant.token();
  await stop(first.tenant);
  const second = await start({ key: undefined });
  expect(second.tenant.clientId).toBe(first.tenant.clientId);
  expect(second.tenant.clientSecret).toBe(first.tenant.clientSecret);
  const request = { method: 'GET', path: '/school/students', query: '', headers: {}, body: '' };
  const answer = await second.tenant.handle({ ...request, headers: { authorization: `Bearer ${token}` } });
  expect(JSON.parse(answer.body)).toEqual((list as readonly unknown[]).slice(0, 1));
  await second.call('POST', '/students', BOB);
  expect((await second.call('GET', '/students?take=1')).body).toMatchObject({ students: [ADA] });
});

test('the files are for their owner only', async () => {
  await start();
  if (process.platform === 'win32') return;
  for (const file of ['tenant.json', await fileOf('base'), await fileOf('log')])
    expect((await stat(file.startsWith('/') ? file : join(folder, file))).mode & 0o777).toBe(0o600);
});

test('a torn last record is dropped, at whatever byte it ends', async () => {
  const { tenant, call } = await start();
  await call('POST', '/students', ADA);
  const whole = (await stat(await fileOf('log'))).size;
  await call('POST', '/students', BOB);
  await stop(tenant);
  const log = await fileOf('log');
  const { size } = await stat(log);
  for (const length of [size - 1, whole + 20, whole + 1]) {
    await truncate(log, length);
    const again = await start();
    expect((await again.call('GET', '/students')).body).toMatchObject([ADA]);
    await stop(again.tenant);
    expect((await stat(log)).size).toBe(whole);
  }
  await appendFile(log, `00000000 ["nothing"]\n`);
  const again = await start();
  expect((await again.call('GET', '/students')).body).toMatchObject([ADA]);
});

test('a damaged log or base is refused with its place', async () => {
  const { tenant, call } = await start();
  await call('POST', '/students', ADA);
  await call('POST', '/students', BOB);
  await stop(tenant);
  const log = await fileOf('log');
  const text = await readFile(log, 'utf8');
  await writeFile(log, text.replace('ada', 'eve'));
  await expect(start()).rejects.toThrow(`${log} is damaged at byte 0; cut it there`);
  await writeFile(log, text);
  const base = await fileOf('base');
  await truncate(base, (await stat(base)).size - 1);
  await expect(start()).rejects.toThrow(`${base} is damaged at byte`);
});

test.each([
  ['the base', () => fileOf('base')],
  ['who the tenant is', async () => join(folder, 'tenant.json')],
])('data without %s is refused, and left as it is', async (_, path) => {
  const { tenant, call } = await start();
  await call('POST', '/students', ADA);
  await stop(tenant);
  const file = await path();
  const text = await readFile(file);
  await rm(file);
  await expect(start()).rejects.toThrow(`${file} is missing; restore it from a copy`);
  await writeFile(file, text);
  expect((await (await start()).call('GET', '/students')).body).toMatchObject([ADA]);
});

test('a folder whose first start ended before its base is new', async () => {
  const { tenant } = await start();
  await stop(tenant);
  await rm(await fileOf('base'));
  await rm(await fileOf('log'));
  expect((await (await start()).call('GET', '/students')).body).toEqual([]);
});

test('a folder is for one tenant at a time', async () => {
  const { tenant } = await start();
  await expect(start()).rejects.toMatchObject({ code: 'TENANT_DATA_IN_USE' });
  await stop(tenant);
  await start();
});

test('data that does not fit is refused with a sentence', async () => {
  const { tenant } = await start();
  await stop(tenant);
  await expect(createTenant(library, { key: await key, data: { folder } })).rejects.toThrow(
    `the data in ${folder} is of "${school.title}", not of "${library.title}"`,
  );
  const file = join(folder, 'tenant.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, JSON.stringify({ ...JSON.parse(text), format: 99 }));
  await expect(start()).rejects.toThrow('has the form 99, expected 1: another version of rolecall wrote it');
  await writeFile(file, JSON.stringify({ ...JSON.parse(text), relations: ['friends'] }));
  await expect(start()).rejects.toThrow('has friends, which the contract no longer has');
  await writeFile(file, '{');
  await expect(start()).rejects.toThrow('is not JSON');
  for (const name of ['title', 'clientSecret', 'resources', 'key']) {
    await writeFile(file, JSON.stringify({ ...JSON.parse(text), [name]: undefined }));
    await expect(start()).rejects.toThrow(`${file} is not of a tenant; restore it from a copy`);
  }
  await writeFile(file, text);
  await start();
});

test('a reset brings the initial state back, also after a restart', async () => {
  const state = { students: [ADA] };
  const first = await start({ state });
  await first.call('POST', '/students', BOB);
  await stop(first.tenant);
  const second = await start({ state });
  expect((await second.call('GET', '/students')).body).toHaveLength(2);
  second.tenant.reset();
  expect((await second.call('GET', '/students')).body).toMatchObject([ADA]);
  await stop(second.tenant);
  expect((await (await start()).call('GET', '/students')).body).toMatchObject([ADA]);
});

test('a tenant that moves keeps what refers to its audience', async () => {
  const contract = await defaultContract();
  const service = async (options: TenantOptions = {}) => {
    const tenant = await createTenant(contract, { key: await key, data: { folder }, ...options });
    open.push(tenant);
    return { tenant, call: await caller(tenant, contract) };
  };
  const grants = async (call: Call) => (await call('GET', '/client-grants')).body;
  const first = await service();
  const { url, close } = await first.tenant.listen();
  const moved = await caller(first.tenant, contract);
  const { body: client } = await moved('POST', '/clients', { name: 'Reader' });
  const reader = { client_id: getPointer(client, '/client_id') ?? '', audience: first.tenant.audience, scope: [] };
  expect((await moved('POST', '/client-grants', reader)).status).toBe(201);
  await close();
  await stop(first.tenant);
  const second = await service();
  expect(second.tenant.url).toBe(url);
  expect(await grants(second.call)).toMatchObject([{ audience: `${url}/api/v2/` }, { audience: `${url}/api/v2/` }]);
  await stop(second.tenant);
  const audience = 'https://other.example/api/v2/';
  const third = await service({ baseUrl: 'https://other.example', clients: [{ clientId: 'more', clientSecret: 's' }] });
  expect(await grants(third.call)).toMatchObject([{ audience }, { audience }, { client_id: 'more', audience }]);
  await stop(third.tenant);
  const fourth = await service();
  expect(await grants(fourth.call)).toMatchObject([{ audience }, { audience }, { client_id: 'more', audience }]);
});

test('a tenant that stays where it was goes on with the same files', async () => {
  const contract = await defaultContract();
  for (const baseUrl of ['https://one.example', 'https://one.example', undefined]) {
    const tenant = await createTenant(contract, { key: await key, data: { folder }, baseUrl });
    await tenant.close();
    expect((await readdir(folder)).filter((name) => /^[0-9]/.test(name)).sort()).toEqual(['1.base', '1.log']);
  }
});

test('snapshots in files are there after a restart', async () => {
  const headers = { authorization: 'Bearer secret' };
  const control = async (tenant: Tenant, method: string, path: string, body?: unknown) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await tenant.handle({ method, path: `/_rolecall${path}`, query: '', headers, body: text });
    return { status: answer.status, body: answer.body === '' ? null : JSON.parse(answer.body) };
  };
  const first = await start({ control: { token: 'secret' } });
  await first.call('POST', '/students', ADA);
  expect((await control(first.tenant, 'POST', '/snapshots', { name: 'one', in: 'file' })).status).toBe(201);
  await first.call('POST', '/students', BOB);
  await stop(first.tenant);
  const second = await start({ control: { token: 'secret' } });
  expect((await control(second.tenant, 'GET', '/snapshots')).body).toMatchObject({
    snapshots: [{ name: 'one', in: 'file' }],
  });
  expect((await control(second.tenant, 'POST', '/snapshots/one/restore')).status).toBe(204);
  expect((await second.call('GET', '/students')).body).toMatchObject([ADA]);
  await stop(second.tenant);
  const third = await start({ control: { token: 'secret' } });
  expect((await third.call('GET', '/students')).body).toMatchObject([ADA]);
  await control(third.tenant, 'DELETE', '/snapshots/one');
  expect((await control(third.tenant, 'POST', '/snapshots/one/restore')).status).toBe(404);
  const memory = await createTenant(school, { key: await key, control: { token: 'secret' } });
  expect((await control(memory, 'POST', '/snapshots', { name: 'one', in: 'file' })).status).toBe(409);
});

test('with sync, changes are kept as well', async () => {
  const first = await start({ data: { folder, sync: true } });
  await first.call('POST', '/students', ADA);
  await stop(first.tenant);
  expect((await (await start()).call('GET', '/students')).body).toMatchObject([ADA]);
});

test('after a state that could not be written, the next write keeps all of it', async () => {
  const { tenant, call } = await start();
  await call('POST', '/students', ADA);
  const obstacle = join(folder, '2.base.tmp');
  await mkdir(obstacle);
  expect(() => tenant.reset()).toThrow(`cannot write to the data folder ${folder}: it is a folder; free space there`);
  expect((await call('POST', '/students', BOB)).status).toBe(503);
  await rmdir(obstacle);
  await call('POST', '/students', { name: 'cyd', email: 'cyd@x.example' });
  const students = (await call('GET', '/students')).body;
  await stop(tenant);
  expect((await (await start()).call('GET', '/students')).body).toEqual(students);
  expect((await readdir(folder)).filter((name) => /^[0-9]/.test(name)).sort()).toEqual(['2.base', '2.log']);
});

test('snapshots are listed with their times, and replaced and deleted by their names', async () => {
  const { tenant, call } = await start();
  const { data, state } = tenant as EmbeddedTenant;
  expect([await data?.snapshots(), await data?.snapshot('one')]).toEqual([[], undefined]);
  await call('POST', '/students', ADA);
  await data?.keepSnapshot('one', state.kept);
  await call('POST', '/students', BOB);
  await data?.keepSnapshot('two', state.kept);
  await writeFile(join(folder, 'snapshots', 'note.txt'), '');
  expect(await data?.snapshots()).toEqual([
    { name: 'one', takenAt: expect.any(Number) },
    { name: 'two', takenAt: expect.any(Number) },
  ]);
  const count = async (name: string) => (await data?.snapshot(name))?.store.table('student').entities.size;
  expect([await count('one'), await count('two'), await count('note')]).toEqual([1, 2, undefined]);
  await data?.keepSnapshot('one', state.kept);
  await data?.deleteSnapshot('two');
  await data?.deleteSnapshot('none');
  expect([await count('one'), await count('two')]).toEqual([2, undefined]);
});

test.each(['taken', 'taken/data'])('a folder at %s, which is a file, cannot be used', async (path) => {
  await writeFile(join(folder, 'taken'), '');
  const used = join(folder, path);
  await expect(start({ data: { folder: used } })).rejects.toMatchObject({
    code: 'TENANT_DATA_INVALID',
    message: expect.stringMatching(new RegExp(`^cannot use the data folder ${used}: .+; check --data$`)),
  });
});

/** A device on which every write fails as on a full disk. */
const FULL_DISK = '/dev/full';

describe.skipIf(!existsSync(FULL_DISK))('on a full disk', () => {
  test('a change is refused with what to do, and taken back; the tenant stays readable', async () => {
    const reasons: unknown[] = [];
    const { tenant, call } = await start({ onRequest: ({ reason }) => reasons.push(reason) });
    // The log after the reset.
    await symlink(FULL_DISK, join(folder, '2.log'));
    tenant.reset();
    const reason = `cannot write to the data folder ${folder}: no space is left on the device; free space there and send the request again`;
    expect(await call('POST', '/students', ADA)).toMatchObject({
      status: 503,
      body: { statusCode: 503, message: `The change was not kept: ${reason}.` },
    });
    expect(reasons).toEqual([reason]);
    expect(await call('GET', '/students')).toMatchObject({ status: 200, body: [] });
    // This log cannot be cut, so that a new base is written, for which there is space.
    expect((await call('POST', '/students', BOB)).status).toBe(201);
    expect((await call('POST', '/students', ADA)).status).toBe(201);
    await stop(tenant);
    expect((await (await start()).call('GET', '/students')).body).toMatchObject([BOB, ADA]);
  });
});
