import { beforeAll, expect, test } from 'vitest';
import type { Call } from '../test-support/school.js';
import { caller, school, schoolTenant } from '../test-support/school.js';

let call: Call;
let look: Call;
const served: string[] = [];

beforeAll(async () => {
  const state = {
    students: [
      { id: 'st_ada', name: 'Ada', email: 'ada@x.example' },
      { id: 'st_bob', name: 'Bob', email: 'bob@x.example' },
    ],
    courses: [
      { id: 'co_1', code: 'M', title: 'Maths' },
      { id: 'co_2', code: 'E', title: 'Empty' },
    ],
    enrolments: [{ course: 'M', student: 'st_ada' }],
  };
  const { tenant, call: all } = await schoolTenant({
    state,
    onRequest: ({ method, path, query, status, operation, reason }) =>
      served.push(`${method} ${path}${query && `?${query}`} ${status} ${operation ?? '-'}: ${reason ?? 'fine'}`),
  });
  call = all;
  look = await caller(tenant, school, ['look']);
});

test.each<[method: string, path: string, body: unknown, want: string]>([
  ['GET', '/students/st_ada', undefined, '200 students.get: fine'],
  ['GET', '/students/st_none', undefined, '404 students.get: unknown: unknown student "st_none"'],
  [
    'GET',
    `/students/${'x'.repeat(21)}`,
    undefined,
    "400 students.get: invalid path: 'String is too long (21 chars), maximum 20' on property id.",
  ],
  [
    'GET',
    '/students?size=x',
    undefined,
    "400 students.list: invalid query: 'Expected type integer but found type string' on property size.",
  ],
  ['POST', '/students', {}, "400 students.create: invalid body: 'Missing required property: email'."],
  ['POST', '/students', '{', "400 students.create: invalid body: 'Invalid request payload format'."],
  [
    'POST',
    '/students',
    { email: 'x@x.example' },
    "400 students.create: invalid body: 'Missing required property: name'.",
  ],
  [
    'POST',
    '/students',
    { name: 'x', email: 'ada@x.example' },
    '409 students.create: duplicate: duplicate of student "st_ada"',
  ],
  [
    'PATCH',
    '/students/st_bob',
    { email: 'ada@x.example' },
    '409 students.update: duplicate: duplicate of student "st_ada"',
  ],
  [
    'POST',
    '/courses/M/students',
    { students: ['st_none'] },
    '404 courses.students.add: unknown: unknown student "st_none"',
  ],
  ['POST', '/courses/Z/students', { students: ['st_ada'] }, '404 courses.students.add: unknown: unknown course "Z"'],
])('%s %s with %j is logged: %s', async (method, path, body, want) => {
  served.length = 0;
  await call(method, path, body);
  expect(served.map((line) => line.slice(`${method} /school${path} `.length))).toEqual([want]);
});

test('refusals of tokens and scopes name what is missing', async () => {
  served.length = 0;
  await look('POST', '/students', { email: 'x@x.example' });
  await call('GET', '/students', undefined, { authorization: '' });
  await call('GET', '/students', undefined, { authorization: 'Bearer x' });
  expect(served.map((line) => line.slice(line.indexOf(': ') + 2))).toEqual([
    expect.stringMatching(/^scope: .*teach/),
    expect.stringMatching(/^token missing: /),
    expect.stringMatching(/^token \w+: /),
  ]);
});

test('limits count what exists and what more was requested, for each side apart', async () => {
  const students: string[] = [];
  for (let index = 0; index < 27; index += 1) {
    const { body } = await call('POST', '/students', { name: `s${index}`, email: `s${index}@x.example` });
    students.push((body as { id: string }).id);
  }
  for (const id of students.slice(0, 23)) await call('POST', '/courses/M/students', { students: [id] });
  served.length = 0;
  await call('POST', '/courses/M/students', { students: students.slice(23, 25) });
  // Those that are there already do not count.
  await call('POST', '/courses/M/students', { students: [students[0], students[23]] });
  await call('POST', '/courses/E/students', { students: students.slice(24, 26) });
  await call('POST', '/students', { name: 'z', email: 'z1@x.example' });
  await call('POST', '/students', { name: 'z', email: 'z2@x.example' });
  expect(served.map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual([
    '409 courses.students.add: full: limit 25: 24 exist, 2 more requested',
    '200 courses.students.add: fine',
    '200 courses.students.add: fine',
    '201 students.create: fine',
    '409 students.create: full: limit 30 reached',
  ]);
});
