import { beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject, Resource, Schema } from '../../contract/contract.js';
import type { Provider } from '../provider.js';
import { randomFrom } from '../random.js';
import { Store } from '../store/store.js';
import { school } from '../test-support/school.js';
import { ItemBuilder } from './item-builder.js';
import type { World } from './world.js';

const RESOURCE = {
  name: 'thing',
  key: 'id',
  aliases: ['code'],
  unique: [['name']],
  optionalInUnique: new Set<string>(),
  refers: [],
  mentions: [],
  limits: [],
  initial: [],
  pointer: '',
} as Resource;
const text = { type: 'string' };
const RETURNED: Schema = {
  properties: {
    id: { type: 'string', 'x-value': { id: 'th_{digit:4}' } },
    name: text,
    nick: { type: 'string', 'x-value': { default: 'name' } },
    badge: { type: 'string', 'x-value': { id: 'b_{hex:2}' } },
    level: { type: 'integer', default: 2 },
    nullable: { type: ['string', 'null'] },
    settings: {
      type: 'object',
      properties: {
        on: { type: 'boolean', default: true },
        deep: { type: 'object', properties: { x: { default: 1 } } },
      },
    },
    free: { type: 'object', 'x-update': 'merge' },
    loud: { type: 'string', 'x-value': { hook: 'shout' } },
    made: { type: 'string', 'x-value': 'created-at' },
    changed: { type: 'string', 'x-value': 'updated-at' },
  },
};
const ACCEPTED: Schema = {
  properties: {
    name: text,
    nick: text,
    level: { type: 'integer', default: 5 },
    nullable: {},
    settings: {},
    free: {},
    loud: text,
    secret: text,
    code: text,
  },
};

let now: number;
let world: World;

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  const provider = {
    createHooks: {
      shout: ({ given, properties }: { given?: Json; properties: JsonObject }) => given ?? `${properties.name}!`,
    },
    stateChecks: { shout: (given: Json) => (given === '' ? 'Too quiet.' : undefined) },
    impliedProperties: { shout: (given: Json) => ({ name: `from ${given}` }) },
  } as unknown as Provider; // all that a builder uses
  world = {
    contract: school,
    store: new Store(school),
    random: randomFrom(1),
    clock: () => now,
    provider,
    habits: {},
    lagging: undefined,
  };
});

const builder = (accepted: Schema | undefined = ACCEPTED): ItemBuilder =>
  new ItemBuilder(school, RESOURCE, [RETURNED], accepted);
const AT = '2026-01-01T00:00:00.000Z';

test('a new item has generated, default and derived values', () => {
  expect(builder().create({ name: 'Ada', secret: 's' }, world, false)).toEqual({
    id: expect.stringMatching(/^th_\d{4}$/),
    name: 'Ada',
    nick: 'Ada',
    badge: expect.stringMatching(/^b_[0-9a-f]{2}$/),
    level: 5,
    loud: 'Ada!',
    made: AT,
    changed: AT,
  });
});

test('given values take precedence, null counts as missing where no answer may show it, and nested defaults are added', () => {
  const body = {
    name: 'Ada',
    nick: 'A',
    level: null,
    nullable: null,
    settings: { deep: {} },
    free: { a: 1 },
    loud: 'x',
  };
  expect(builder().create(body, world, false)).toMatchObject({
    nick: 'A',
    level: 5,
    nullable: null,
    settings: { on: true, deep: { x: 1 } },
    free: { a: 1 },
    loud: 'x',
  });
});

test('only a trusted body sets generated properties', () => {
  const body = { id: 'mine', name: 'Ada', made: 'then', badge: 'b' };
  expect(builder().create(body, world, false)).not.toMatchObject({ made: 'then' });
  expect(builder().create(body, world, true)).toMatchObject({ id: 'mine', made: 'then', badge: 'b' });
  expect(builder().create({ ...body, id: {} }, world, true).id).toMatch(/^th_/);
  // The service puts its prefix before the id that a request gives.
  expect(builder({}).create(body, world, false)).toMatchObject({ id: 'th_mine', made: 'then' });
  for (const [given, id] of [
    ['th_own', 'th_own'],
    ['ownth_', 'th_ownth_'],
  ] as const)
    expect(builder({}).create({ ...body, id: given }, world, false).id).toBe(id);
});

