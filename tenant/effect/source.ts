import type { Sequence } from '../store/sequence.js';
import type { ViewItem } from '../view/view-item.js';

/** The items that a listing pages through. */
export interface Source {
  readonly size: number;
  slice(start: number, count: number): readonly ViewItem[];
  /** Up to `count` items after a position, and the position of the last of them. */
  after(position: number, count: number): { readonly items: readonly ViewItem[]; readonly last: number };
  /** The items that match; each keeps its position. */
  filter(matches: (item: ViewItem) => boolean): Source;
  /** The items in another order. Positions follow it, so a cursor is valid while the listing stays the same. */
  sort(compare: (one: ViewItem, other: ViewItem) => number): Source;
}

/** Positions increase, and a removed item leaves a gap, so that cursors stay valid. */
interface PositionedItem {
  readonly position: number;
  readonly item: ViewItem;
}

/** Pages through a sequence, reading only the items of the page. */
export function fromSequence<Item extends { readonly order: number }>(
  sequence: Sequence<Item>,
  toViewItem: (item: Item) => ViewItem,
): Source {
  return {
    size: sequence.size,
    slice: (start, count) => sequence.slice(start, count).map(toViewItem),
    after: (position, count) => {
      const items = sequence.after(position, count);
      return { items: items.map(toViewItem), last: items.at(-1)?.order ?? position };
    },
    filter: (matches) =>
      fromPositioned([...sequence].map((each) => ({ position: each.order, item: toViewItem(each) }))).filter(matches),
    sort: (compare) => fromList([...sequence].map(toViewItem).sort(compare)),
  };
}

/** Pages through a list that was computed for this request. */
export function fromList(items: readonly ViewItem[]): Source {
  return fromPositioned(items.map((item, index) => ({ position: index + 1, item })));
}

function fromPositioned(all: readonly PositionedItem[]): Source {
  return {
    size: all.length,
    slice: (start, count) => all.slice(start, start + count).map(({ item }) => item),
    after: (position, count) => {
      const items = all.filter((each) => each.position > position).slice(0, count);
      return { items: items.map(({ item }) => item), last: items.at(-1)?.position ?? position };
    },
    filter: (matches) => fromPositioned(all.filter(({ item }) => matches(item))),
    sort: (compare) => fromList(all.map(({ item }) => item).sort(compare)),
  };
}
