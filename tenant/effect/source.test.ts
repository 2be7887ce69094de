import { describe, expect, test } from 'vitest';
import { Sequence } from '../store/sequence.js';
import type { ViewItem } from '../view/view-item.js';
import { fromList, fromSequence, type Source } from './source.js';

const item = (order: number): ViewItem => ({
  entity: { order, resource: 'r', properties: { n: order } },
  bound: new Map(),
  origins: [],
});
const ORDERS = [2, 3, 5, 8];
const orders = (items: readonly ViewItem[]) => items.map(({ entity }) => entity.order);

/** The same items, as a table has them and as a list that was made for a request. */
function sources(): readonly (readonly [string, Source, (order: number) => number])[] {
  const sequence = new Sequence<{ readonly order: number }>();
  for (const order of ORDERS) sequence.append({ order });
  return [
    ['a sequence', fromSequence(sequence, ({ order }) => item(order)), (order) => order],
    // Its positions count from 1.
    ['a list', fromList(ORDERS.map(item)), (order) => ORDERS.indexOf(order) + 1],
  ];
}

describe.each(sources())('%s', (_, source, positionOf) => {
  test('has pages by number', () => {
    expect(source.size).toBe(4);
    expect([orders(source.slice(0, 2)), orders(source.slice(1, 2)), orders(source.slice(3, 5))]).toEqual([
      [2, 3],
      [3, 5],
      [8],
    ]);
    expect(source.slice(4, 2)).toEqual([]);
  });

  test('goes on after a position', () => {
    const pageAfter = (position: number, count: number) => {
      const { items, last } = source.after(position, count);
      return [orders(items), last];
    };
    expect(pageAfter(0, 2)).toEqual([[2, 3], positionOf(3)]);
    expect(pageAfter(positionOf(3), 9)).toEqual([[5, 8], positionOf(8)]);
    expect(pageAfter(positionOf(8), 9)).toEqual([[], positionOf(8)]);
  });

  test('keeps positions where items are left out', () => {
    const odd = source.filter(({ entity }) => entity.order % 2 === 1);
    expect([odd.size, orders(odd.slice(0, 9))]).toEqual([2, [3, 5]]);
    const { items, last } = odd.after(positionOf(3), 9);
    expect([orders(items), last]).toEqual([[5], positionOf(5)]);
    expect(orders(odd.filter(({ entity }) => entity.order > 3).slice(0, 9))).toEqual([5]);
  });

  test('has new positions in another order', () => {
    const back = source.sort((one, other) => other.entity.order - one.entity.order);
    expect([back.size, orders(back.slice(0, 9))]).toEqual([4, [8, 5, 3, 2]]);
    const { items, last } = back.after(2, 1);
    expect([orders(items), last]).toEqual([[3], 3]);
    expect(
      orders(
        source
          .filter(({ entity }) => entity.order > 2)
          .sort(() => -1)
          .slice(0, 1),
      ),
    ).toHaveLength(1);
  });
});