test('properties that no answer returns are not stored, except names', () => {
  expect([...builder().stored.keys()].sort()).toEqual(
    ['badge', 'changed', 'code', 'free', 'id', 'level', 'loud', 'made', 'name', 'nick', 'nullable', 'settings'].sort(),
  );
  expect(builder().stored.get('level')).toEqual({ type: 'integer', default: 5 });
});

test('an update replaces, removes, restores and merges', () => {
  const before = builder().create({ name: 'Ada', nick: 'A', level: 3, free: { a: 1, b: { c: 1 } } }, world, false);
  now += 1000;
  const after = builder().update(
    before,
    {
      id: 'other',
      badge: 'other',
      made: 'other',
      name: 'Grace',
      nick: null,
      level: null,
      nullable: null,
      free: { a: null, b: { d: 2 } },
    },
    world,
  );
  expect(after).toEqual({
    id: before.id,
    badge: before.badge,
    made: AT,
    changed: '2026-01-01T00:00:01.000Z',
    name: 'Grace',
    nick: 'Grace',
    nullable: null,
    free: { b: { d: 2 } },
    loud: 'Ada!',
  });
  expect(before.name).toBe('Ada');
});

test('an update restores the value of a hook', () => {
  const before = builder().create({ name: 'Ada', loud: 'x' }, world, false);
  expect(builder().update(before, { loud: null }, world).loud).toBe('Ada!');
  expect(builder().update(before, {}, world)).toEqual(before);
});

test.each<{ before: JsonObject; body: JsonObject; want: readonly string[] }>([
  { before: { free: {} }, body: { free: {} }, want: ['free'] },
  { before: {}, body: { free: {} }, want: [] },
  { before: { free: {} }, body: { free: null }, want: [] },
  { before: { free: {} }, body: {}, want: [] },
  { before: { settings: {} }, body: { settings: {} }, want: [] },
  { before: { name: 'a' }, body: { name: 'b' }, want: [] },
])('$body on $before merges $want', ({ before, body, want }) => {
  expect(builder().mergedBy(before, body)).toEqual(want);
});

test('values that a state sets are checked', () => {
  expect(builder().stateProblems({ loud: '', name: '' }, world)).toEqual(new Map([['loud', 'Too quiet.']]));
  expect(builder().stateProblems({ loud: 'x' }, world)).toEqual(new Map());
  expect(builder().stateProblems({}, world)).toEqual(new Map());
});

test('values that a state sets imply others', () => {
  expect(builder().impliedBy({ loud: 'x', name: 'y' }, world)).toEqual({ name: 'from x' });
  expect(builder().impliedBy({ name: 'y' }, world)).toEqual({});
});

test('nulls that no answer may show are removed, and a null list that every answer shows is empty', () => {
  const returned: Schema = {
    required: ['list'],
    properties: {
      name: text,
      list: { type: 'array' },
      tags: { type: 'array' },
      look: { type: 'object', properties: { logo: text, motto: { type: ['string', 'null'] } } },
    },
  };
  const looks = new ItemBuilder(school, RESOURCE, [returned], returned);
  const look = { logo: null, motto: null, other: null };
  const created = looks.create({ name: 'Ada', list: ['a'], look }, world, false);
  expect(created).toMatchObject({ list: ['a'], look: { motto: null } });
  expect(created.look).not.toHaveProperty('logo');
  expect(created.look).not.toHaveProperty('other');
  expect(looks.update(created, { look: { logo: null } }, world)).toMatchObject({ list: ['a'], look: {} });
  expect(looks.update(created, { list: null }, world).list).toEqual([]);
  expect(looks.update(created, { tags: null }, world)).not.toHaveProperty('tags');
});

