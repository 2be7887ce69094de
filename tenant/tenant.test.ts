import { beforeEach, expect, test } from 'vitest';
import type { Tenant } from './tenant.js';
import type { Call } from './test-support/school.js';
import { caller, school, schoolTenant } from './test-support/school.js';

let tenant: Tenant;
let call: Call;
let now = 0;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  ({ tenant, call } = await schoolTenant({ clock: () => now }));
});

const student = async (name: string): Promise<string> =>
  idOf((await call('POST', '/students', { name, email: `${name}@x.example` })).body);
const course = async (code: string, lessons: readonly object[] = []): Promise<string> =>
  idOf((await call('POST', '/courses', { code, title: `On ${code}`, lessons })).body);
const idOf = (body: unknown): string => (body as { id: string }).id;

test('a created item has generated properties and lacks unreturned ones', async () => {
  const created = await call('POST', '/students', { name: 'Ada', email: 'ada@x.example', password: 'secret' });
  const when = '2026-11-22T00:00:00.000Z';
  const ada = {
    id: 'st_AMhbOFoD',
    name: 'Ada',
    nick: 'Ada',
    email: 'ada@x.example',
    year: 1,
    made: when,
    changed: when,
  };
  expect(created).toMatchObject({ status: 201, body: ada });
  expect((await call('GET', `/students/${ada.id}`)).body).toEqual(ada);
});

test('an update changes the properties sent; null removes one, and free-form objects merge one level deep', async () => {
  const id = await student('ada');
  await call('PATCH', `/students/${id}`, { notes: { a: 1, b: { c: 2 } } });
  now += 1000;
  const changed = await call('PATCH', `/students/${id}`, { id: 'st_other', notes: { a: null, b: { d: 3 } } });
  expect(changed.body).toMatchObject({
    id,
    name: 'ada',
    notes: { b: { d: 3 } },
    made: '2026-11-22T00:00:00.000Z',
    changed: '2026-11-22T00:00:01.000Z',
  });
});

test('checks run in the order token, scope, path, query, body, unknown, duplicate, full', async () => {
  const look = await caller(tenant, school, ['look']);
  const long = 'x'.repeat(21);
  expect((await call('GET', `/students/${long}`, undefined, { authorization: '' })).status).toBe(401);
  expect((await look('PATCH', `/students/${long}`, { name: 1 })).status).toBe(403);
  expect((await call('GET', `/students/${long}`)).body).toMatchObject({ code: 'path' });
  expect((await call('GET', '/students?size=11&page=-1')).body).toMatchObject({ code: 'query' });
  expect((await call('PATCH', '/students/none', { name: 1 })).body).toMatchObject({ code: 'body' });
  expect((await call('PATCH', '/students/none', { name: 'x' })).body).toEqual({
    code: 'student',
    text: 'No student none',
    status: 404,
  });
});

test('unique properties are enforced', async () => {
  await student('ada');
  const grace = await student('grace');
  expect(await call('POST', '/students', { name: 'x', email: 'ada@x.example' })).toMatchObject({
    status: 409,
    body: { text: 'Taken' },
  });
  expect((await call('PATCH', `/students/${grace}`, { email: 'ada@x.example' })).status).toBe(409);
  expect((await call('PATCH', `/students/${grace}`, { email: 'grace@x.example' })).status).toBe(200);
});

test('deleting an unknown item succeeds if the contract says so', async () => {
  expect((await call('DELETE', '/students/none')).status).toBe(204);
  expect((await call('DELETE', '/courses/none')).status).toBe(404);
  expect(await call('DELETE', `/courses/${await course('M')}`)).toMatchObject({ status: 200, body: {} });
});

test('adding is idempotent and atomic, and a quota counts only new tuples', async () => {
  const id = await course('M');
  const names: string[] = [];
  for (let index = 0; index < 26; index += 1) names.push(await student(`s${index}`));
  const add = async (...students: string[]): Promise<number> =>
    (await call('POST', `/courses/M/students`, { students })).status;
  expect(await add(names[0] ?? '', 'st_none')).toBe(404);
  expect((await call('GET', `/courses/${id}/students`)).body).toEqual([]);
  for (const name of names.slice(0, 24)) expect(await add(name)).toBe(200);
  expect(await add(names[24] ?? '', names[25] ?? '')).toBe(409);
  expect(await add(names[24] ?? '', names[0] ?? '')).toBe(200);
  expect(await add(names[25] ?? '')).toBe(409);
  expect((await call('DELETE', '/courses/M/students', { students: ['st_none', names[25]] })).status).toBe(204);
});

