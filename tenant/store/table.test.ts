import { beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { Entity } from './entity.js';
import { Table } from './table.js';

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {},
  components: {
    'x-resources': {
      harbour: { key: 'id', alias: ['code'], unique: [['code'], ['town', 'side?']], refers: { owner: 'harbour' } },
      berth: { key: 'number', under: { harbour: 'harbour_id' }, refers: { harbour_id: 'harbour' }, alias: ['label'] },
    },
  },
});
const resource = (name: string): Resource => {
  const found = contract.resources.get(name);
  if (found === undefined) throw new Error(`no resource ${name}`);
  return found;
};

let order = 0;
let table: Table;
beforeEach(() => {
  table = new Table(resource('harbour'));
});
function add(properties: JsonObject, to = table): Entity {
  order += 1;
  const entity: Entity = { order, resource: to.resource.name, properties };
  to.add(entity);
  return entity;
}

describe('an entity is found', () => {
  test('by key or alias, which may be numbers', () => {
    const one = add({ id: 1, code: 'A' });
    const two = add({ id: 'h_2' });
    expect([table.find('1'), table.find('A'), table.find('h_2'), table.find('B')]).toEqual([one, one, two, undefined]);
  });

  test.each<[property: string, value: string, found: boolean]>([
    ['id', 'h_1', true],
    ['code', 'A', true],
    ['town', 'Hull', true],
    ['size', '7', true],
    ['size', 'h_1', false],
    ['id', 'A', false],
    ['side', 'east', false],
  ])('by %s "%s": %s', (property, value, found) => {
    const one = add({ id: 'h_1', code: 'A', town: 'Hull', size: 7 });
    add({ id: 'h_2', size: 8 });
    expect(table.findBy(property, value)).toBe(found ? one : undefined);
  });

  test('by its references, in the order in which they were made', () => {
    const first = add({ id: 'h_1', owner: 'o' });
    const second = add({ id: 'h_2', owner: 'o' });
    add({ id: 'h_3' });
    expect(table.referring('owner', 'o')).toEqual([first, second]);
    expect([table.referring('owner', 'x'), table.referring('town', 'o')]).toEqual([[], []]);
  });
});

test.each<{ given: string; properties: JsonObject; want: boolean }>([
  { given: 'the same key', properties: { id: 'h_1' }, want: true },
  { given: 'the same alias', properties: { id: 'h_2', code: 'A' }, want: true },
  { given: 'the same group', properties: { town: 'Hull', side: 'east' }, want: true },
  { given: 'a part of the group', properties: { town: 'Hull' }, want: false },
  { given: 'a group without its required property', properties: { side: 'east' }, want: false },
  { given: 'nothing', properties: {}, want: false },
])('a duplicate has $given: $want', ({ properties, want }) => {
  const one = add({ id: 'h_1', code: 'A', town: 'Hull', side: 'east' });
  add({ id: 'h_9' });
  expect(table.duplicateOf(properties)).toBe(want ? one : undefined);
  expect(table.duplicateOf(properties, one)).toBeUndefined();
});

test('the absence of an optional property is a value in a group', () => {
  const one = add({ id: 'h_1', town: 'Hull' });
  expect(table.duplicateOf({ town: 'Hull' })).toBe(one);
  expect(table.duplicateOf({ town: 'Hull', side: null })).toBe(one);
  expect(table.duplicateOf({ town: 'Hull', side: 'west' })).toBeUndefined();
});

test('a replaced entity is found by its new values alone', () => {
  const one = add({ id: 'h_1', code: 'A', town: 'Hull', owner: 'o' });
  table.replace(one, { id: 'h_1', code: 'B', town: 'York', owner: 'p' });
  expect([table.find('A'), table.findBy('town', 'Hull'), table.duplicateOf({ town: 'Hull' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(table.referring('owner', 'o')).toEqual([]);
  expect([table.find('B'), table.duplicateOf({ town: 'York' }), ...table.referring('owner', 'p')]).toEqual([
    one,
    one,
    one,
  ]);
  expect(table.holds(one)).toBe(true);
});

test('a removed entity is found no more, and does not take others with it', () => {
  const [one, two] = [add({ id: 'h_1', code: 'A', town: 'Hull', owner: 'o' }), add({ id: 'h_2', owner: 'o' })];
  // The state may hold duplicates: the last one is found.
  const three = add({ id: 'h_3', code: 'A', town: 'Hull' });
  expect([table.remove(one), table.remove(one)]).toEqual([true, false]);
  expect([table.find('h_1'), table.find('A'), table.duplicateOf({ town: 'Hull' })]).toEqual([undefined, three, three]);
  expect([table.referring('owner', 'o'), table.holds(one), table.entities.size]).toEqual([[two], false, 2]);
});

describe('of a resource under another', () => {
  const berth = (number: Json, harbour?: string, more: JsonObject = {}): JsonObject => ({
    number,
    ...(harbour === undefined ? {} : { harbour_id: harbour }),
    ...more,
  });

  test('keys are those of one parent', () => {
    const berths = new Table(resource('berth'));
    const [a, b, loose] = [
      add(berth(1, 'a', { label: 'L' }), berths),
      add(berth(1, 'b'), berths),
      add(berth(1), berths),
    ];
    expect([berths.find('1', 'a'), berths.find('L', 'a'), berths.find('1', 'b')]).toEqual([a, a, b]);
    expect([berths.find('1', 'c'), berths.find('L', 'b')]).toEqual([undefined, undefined]);
    expect(berths.find('1')).toBe(loose);
    expect([berths.duplicateOf(berth(1, 'a')), berths.duplicateOf(berth(1, 'c'))]).toEqual([a, undefined]);
    expect([
      berths.findBy('label', 'L', 'a'),
      berths.findBy('label', 'L', 'b'),
      berths.findBy('number', '1', 'b'),
    ]).toEqual([a, undefined, b]);
  });
});