test('a list that answers show as a set is stored without repeated entries', () => {
  const returned: Schema = {
    properties: {
      id: text,
      tags: { type: 'array', uniqueItems: true },
      steps: { type: 'array' },
      nested: { type: 'object', properties: { tags: { type: 'array', uniqueItems: true } } },
    },
  };
  const sets = new ItemBuilder(school, RESOURCE, [returned], undefined);
  const sent = { tags: ['b', 'a', 'b', { x: 1 }, { x: 1 }], steps: ['b', 'b'], nested: { tags: [1, 1] } };
  const stored = { tags: ['b', 'a', { x: 1 }], steps: ['b', 'b'], nested: { tags: [1] } };
  expect(sets.create(sent, world, false)).toMatchObject(stored);
  expect(sets.update({}, sent, world)).toMatchObject(stored);
});

test('what an update removes follows from x-update', () => {
  const returned: Schema = {
    properties: {
      old: { type: 'object', 'x-update': { removes: 'new' } },
      new: { type: 'object', 'x-update': ['empty-removes', { removes: 'old' }] },
      expiry: { type: ['integer', 'null'], 'x-update': 'null-removes' },
      tags: { type: 'array' },
    },
  };
  const accepted: Schema = { properties: { old: {}, new: {}, expiry: {}, tags: { type: 'array', default: [] } } };
  const pairs = new ItemBuilder(school, RESOURCE, [returned], accepted);
  const created = pairs.create({ old: { a: 1 }, new: { a: 1 }, expiry: 5, tags: ['a'] }, world, false);
  expect(pairs.update(created, { old: null }, world)).toEqual({ expiry: 5, tags: ['a'] });
  expect(pairs.update(created, { new: {} }, world)).toEqual({ expiry: 5, tags: ['a'] });
  expect(pairs.update(created, { old: null, new: { b: 1 } }, world)).toMatchObject({ new: { b: 1 } });
  expect(pairs.update(created, { expiry: null }, world)).not.toHaveProperty('expiry');
  expect(pairs.create({ expiry: null }, world, false)).not.toHaveProperty('expiry');
  expect(pairs.update(created, { tags: null }, world).tags).toEqual([]);
});

test('write-only values inside the entries of a list are not stored', () => {
  const entry = { type: 'object', properties: { name: text, pem: { type: 'string', writeOnly: true } } };
  const keys: Schema = { properties: { keys: { type: 'array', items: entry } } };
  const created = new ItemBuilder(school, RESOURCE, [keys], keys).create(
    { keys: [{ name: 'a', pem: 'p' }, 'b'] },
    world,
    false,
  );
  expect(created.keys).toEqual([{ name: 'a' }, 'b']);
});

test('a generated value that is no key is taken as it is given', () => {
  const accepted: Schema = { properties: { name: text, badge: text, made: text } };
  expect(builder(accepted).create({ name: 'Ada', badge: 'mine', made: 'then' }, world, false)).toMatchObject({
    badge: 'mine',
    made: 'then',
  });
});

test('times are stored in UTC with milliseconds, and what answers only take is not stored', () => {
  const returned: Schema = {
    properties: {
      id: text,
      at: { type: 'string', format: 'date-time' },
      day: { type: 'string', format: 'date' },
      times: { type: 'array', items: { type: 'string', format: 'date-time' } },
      inner: { type: 'object', properties: { key: { type: 'string', writeOnly: true }, name: text } },
    },
  };
  const times = new ItemBuilder(school, RESOURCE, [returned], undefined);
  const sent = {
    at: '2026-01-01T01:00:00+01:00',
    day: '2026-01-01',
    times: ['2026-01-01T00:00:00Z', 'never'],
    inner: { key: 'secret', name: 'n' },
  };
  const stored = { at: AT, day: '2026-01-01', times: [AT, 'never'], inner: { name: 'n' } };
  expect(times.create(sent, world, false)).toMatchObject(stored);
  expect(times.create(sent, world, false).inner).toEqual({ name: 'n' });
  expect(times.update({}, sent, world)).toEqual(stored);
});

test('an empty value removes a property where the contract says so', () => {
  const removing = (type: string): Schema => ({ type, 'x-update': ['merge', 'empty-removes'] });
  const returned: Schema = {
    properties: { id: text, a: removing('string'), b: removing('object'), c: text, d: { type: 'object' } },
  };
  const empties = new ItemBuilder(school, RESOURCE, [returned], undefined);
  const before = { a: 'x', b: { x: 1 }, c: 'x', d: { x: 1 } };
  expect(empties.update(before, { a: '', b: {}, c: '', d: {} }, world)).toEqual({ c: '', d: {} });
  expect(empties.update(before, { a: 'y', b: { y: 2 } }, world)).toEqual({ ...before, a: 'y', b: { x: 1, y: 2 } });
  expect(empties.mergedBy(before, { a: 'y', b: { y: 2 }, d: { y: 2 } })).toEqual(['b']);
});

