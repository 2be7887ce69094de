import { expect, test } from 'vitest';
import { readContract } from '../../contract/read/read.js';
import { createTenant } from '../tenant.js';
import { libraryCall } from '../test-support/library.js';
import { caller, key, school, schoolTenant } from '../test-support/school.js';

const STATE = {
  students: [
    { id: 'st_ada', name: 'Ada', email: 'ada@x.example', made: '2020-01-01T00:00:00.000Z' },
    { name: 'Grace', email: 'grace@x.example' },
  ],
  courses: [{ code: 'M', title: 'Maths', lessons: [{ number: 1 }] }],
  grade: [{ id: 'gr_top', label: 'A' }],
  enrolments: [
    { course: 'M', student: 'grace@x.example' },
    { course: 'M', student: 'st_ada' },
  ],
  'student-lessons': [{ student: 'st_ada', lesson: { course_code: 'M', number: 1 } }],
};

test('reset restores the initial state', async () => {
  const { tenant, call } = await schoolTenant({ state: STATE });
  const students = [
    { id: expect.stringMatching(/^st_/), name: 'Grace' },
    { id: 'st_ada', name: 'Ada' },
  ];
  expect((await call('GET', '/courses/M/students')).body).toEqual(students);
  expect((await call('GET', '/students/st_ada')).body).toMatchObject({ made: '2020-01-01T00:00:00.000Z', year: 1 });
  expect((await call('GET', '/students/st_ada/lessons')).body).toMatchObject([{ course: 'Maths', number: 1 }]);
  await call('DELETE', '/students/st_ada');
  tenant.reset();
  expect((await call('GET', '/courses/M/students')).body).toEqual(students);
});