test('the number of students is limited', async () => {
  for (let index = 0; index < 30; index += 1) await student(`s${index}`);
  expect(await call('POST', '/students', { name: 'x', email: 'x@x.example' })).toMatchObject({
    status: 409,
    body: { text: 'The school is full' },
  });
});

test('a listing is an array, has totals, or pages by checkpoints', async () => {
  const names = [];
  for (let index = 0; index < 7; index += 1) names.push(await student(`s${index}`));
  const ids = (body: unknown): string[] => (body as { id: string }[]).map(({ id }) => id);
  expect(ids((await call('GET', '/students')).body)).toEqual(names.slice(0, 5));
  expect(ids((await call('GET', '/students?page=1')).body)).toEqual(names.slice(5));
  expect((await call('GET', '/students?page=1&size=3&totals=true')).body).toMatchObject({
    start: 3,
    limit: 3,
    total: 7,
  });
  const first = (await call('GET', '/students?take=5')).body as { students: unknown; next: string };
  expect(Object.keys(first)).toEqual(['students', 'next']);
  const second = (await call('GET', `/students?take=5&from=${first.next}&totals=true`)).body as { students: unknown };
  expect([...ids(first.students), ...ids(second.students)]).toEqual(names);
  expect(Object.keys(second)).toEqual(['students']);
  expect((await call('GET', '/students?take=5&from=nonsense')).body).toMatchObject({ code: 'query' });
  expect((await call('GET', '/students?page=4&size=5')).body).toEqual({
    code: 'far',
    text: 'Page 4 is past 20',
    status: 400,
  });
  expect(ids((await call('GET', '/students?name=S3')).body)).toEqual([names[3]]);
});

test('checkpoint paging until empty has a next on the last page too, and survives removals', async () => {
  await course('M');
  const [ada, grace, alan] = [await student('ada'), await student('grace'), await student('alan')];
  await call('POST', '/courses/M/students', { students: [ada, grace, alan] });
  const first = (await call('GET', '/courses/M/students?take=2')).body as { next: string };
  await call('DELETE', '/courses/M/students', { students: [grace] });
  const second = (await call('GET', `/courses/M/students?take=2&from=${first.next}`)).body as {
    students: unknown;
    next: string;
  };
  expect(second.students).toEqual([{ id: alan, name: 'alan' }]);
  expect((await call('GET', `/courses/M/students?take=2&from=${second.next}`)).body).toEqual({ students: [] });
});

test('fields include or exclude properties', async () => {
  await student('ada');
  expect((await call('GET', '/students?fields=name,year')).body).toEqual([{ name: 'ada', year: 1 }]);
  expect((await call('GET', '/students?fields=name,year,made,changed,id&include=false')).body).toEqual([
    { nick: 'ada', email: 'ada@x.example' },
  ]);
});

test('a nested set is returned when selected, and requires its scope', async () => {
  await course('M');
  const ada = await student('ada');
  const grade = idOf((await call('POST', '/grades', { label: 'A' })).body);
  expect((await call('POST', `/courses/M/students/${ada}/grades`, { grades: [grade] })).status).toBe(204);
  await call('POST', '/courses/M/students', { students: [ada] });
  expect((await call('GET', '/courses/M/students')).body).toEqual([{ id: ada, name: 'ada' }]);
  expect((await call('GET', '/courses/M/students?fields=id,grades')).body).toEqual([
    { id: ada, grades: [{ id: grade, label: 'A' }] },
  ]);
  const look = await caller(tenant, school, ['look']);
  expect(await look('GET', '/courses/M/students?fields=id,grades')).toMatchObject({
    status: 403,
    body: { text: 'Needs grade' },
  });
  await call('DELETE', '/courses/M/students', { students: [ada] });
  await call('POST', '/courses/M/students', { students: [ada] });
  expect((await call('GET', '/courses/M/students?fields=grades')).body).toEqual([{ grades: [] }]);
});

test('a listing includes the items of its chains', async () => {
  await course('M', [{ number: 1, about: 'Sums' }, { number: 2 }]);
  const ada = await student('ada');
  const lesson = { course_code: 'M', number: 1 };
  expect(
    (await call('POST', '/courses/M/lessons', { lessons: [lesson, { course_code: 'M', number: 9 }] })).body,
  ).toMatchObject({ text: 'No lesson 9 of M' });
  await call('POST', '/courses/M/lessons', { lessons: [lesson, { course_code: 'M', number: 2 }] });
  expect((await call('GET', `/students/${ada}/lessons`)).body).toEqual([]);
  await call('POST', '/courses/M/students', { students: [ada] });
  expect((await call('GET', `/students/${ada}/lessons`)).body).toEqual([
    { course_code: 'M', number: 1, course: 'On M', about: 'Sums' },
    { course_code: 'M', number: 2, course: 'On M', about: '' },
  ]);
});

