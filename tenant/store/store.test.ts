import { beforeEach, expect, test } from 'vitest';
import { library } from '../test-support/library.js';
import { school } from '../test-support/school.js';
import type { Entity } from './entity.js';
import { Store } from './store.js';

let store: Store;
let ada: Entity;
let grace: Entity;
let maths: Entity;
let top: Entity;

beforeEach(() => {
  store = new Store(school);
  ada = store.create('student', { id: 'st_1', email: 'ada@x' });
  grace = store.create('student', { id: 'st_2', email: 'grace@x' });
  maths = store.create('course', { id: 'co_1', code: 'M', lessons: [{ number: 1 }, { number: 2 }] });
  top = store.create('grade', { id: 'gr_1' });
});

const students = (): string[] =>
  [...store.tuples('enrolments').where(new Map([['course', maths]]))].map(({ members }) =>
    String(members[1]?.properties.id),
  );

test('entities are found by key and by alias', () => {
  expect(store.table('course').find('co_1')).toBe(maths);
  expect(store.table('course').find('M')).toBe(maths);
  expect(store.table('course').find('__proto__')).toBeUndefined();
  expect(store.table('student').findBy('email', 'ada@x')).toBe(ada);
});

test('a duplicate is another entity with the same unique properties', () => {
  expect(store.table('student').duplicateOf({ email: 'ada@x' })).toBe(ada);
  expect(store.table('student').duplicateOf({ email: 'ada@x' }, ada)).toBeUndefined();
  expect(store.table('student').duplicateOf({})).toBeUndefined();
});

test('tuples keep their order and are unique', () => {
  store.add('enrolments', [maths, grace]);
  store.add('enrolments', [maths, ada]);
  store.add('enrolments', [maths, grace]);
  expect(students()).toEqual(['st_2', 'st_1']);
  store.remove('enrolments', [maths, grace]);
  store.remove('enrolments', [maths, grace]);
  expect(students()).toEqual(['st_1']);
});

test('removing a tuple removes its followers', () => {
  store.add('grades', [maths, ada, top]);
  store.add('grades', [maths, grace, top]);
  store.add('enrolments', [maths, ada]);
  store.remove('enrolments', [maths, ada]);
  expect(store.tuples('grades').size).toBe(1);
});

test('deleting an entity deletes its tuples on every side', () => {
  store.add('enrolments', [maths, ada]);
  store.add('grades', [maths, ada, top]);
  store.delete(ada);
  expect([store.tuples('enrolments').size, store.tuples('grades').size]).toEqual([0, 0]);
  expect(store.table('student').find('st_1')).toBeUndefined();
  store.delete(ada);
  expect(store.table('student').entities.size).toBe(1);
});

test('items inside a parent exist while its list has their entry', () => {
  const first = store.children('lesson')?.find(maths, { course_code: 'M', number: 1 });
  if (first === undefined) throw new Error('lesson 1 exists');
  store.add('student-lessons', [ada, first]);
  store.update(maths, { ...maths.properties, lessons: [{ number: 1, about: 'sums' }] });
  expect(store.children('lesson')?.find(maths, { course_code: 'M', number: 1 })).toBe(first);
  expect(store.tuples('student-lessons').size).toBe(1);
  store.update(maths, { ...maths.properties, lessons: [{ number: 2 }] });
  expect(store.tuples('student-lessons').size).toBe(0);
  store.delete(maths);
  expect(store.children('lesson')?.find(maths, { course_code: 'M', number: 2 })).toBeUndefined();
});

test('a changed alias is found only by its new value', () => {
  store.update(maths, { ...maths.properties, code: 'N' });
  expect(store.table('course').find('M')).toBeUndefined();
  expect(store.table('course').find('N')).toBe(maths);
});

test('tuples are found by any set of sides', () => {
  store.add('grades', [maths, ada, top]);
  const tuples = store.tuples('grades');
  for (const bound of [[], [maths], [ada], [top], [maths, ada], [maths, top], [ada, top], [maths, ada, top]]) {
    expect(tuples.where(new Map(bound.map((entity) => [entity.resource, entity]))).size).toBe(1);
  }
  expect(tuples.where(new Map([['student', grace]])).size).toBe(0);
});

test('updating a deleted entity does nothing', () => {
  store.delete(ada);
  store.update(ada, { ...ada.properties, email: 'other@x' });
  expect(store.table('student').find('st_1')).toBeUndefined();
  expect(store.table('student').findBy('email', 'other@x')).toBeUndefined();
});

test('deleting the head of a long chain of references deletes the chain', () => {
  const chained = new Store(library);
  const length = 20_000;
  for (let isbn = 1; isbn <= length; isbn += 1) {
    chained.create('book', isbn === 1 ? { isbn } : { isbn, follows: isbn - 1 });
  }
  const head = chained.table('book').find('1');
  if (head === undefined) throw new Error('book 1 exists');
  chained.delete(head);
  expect(chained.table('book').entities.size).toBe(0);
});
