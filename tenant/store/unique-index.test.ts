import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import type { Entity } from './entity.js';
import { UniqueIndex } from './unique-index.js';

const entityWith = (properties: JsonObject): Entity => ({ order: 1, resource: 'harbour', properties });

describe('values conflict', () => {
  test.each<[one: Json, other: Json, conflict: boolean]>([
    ['Hull', 'Hull', true],
    ['Hull', 'York', false],
    [7, '7', true],
    [true, 'true', false],
    [true, true, true],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, '{"a":1}', false],
    [{ a: 1 }, '\u0000{"a":1}', false],
    ['\u0000', '\u0000', true],
    ['', '', true],
    ['__proto__', '__proto__', true],
  ])('%j and %j: %s', (one, other, conflict) => {
    for (const group of [['town'], ['side', 'town'], ['town', 'side'], ['side', 'town', 'side']]) {
      const index = new UniqueIndex(group, new Set());
      const known = entityWith({ town: one, side: 'east' });
      index.set(known);
      expect(index.get({ town: other, side: 'east' }), group.join()).toBe(conflict ? known : undefined);
      expect(index.get({ town: other, side: 'west' }), group.join()).toBe(
        conflict && group.length === 1 ? known : undefined,
      );
    }
  });

  test('in groups that lack only optional properties', () => {
    const index = new UniqueIndex(['town', 'side'], new Set(['side']));
    const known = entityWith({ town: 'Hull' });
    index.set(known);
    index.set(entityWith({ side: 'east' }));
    expect(
      [{ town: 'Hull' }, { town: 'Hull', side: null }, { town: 'Hull', side: '' }, { side: 'east' }].map((each) =>
        index.get(each),
      ),
    ).toEqual([known, known, undefined, undefined]);
  });
});

test('only the entity that has a place leaves it', () => {
  const index = new UniqueIndex(['town'], new Set());
  const [one, other] = [entityWith({ town: 'Hull' }), entityWith({ town: 'Hull' })];
  index.set(one);
  index.delete(other);
  expect(index.at('Hull')).toBe(one);
  index.delete(one);
  expect(index.at('Hull')).toBeUndefined();
});