test('malformed bodies are refused', async () => {
  const refused = { status: 400, body: { code: 'body' } };
  for (const body of ['', '{', 'null', '[]', '['.repeat(10_000), '{"name":1}'])
    expect(await call('POST', '/students', body), body.slice(0, 9)).toMatchObject(refused);
  expect(await call('POST', '/students', '{}', { 'content-type': 'text/plain' })).toMatchObject(refused);
  expect(await call('POST', '/students', '{"name":"a","email":"a@x.example","__proto__":{"year":9}}')).toMatchObject(
    refused,
  );
});

test('malformed and inexact numbers are refused', async () => {
  for (const page of ['9'.repeat(400), '9007199254740993'])
    expect(await call('GET', `/students?totals=true&page=${page}`), page).toMatchObject({
      status: 400,
      body: { code: 'query' },
    });
  expect(await call('POST', '/students', '{"email":"a@x.example","name":"a","notes":{},"year":1e999}')).toMatchObject({
    status: 400,
    body: { code: 'body' },
  });
});

test('unknown paths and methods, HEAD and OPTIONS', async () => {
  expect(await call('GET', '/nothing')).toMatchObject({ status: 501 });
  expect((await tenant.fetch(`${tenant.url}/other`)).status).toBe(404);
  expect(await call('PUT', '/students')).toMatchObject({ status: 405, headers: { allow: 'GET, POST, HEAD, OPTIONS' } });
  expect(await call('HEAD', '/students')).toMatchObject({ status: 200, body: null });
  expect(await call('OPTIONS', '/students')).toMatchObject({
    status: 204,
    headers: { allow: 'GET, POST, HEAD, OPTIONS' },
  });
});

test('a health check needs no token, is not limited and is not logged', async () => {
  const served: unknown[] = [];
  const limited = await schoolTenant({ plan: 'slow', onRequest: (each) => served.push(each) });
  for (let sent = 0; sent < 5; sent += 1) {
    const answer = await limited.tenant.fetch(`${limited.tenant.url}/_rolecall/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }]);
  }
  const head = await limited.tenant.fetch(`${limited.tenant.url}/_rolecall/health`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '18', '']);
  expect(served).toEqual([]);
  expect((await limited.call('GET', '/students')).status).toBe(200);
  expect((await limited.tenant.fetch(`${limited.tenant.url}/_rolecall/health`, { method: 'POST' })).status).toBe(405);
});

test('a plan limits requests, and answers that declare its headers have them', async () => {
  const limited = await schoolTenant({ plan: 'slow', clock: () => now });
  const id = idOf((await limited.call('POST', '/students', { name: 'ada', email: 'ada@x.example' })).body);
  const seconds = now / 1000;
  expect((await limited.call('GET', `/students/${id}`)).headers).toMatchObject({
    'x-limit': '2',
    'x-left': '0',
    'x-reset': `${seconds + 2}`,
  });
  expect(await limited.call('GET', `/students/${id}`)).toMatchObject({
    status: 429,
    body: { code: 'rate' },
    headers: { 'x-left': '0', 'x-reset': `${seconds + 2}` },
  });
  now += 1000;
  expect((await limited.call('GET', `/students/${id}`)).status).toBe(200);
  await expect(schoolTenant({ plan: 'gold' })).rejects.toThrow('unknown plan "gold"; expected one of slow');
});

test('the same seed, clock and key give the same bytes', async () => {
  const again = await schoolTenant({ clock: () => now });
  const run = async (each: Call): Promise<unknown[]> => {
    const answers = [];
    for (const name of ['a', 'b']) answers.push(await each('POST', '/students', { name, email: `${name}@x.example` }));
    answers.push(await each('GET', '/students?take=1'));
    return answers;
  };
  expect(await run(again.call)).toEqual(await run(call));
  expect(await again.tenant.token()).toBe(await tenant.token());
  again.tenant.reset();
  expect((await again.call('GET', '/students')).body).toEqual([]);
});

test('onRequest gets every request, without its token', async () => {
  const served: unknown[] = [];
  const watched = await schoolTenant({ onRequest: (each) => served.push(each) });
  await watched.call('GET', '/students/none');
  expect(served).toEqual([
    {
      method: 'GET',
      path: '/school/students/none',
      query: '',
      status: 404,
      operation: 'students.get',
      reason: 'unknown: unknown student "none"',
    },
  ]);
});
