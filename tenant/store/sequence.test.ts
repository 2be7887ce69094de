import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ordered } from './sequence.js';
import { Sequence } from './sequence.js';

const items = (count: number): Ordered[] => Array.from({ length: count }, (_, index) => ({ order: index + 1 }));

test('a sequence behaves like a list with removal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.array(fc.nat(2000)),
      fc.nat(2000),
      fc.nat(60),
      (size, gone, start, count) => {
        const all = items(size);
        const sequence = new Sequence<Ordered>();
        for (const item of all) sequence.append(item);
        for (const index of gone) {
          const item = all[index];
          if (item !== undefined) sequence.remove(item);
        }
        const left = all.filter((_, index) => !gone.includes(index));
        expect(sequence.size).toBe(left.length);
        expect([...sequence]).toEqual(left);
        expect(sequence.slice(start, count)).toEqual(left.slice(start, start + count));
        expect(sequence.after(start, count)).toEqual(left.filter(({ order }) => order > start).slice(0, count));
      },
    ),
    { numRuns: 60 },
  );
});

test('removing a missing item does nothing', () => {
  const sequence = new Sequence<Ordered>();
  const [first, second] = items(2);
  if (first === undefined || second === undefined) throw new Error('two items exist');
  sequence.append(first);
  expect(sequence.remove(second)).toBe(false);
  expect(sequence.remove({ order: 1 })).toBe(false);
  expect(sequence.remove(first)).toBe(true);
  expect(sequence.remove(first)).toBe(false);
});
