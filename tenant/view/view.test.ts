import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject, Schema } from '../../contract/contract.js';
import type { Entity } from '../store/entity.js';
import { Store } from '../store/store.js';
import { library } from '../test-support/library.js';
import { school } from '../test-support/school.js';
import type { Selection } from './view.js';
import { View } from './view.js';

const HOOKS = {
  shout: (_: unknown, stored: unknown) => (typeof stored === 'string' ? stored.toUpperCase() : undefined),
};

let store: Store;
let ada: Entity;
let maths: Entity;
let lesson: Entity;

beforeEach(() => {
  store = new Store(school);
  ada = store.create('student', { id: 'st_1', name: 'Ada', email: 'ada@x' });
  maths = store.create('course', { id: 'co_1', code: 'M', title: 'Maths', lessons: [{ number: 1, about: 'Sums' }] });
  const found = store.children('lesson')?.find(maths, { course_code: 'M', number: 1 });
  if (found === undefined) throw new Error('lesson 1 exists');
  lesson = found;
});

function show(schema: Schema, entity: Entity, bound: readonly Entity[] = [], selection?: Selection): unknown {
  const view = new View({ contract: school, hooks: HOOKS }, schema, school.resources.get(entity.resource));
  const context = { store, caller: undefined };
  return view.show(
    { entity, bound: new Map(bound.map((each) => [each.resource, each])), origins: [] },
    context,
    selection,
  );
}

const text = { type: 'string' };
const of = (value: string): Schema => ({ type: 'string', 'x-value': { of: value } });

test('a view has the declared properties that have a value', () => {
  expect(show({ properties: { name: text, email: text, year: text } }, ada)).toEqual({ name: 'Ada', email: 'ada@x' });
});

test('a hook computes a value from the stored one', () => {
  const shout = { 'x-value': { hook: 'shout' } };
  expect(show({ properties: { name: shout, year: shout } }, ada)).toEqual({ name: 'ADA' });
  expect(show({ properties: { name: { 'x-value': { hook: 'unknown' } } } }, ada)).toEqual({ name: 'Ada' });
});

test('an item inside another has the key of its parent and its own', () => {
  expect(show({ properties: { course_code: text, number: text } }, lesson)).toEqual({ course_code: 'M', number: 1 });
});

test('a joined value comes from the item itself, its parent, or an entity that the request names', () => {
  const schema = { properties: { about: of('lesson.about'), course: of('course.title'), who: of('student.name') } };
  expect(show(schema, lesson, [ada])).toEqual({ about: 'Sums', course: 'Maths', who: 'Ada' });
  expect(show(schema, lesson)).toEqual({ about: 'Sums', course: 'Maths' });
});

test('a joined value may come from an entity that the item refers to', () => {
  const shelves = new Store(library);
  shelves.create('wing', { code: 'north' });
  shelves.create('rack', { number: 7, wing: 'north' });
  const view = (entity: Entity): unknown =>
    new View(
      { contract: library, hooks: {} },
      { properties: { wing: of('rack.wing') } },
      library.resources.get('book'),
    ).show({ entity, bound: new Map(), origins: [] }, { store: shelves, caller: undefined });
  expect(view(shelves.create('book', { isbn: 1, rack: 7 }))).toEqual({ wing: 'north' });
  expect(view(shelves.create('book', { isbn: 2 }))).toEqual({});
  expect(view(shelves.create('book', { isbn: 3, rack: 8 }))).toEqual({});
});

test('only a required joined text is empty without a value', () => {
  const schema = {
    properties: { a: of('student.nick'), b: of('student.nick'), c: { 'x-value': { of: 'student.year' } } },
  };
  expect(show({ ...schema, required: ['a', 'c'] }, ada)).toEqual({ a: '' });
});

const grades = {
  type: 'array',
  items: { properties: { id: text } },
  'x-value': { relation: 'grades', when: 'asked', scopes: ['grade'] },
};

test('a nested set binds the sides that the request and the item name', () => {
  const top = store.create('grade', { id: 'gr_1' });
  const low = store.create('grade', { id: 'gr_2' });
  store.add('grades', [maths, ada, top]);
  store.add('grades', [store.create('course', { id: 'co_2' }), ada, low]);
  const all = { names: new Set(['grades']), include: true };
  expect(show({ properties: { grades } }, ada, [maths], all)).toEqual({ grades: [{ id: 'gr_1' }] });
  expect(show({ properties: { grades } }, ada, [maths, top], all)).toEqual({});
});

test.each<{ selection: Selection | undefined; want: readonly string[]; scopes: readonly string[] }>([
  { selection: undefined, want: ['name', 'email'], scopes: [] },
  { selection: { names: new Set(['name']), include: true }, want: ['name'], scopes: [] },
  { selection: { names: new Set(['name']), include: false }, want: ['email'], scopes: [] },
  { selection: { names: new Set(['grades']), include: true }, want: ['grades'], scopes: ['grade'] },
  { selection: { names: new Set(['other']), include: true }, want: [], scopes: [] },
])('$selection selects $want', ({ selection, want, scopes }) => {
  const schema = { properties: { name: text, email: text, grades } };
  expect(Object.keys(show(schema, ada, [maths], selection) as object)).toEqual(want);
  expect(new View({ contract: school, hooks: {} }, schema, undefined).scopesFor(selection)).toEqual(scopes);
});

