import { beforeEach, expect, test } from 'vitest';
import { school } from '../test-support/school.js';
import { applyChange } from './apply-change.js';
import type { Change } from './change.js';
import { changesOf, dumpOf, storeOf } from './dump.js';
import { Store } from './store.js';

let store: Store;
const apply = (...changes: readonly Change[]) => {
  for (const each of changes) applyChange(school, store, each);
};

beforeEach(() => {
  store = new Store(school);
  apply(
    ['put', 'student', 3, { id: 'st_1' }],
    ['put', 'course', 5, { id: 'co_1', lessons: [{ number: 1 }, { number: 2 }] }, { lesson: [7, 9] }],
    ['add', 'enrolments', 11, [5, 3], {}],
    ['add', 'course-lessons', 12, [5, [5, 9]], {}],
  );
});

test('steps make what they say, and orders go on after the highest', () => {
  const dump = dumpOf(school, store);
  expect(dump).toMatchObject({
    order: 12,
    entities: { student: [[3, { id: 'st_1' }]], course: [[5, { id: 'co_1' }, { lesson: [7, 9] }]], grade: [] },
    tuples: { enrolments: [[11, [5, 3]]], 'course-lessons': [[12, [5, [5, 9]]]], grades: [] },
  });
  expect(store.create('grade', { id: 'g' }).order).toBe(13);
  apply(['put', 'course', 20, { id: 'co_2', lessons: [{ number: 1 }] }, { lesson: [30] }]);
  expect(store.create('grade', { id: 'h' }).order).toBe(31);
});

test('a step about what is there replaces it', () => {
  const ada = store.table('student').find('st_1');
  apply(['put', 'student', 3, { id: 'st_1', name: 'Ada' }], ['add', 'enrolments', 11, [5, 3], { seat: 1 }]);
  expect(store.table('student').find('st_1')).toBe(ada);
  expect(ada?.properties).toEqual({ id: 'st_1', name: 'Ada' });
  expect(store.tuples('enrolments').all()).toMatchObject([{ order: 11, properties: { seat: 1 } }]);
});

test('removals have no consequences, and are nothing where there is nothing', () => {
  apply(
    ['delete', 'student', 3],
    ['delete', 'student', 99],
    ['remove', 'course-lessons', '5,9'],
    ['remove', 'grades', '1'],
  );
  expect(store.table('student').entities.size).toBe(0);
  expect([store.tuples('enrolments').size, store.tuples('course-lessons').size]).toEqual([1, 0]);
});

test.each<[Change, string]>([
  [['add', 'enrolments', 13, [5, 99], {}], 'no student has the order 99'],
  [['add', 'course-lessons', 13, [5, [5, 8]], {}], 'no lesson has the order 8'],
  [['add', 'course-lessons', 13, [5, [4, 9]], {}], 'no lesson has the order 9'],
  [['put', 'teacher', 13, {}], 'unknown resource or relation "teacher"'],
])('the step %j belongs to another store', (step, message) => {
  expect(() => apply(step)).toThrow(message);
});

test('the steps of a whole store, and its dump, make it again', () => {
  store.carry('enrolments', [...store.tuples('enrolments').all()][0] as never, { seat: 2 });
  const dump = dumpOf(school, store);
  const changes = [...changesOf(school, store)];
  store = new Store(school);
  apply(...changes);
  expect(dumpOf(school, store)).toEqual(dump);
  expect(dumpOf(school, storeOf(school, dump))).toEqual(dump);
  expect(dump.tuples.enrolments).toEqual([[11, [5, 3], { seat: 2 }]]);
});