test.each([
  {
    state: [],
    lines: [
      '#: Expected an object with lists of resources and relations, received a list; rolecall help tenant shows one.',
    ],
  },
  {
    state: { teachers: [] },
    lines: [
      '#/teachers: Unknown list; expected one of students, courses, grade, enrolments, grades, course-lessons, student-lessons.',
    ],
  },
  { state: { students: {} }, lines: ['#/students: Expected a list.'] },
  {
    state: { students: [{ email: 'x' }, { email: 'a@x.example', nose: 'long' }, 5] },
    lines: [
      "#/students/0/email: Object didn't pass validation for format email: x.",
      '#/students/1: Additional properties not allowed: nose.',
      '#/students/2: Expected type object but found type integer.',
    ],
  },
  {
    // What names an item with a problem is no further problem.
    state: {
      students: [{ id: 'st_ada', email: 'x' }],
      courses: [{ code: 'M' }],
      enrolments: [{ course: 'M', student: 'st_ada' }],
    },
    lines: ["#/students/0/email: Object didn't pass validation for format email: x."],
  },
  {
    state: { students: [{ email: 'a@x.example' }, { email: 'a@x.example' }] },
    lines: [
      expect.stringMatching(/^#\/students\/1: Duplicate of student "st_\w+" in a property that must be unique\.$/),
    ],
  },
  {
    state: { enrolments: [{ course: 'M', student: 'x' }] },
    lines: ['#/enrolments/0/course: No course has the key or unique name "M".'],
  },
  {
    state: { courses: [{ code: 'M' }], enrolments: [{ course: 'M' }] },
    lines: ['#/enrolments/0: Missing student; expected course, student.'],
  },
  {
    state: { enrolments: [{ course: 'M', student: 'x', when: 1 }] },
    lines: ['#/enrolments/0/when: Unknown side; expected course, student.'],
  },
  { state: { enrolments: [7] }, lines: ['#/enrolments/0: Expected an object with course, student.'] },
  {
    state: { enrolments: [{ course: {}, student: 'x' }] },
    lines: ['#/enrolments/0/course: No course has the key or unique name {}.'],
  },
  ...[{ course_code: 'M', number: 2 }, { course_code: 'N', number: 1 }, { number: 1 }, 'M 1'].map((lesson) => ({
    state: { courses: [{ code: 'M', lessons: [{ number: 1 }] }], 'course-lessons': [{ course: 'M', lesson }] },
    lines: [`#/course-lessons/0/lesson: No lesson has the key or unique name ${JSON.stringify(lesson)}.`],
  })),
  ...[null, 'text', 7].map((state) => ({
    state,
    lines: [
      `#: Expected an object with lists of resources and relations, received ${JSON.stringify(state)}; rolecall help tenant shows one.`,
    ],
  })),
  {
    state: { students: [{ id: 'st_longer_than_twenty_characters', email: 'a@x.example' }] },
    lines: [
      '#/students/0/id: GET /school/students/{id} does not accept this key. String is too long (32 chars), maximum 20.',
    ],
  },
  {
    state: { 'tea\u001b[31m\nchers': [] },
    lines: [expect.stringMatching(/^#\/tea\\u\{1b\}\[31m\\nchers: Unknown list; expected one of /)],
  },
  {
    state: { courses: [{ code: 'M' }], enrolments: [{ course: '\u0007\u202e', student: 'x' }] },
    lines: [
      expect.stringMatching(/^#\/enrolments\/0\/course: No course has the key or unique name "\\u0007\\u\{202e\}"\.$/),
    ],
  },
  {
    state: { 'te/achers': [] },
    lines: [expect.stringMatching(/^#\/te~1achers: Unknown list; expected one of /)],
  },
  {
    state: { students: Array.from({ length: 23 }, () => 5) },
    lines: [
      ...Array.from({ length: 20 }, (_, index) => `#/students/${index}: Expected type object but found type integer.`),
      '#: 3 more problems.',
    ],
  },
])('an invalid state is refused with a line for each problem: $state', async ({ state, lines }) => {
  const failed = await schoolTenant({ state }).then(
    () => undefined,
    (error: Error) => error.message.split('\n'),
  );
  expect(failed).toEqual(lines);
});

test('items of a state appear in listings', async () => {
  const tenant = await createTenant(school, { key: await key, state: STATE, seed: 2 });
  const call = await caller(tenant, school, ['look']);
  expect((await call('GET', '/students?totals=true')).body).toMatchObject({ total: 2 });
});

test('a key of a state is used as it is', async () => {
  const { call } = await schoolTenant({ state: { students: [{ id: 'ada', name: 'Ada', email: 'ada@x.example' }] } });
  expect(await call('GET', '/students/ada')).toMatchObject({ status: 200, body: { id: 'ada' } });
});

test('a key has to fit the lists of bodies that name it', async () => {
  await expect(libraryCall({ state: { readers: [{ number: 100 }] } })).resolves.toBeDefined();
  await expect(libraryCall({ state: { readers: [{ number: 99 }] } })).rejects.toThrow(
    '#/readers/0/number: POST /library/books/{isbn}/readers does not accept this key. Value 99 is less than minimum 100.',
  );
});

test('a tuple names an item by any of its unique properties', async () => {
  const unique = { key: 'id', unique: [['plate'], ['vin'], ['a', 'b']] };
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Garage', version: '1' },
    paths: {},
    components: {
      'x-resources': { car: unique, garage: { key: 'id' } },
      'x-relations': { stays: { between: ['garage', 'car'] } },
    },
  });
  const cars = [
    { id: '1', plate: 'P1', vin: 'V1', a: 'A1' },
    { id: '2', plate: 'P2', vin: 'V2', a: 'A2' },
  ];
  const load = (car: string) =>
    createTenant(contract, { state: { cars, garages: [{ id: 'g' }], stays: [{ garage: 'g', car }] } });
  for (const car of ['1', 'P2', 'V1', 'V2']) await expect(load(car)).resolves.toBeDefined();
  await expect(load('A1')).rejects.toThrow('#/stays/0/car: No car has the key or unique name "A1".');
});

test('an item may refer to a later one, and to itself', async () => {
  const state = {
    books: [
      { isbn: 1, follows: 2, rack: 7 },
      { isbn: 2, follows: 2 },
    ],
    racks: [{ number: 7, wing: 'north' }],
    wings: [{ code: 'north' }],
  };
  const call = await libraryCall({ state });
  expect((await call('GET', '/books/1')).body).toEqual({ isbn: 1, follows: 2, rack: 7 });
  await expect(libraryCall({ state: { ...state, racks: [] } })).rejects.toThrow(
    /^#\/books\/0\/rack: Unknown rack "7"\.$/,
  );
});

test('later changes to a state have no effect', async () => {
  const state = { students: [{ id: 'st_ada', name: 'Ada', email: 'ada@x.example', notes: { a: 1 } }] };
  const { tenant, call } = await schoolTenant({ state });
  Object.assign(state.students[0] ?? {}, { name: 'Other' });
  Object.assign(state.students[0]?.notes ?? {}, { a: 2 });
  expect((await call('GET', '/students/st_ada')).body).toMatchObject({ name: 'Ada' });
  tenant.reset();
  expect((await call('GET', '/students/st_ada')).body).toMatchObject({ name: 'Ada' });
});

test('a circular state is refused', async () => {
  const state: Record<string, unknown> = {};
  state.students = [state];
  await expect(schoolTenant({ state })).rejects.toThrow(
    /^#: Expected JSON, received a value that cannot be serialized: Converting circular structure to JSON\.$/,
  );
});