test('a view without scopes requires none', () => {
  const view = new View({ contract: school, hooks: {} }, { properties: { name: text } }, undefined);
  expect(view.scopesFor({ names: new Set(['name']), include: true })).toEqual([]);
});

test('the required properties are those that a request sets', () => {
  const schema = {
    required: ['name', 'nick', 'made', 'about'],
    properties: {
      name: text,
      nick: { 'x-value': { default: 'name' } },
      made: { 'x-value': 'created-at' },
      about: of('lesson.about'),
      email: text,
    },
  };
  expect(new View({ contract: school, hooks: {} }, schema, undefined).required).toEqual(['name', 'nick']);
});

describe('what an item lacks', () => {
  const nullable = (evidence: unknown, type: unknown = ['string', 'null']) =>
    ({ type, 'x-evidence': evidence }) as unknown as Schema;
  const against = { '/type': { against: 'a recording' } };
  const shown = (property: Schema, missingText?: '' | null, entity: Entity = ada) =>
    new View({ contract: school, hooks: {} }, { properties: { year: property } }, school.resources.get('student')).show(
      { entity, bound: new Map(), origins: [] },
      { store, caller: undefined, missingText },
    );

  test.each<[Schema, '' | null | undefined, unknown]>([
    [text, '', {}],
    [nullable(against), undefined, {}],
    [nullable(against), '', { year: '' }],
    [nullable(against), null, { year: null }],
    [nullable(against, 'string'), '', {}],
    [nullable(against, ['integer', 'null']), '', {}],
    [nullable(against, ['string', 'integer']), '', {}],
    [nullable({ '/type': {} }), '', {}],
    [nullable({ '': { against: 'a recording' } }), '', {}],
    [nullable({ '/type': 'x' }), '', {}],
    [nullable('x'), '', {}],
    [{ 'x-missing': 7 } as Schema, '', { year: 7 }],
    [{ ...nullable(against), 'x-missing': [] } as Schema, '', { year: [] }],
  ])('%j with %j is shown as %j', (property, missingText, want) => {
    expect(shown(property, missingText)).toEqual(want);
  });

  test('is shown where it has it', () => {
    const grown = store.create('student', { id: 'st_9', year: 'x' });
    expect(shown({ ...nullable(against), 'x-missing': 7 } as Schema, '', grown)).toEqual({ year: 'x' });
  });
});

test('a selection always has some properties, and only what is asked for by name needs its scopes', () => {
  const schema = { properties: { name: text, email: text, grades } };
  const always = new Set(['name']);
  expect(show(schema, ada, [maths], { names: new Set(['email']), include: true, always })).toEqual({
    name: 'Ada',
    email: 'ada@x',
  });
  expect(show(schema, ada, [maths], { names: new Set(['name', 'email']), include: false, always })).toEqual({
    name: 'Ada',
  });
});

test('a view has what the tuple carries, and nothing that only requests have', () => {
  const secret = { type: 'string', writeOnly: true };
  const schema = { properties: { name: text, email: secret, rank: text } };
  const view = new View({ contract: school, hooks: {} }, schema, school.resources.get('student'), ['rank', 'name']);
  const context = { store, caller: undefined };
  const item = { entity: ada, bound: new Map(), origins: [] };
  expect(view.show({ ...item, carried: { rank: 'first' } }, context)).toEqual({ rank: 'first' });
  expect(view.show(item, context)).toEqual({});
});

test('another resource is shown inside an item, as the property describes it', () => {
  const schema = {
    properties: {
      course: { type: 'object', properties: { code: text, title: text }, 'x-value': { of: 'course' } },
      student: { type: 'object', properties: { name: text }, 'x-value': { of: 'student' } },
    },
  };
  expect(show(schema, lesson)).toEqual({ course: { code: 'M', title: 'Maths' } });
  expect(show(schema, lesson, [ada])).toEqual({ course: { code: 'M', title: 'Maths' }, student: { name: 'Ada' } });
});

test('a value may follow from others until it is stored', () => {
  const derived = (resource: string, property: string) =>
    resource === 'student' && property === 'nick' ? ({ name }: JsonObject) => `${name}!` : undefined;
  const view = new View(
    { contract: school, hooks: {}, derived },
    { properties: { nick: text, name: text } },
    school.resources.get('student'),
  );
  const shown = (entity: Entity) => view.show({ entity, bound: new Map(), origins: [] }, { store, caller: undefined });
  expect(shown(ada)).toEqual({ nick: 'Ada!', name: 'Ada' });
  expect(shown(store.create('student', { id: 'st_9', name: 'Bob', nick: 'B' }))).toEqual({ nick: 'B', name: 'Bob' });
});

test('a list of keys shows a set, and what was set and names nothing', () => {
  const schema = { properties: { pupils: { type: 'array', items: text, 'x-value': { relation: 'enrolments' } } } };
  store.add('enrolments', [maths, ada]);
  const shown = (properties: JsonObject) => show(schema, Object.assign(maths, { properties }));
  expect(shown({ id: 'co_1', pupils: ['other'] })).toEqual({ pupils: ['st_1', 'other'] });
  expect(shown({ id: 'co_1', pupils: 'none' })).toEqual({ pupils: ['st_1'] });
  const unknown = { properties: { pupils: { type: 'array', items: text, 'x-value': { relation: 'none' } } } };
  expect(show(unknown, maths)).toEqual({ pupils: [] });
});
