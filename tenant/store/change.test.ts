import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { applyChange } from './apply-change.js';
import type { Change } from './change.js';
import { dumpOf, storeOf } from './dump.js';
import { Store } from './store.js';

/** Numbers that choose what to do and with which items. */
const steps = fc.array(fc.tuple(fc.nat(5), fc.nat(7), fc.nat(7), fc.nat(7)), { maxLength: 40 });

const resources = [...school.resources.values()].filter(({ inside }) => inside === undefined);

function propertiesOf(resource: (typeof resources)[number], one: number, other: number): JsonObject {
  const inside = [...school.resources.values()].filter((each) => each.inside?.parent === resource.name);
  const lists = inside.map(({ inside: place, key }) => [
    place?.list.slice(1) ?? '',
    Array.from({ length: other % 4 }, (_, index) => ({ [key]: `item ${(index * one) % 3}` })),
  ]);
  return {
    ...Object.fromEntries(resource.refers.map(({ property }) => [property, `key ${other}`])),
    [resource.key]: `key ${one}`,
    ...Object.fromEntries(lists),
  };
}

/** Does one step with a store, whatever its items are. */
function change(store: Store, [kind, which, one, other]: readonly [number, number, number, number]): void {
  const resource = resources[which % resources.length];
  if (resource === undefined) return;
  const entities = [...store.table(resource.name).entities];
  const entity = entities[one % Math.max(1, entities.length)];
  const relation = [...school.relations.values()][which % school.relations.size];
  const members = (relation?.between ?? []).flatMap((side) => {
    const parent = store.children(side)?.inside.parent;
    const all =
      parent === undefined
        ? [...store.table(side).entities]
        : [...store.table(parent).entities].flatMap((each) => store.children(side)?.of(each) ?? []);
    return all[(one + other) % Math.max(1, all.length)] ?? [];
  });
  const isWhole = relation !== undefined && members.length === relation.between.length;
  const tuple = isWhole ? store.tuples(relation.name).get(members) : undefined;
  if (kind <= 1) store.create(resource.name, propertiesOf(resource, one, other));
  else if (kind === 2 && entity !== undefined) store.update(entity, propertiesOf(resource, other, one));
  else if (kind === 3 && entity !== undefined) store.delete(entity);
  else if (kind === 4 && isWhole && tuple !== undefined) store.carry(relation.name, tuple, { note: one });
  else if (kind === 4 && isWhole) store.add(relation.name, members);
  else if (kind === 5 && isWhole) store.remove(relation.name, members);
}

test('the steps of changes make the same state elsewhere, and can be taken back', () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const store = new Store(school);
      for (const step of first) change(store, step);
      const before = dumpOf(school, store);
      const changes: Change[] = [];
      const undos: (() => void)[] = [];
      store.recorder = {
        record: (each, undo) => {
          changes.push(JSON.parse(JSON.stringify(each)));
          undos.push(undo);
        },
      };
      for (const step of second) change(store, step);
      const copy = storeOf(school, JSON.parse(JSON.stringify(before)));
      for (const each of changes) applyChange(school, copy, each);
      const after = dumpOf(school, store);
      expect({ ...dumpOf(school, copy), order: 0 }).toEqual({ ...after, order: 0 });
      for (const undo of undos.reverse()) undo();
      expect(dumpOf(school, store)).toEqual(before);
      // The indexes are as before too: the same changes have the same consequences.
      const [again, other] = [storeOf(school, before), store];
      for (const step of second) {
        change(again, step);
        change(other, step);
      }
      expect(dumpOf(school, other)).toEqual(dumpOf(school, again));
    }),
    { numRuns: 200, seed: 16 },
  );
});
