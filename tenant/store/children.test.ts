import { beforeEach, expect, test } from 'vitest';
import type { Inside, JsonObject, Resource } from '../../contract/contract.js';
import { Children } from './children.js';
import type { Entity } from './entity.js';

/** Lessons of a course, by their number and room. */
const INSIDE: Inside = {
  parent: 'course',
  list: '/lessons',
  key: {
    course_code: { of: 'parent', property: 'code' },
    number: { of: 'item', property: 'nr' },
    room: { of: 'item', property: 'room' },
  },
};

let children: Children;
let maths: Entity;
let order: number;

beforeEach(() => {
  order = 10;
  children = new Children({ name: 'lesson' } as Resource, INSIDE); // all that it uses
  maths = course({ lessons: [{ nr: 1, room: 'a' }, { nr: 2 }] });
  refresh();
});

const course = (properties: JsonObject): Entity => ({ order: 1, resource: 'course', properties });
const refresh = (): readonly Entity[] => children.refresh(maths, () => (order += 1));

function change(lessons: unknown): readonly Entity[] {
  maths.properties = { lessons } as JsonObject;
  return refresh();
}

test('each entry of the list is an item of its parent, found by all parts of its key', () => {
  expect(children.of(maths)).toEqual([
    { order: 11, resource: 'lesson', parent: maths, properties: { nr: 1, room: 'a' } },
    { order: 12, resource: 'lesson', parent: maths, properties: { nr: 2 } },
  ]);
  expect(children.find(maths, { course_code: 'M', number: 1, room: 'a' })?.order).toBe(11);
  expect(children.find(maths, { number: 1, room: 'b' })).toBeUndefined();
  expect(children.find(maths, { number: 1 })).toBeUndefined();
  expect(children.find(maths, { number: 2 })?.order).toBe(12);
  expect(children.find(maths, { number: '2' })).toBeUndefined();
  expect(children.find(course({}), { number: 2 })).toBeUndefined();
  expect([children.of(undefined), children.of(course({}))]).toEqual([[], []]);
});

test('an item is the same while the list has an entry with its key', () => {
  const [one, two] = children.of(maths);
  expect(change([{ nr: 3 }, { nr: 2, room: null, about: 'x' }])).toEqual([one]);
  expect(children.of(maths).map((each) => each.order)).toEqual([13, 12]);
  expect(children.of(maths)[1]).toBe(two);
  expect(two?.properties).toEqual({ nr: 2, room: null, about: 'x' });
});

test('of two entries with one key the last one counts', () => {
  change([
    { nr: 5, about: 'x' },
    { nr: 5, about: 'y' },
  ]);
  expect(children.of(maths).map(({ properties }) => properties)).toEqual([{ nr: 5, about: 'y' }]);
});

test.each([undefined, {}, 'x', [1, null, []]])('a list %j has no items', (lessons) => {
  expect(change(lessons).map((each) => each.order)).toEqual([11, 12]);
  expect(children.of(maths)).toEqual([]);
});

test('items are restored as they were', () => {
  const restore = children.keeper(maths);
  const before = children.of(maths);
  change([{ nr: 2, about: 'x' }]);
  restore();
  expect(children.of(maths)).toEqual(before);
  expect(children.find(maths, { number: 2 })?.properties).toEqual({ nr: 2 });
  const other = course({ lessons: [{ nr: 9 }] });
  const restoreNone = children.keeper(other);
  children.refresh(other, () => 99);
  restoreNone();
  expect(children.of(other)).toEqual([]);
  expect(children.forget(other)).toEqual([]);
});

test('a forgotten parent has no items', () => {
  const before = children.of(maths);
  expect(children.forget(maths)).toEqual(before);
  expect([children.of(maths), children.forget(maths)]).toEqual([[], []]);
});