describe('what a builder knows of properties', () => {
  test('which are texts that are kept as they are given', () => {
    const kept = ['id', 'name', 'code', 'nick', 'badge', 'level', 'nullable', 'loud', 'made', 'none'].filter((name) =>
      builder().isKeptText(name),
    );
    expect(kept).toEqual(['id', 'name', 'code']);
    const returned: Schema = {
      properties: { id: text, name: { type: 'string', format: 'date-time' }, code: { type: 'string', default: 'x' } },
    };
    const other = new ItemBuilder(school, RESOURCE, [returned], undefined);
    expect(['id', 'name', 'code'].map((name) => other.isKeptText(name))).toEqual([true, false, false]);
  });

  test('which template the key has, and which hook makes a value', () => {
    expect([builder().keyTemplate, builder().hookOf('loud'), builder().hookOf('name')]).toEqual([
      'th_{digit:4}',
      'shout',
      undefined,
    ]);
    const plain = new ItemBuilder(school, RESOURCE, [{ properties: { id: text } }], undefined);
    expect([plain.keyTemplate, plain.hookOf('loud')]).toEqual([undefined, undefined]);
  });

  test('which show a set as a list of keys', () => {
    const shown = (items: Schema): Schema => ({ type: 'array', items, 'x-value': { relation: 'enrolments' } });
    const returned: Schema = { properties: { keys: shown(text), items: shown({ type: 'object' }), name: text } };
    expect(new ItemBuilder(school, RESOURCE, [returned], undefined).keySets).toEqual([
      { name: 'keys', relation: 'enrolments' },
    ]);
  });
});

test('what the path sets takes precedence, and what a body may only read is not taken', () => {
  const accepted: Schema = { properties: { name: text, nick: { type: 'string', readOnly: true }, level: text } };
  const body = { name: 'Ada', nick: 'mine', level: 1 };
  expect(builder(accepted).create(body, world, false, { name: 'Eve', level: 9 })).toMatchObject({
    name: 'Eve',
    nick: 'Eve',
    level: 9,
  });
});

test('of the properties that a value is copied from, the first that is set counts', () => {
  const returned: Schema = {
    properties: { id: text, a: text, b: text, shown: { type: 'string', 'x-value': { default: ['a', 'b'] } } },
  };
  const copies = new ItemBuilder(school, RESOURCE, [returned], undefined);
  const shown = (body: JsonObject) => copies.create(body, world, false).shown;
  expect([shown({ a: 'x', b: 'y' }), shown({ b: 'y' }), shown({}), shown({ a: 'x', shown: 'z' })]).toEqual([
    'x',
    'y',
    undefined,
    'z',
  ]);
});

test('a value is generated anew on demand', () => {
  const before = builder().create({ name: 'Ada', nick: 'A', loud: 'x' }, world, false);
  const renewed = (name: string) => builder().update(before, {}, world, name);
  expect(renewed('badge').badge).toMatch(/^b_[0-9a-f]{2}$/);
  expect(renewed('badge').badge).not.toBe(before.badge);
  expect(renewed('loud').loud).toBe('Ada!');
  expect(renewed('nick').nick).toBe('Ada');
  expect(renewed('level')).not.toHaveProperty('level');
});

test('what followed from other properties is stored once they change', () => {
  const derivedHooks = { shout: ({ name }: JsonObject) => `${name}?` };
  const deriving: World = { ...world, provider: { ...world.provider, createHooks: {}, derivedHooks } as Provider };
  const before = builder().create({ name: 'Ada' }, deriving, false);
  expect(before).not.toHaveProperty('loud');
  expect(builder().update(before, { name: 'Eve' }, deriving)).toMatchObject({ name: 'Eve', loud: 'Ada?' });
  expect(builder().update({ ...before, loud: 'own' }, { name: 'Eve' }, deriving).loud).toBe('own');
});
