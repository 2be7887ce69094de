import type { Sequence } from '../store/sequence.js';
import type { Shown } from '../view/shown.js';

/** What a listing takes its pages from. */
export interface Source {
  readonly size: number;
  slice(start: number, count: number): readonly Shown[];
  /** Up to `count` items that stand after a place, and the place of the last of them. */
  after(place: number, count: number): { readonly items: readonly Shown[]; readonly last: number };
  /** The same without the items that do not fit; each keeps its place. */
  filter(fits: (shown: Shown) => boolean): Source;
}

/** An item and where it stands. Places grow; what goes leaves a gap, so that a cursor holds whatever is removed. */
interface Placed {
  readonly place: number;
  readonly shown: Shown;
}

/** In the order of a sequence, of which no more is looked at than a page needs. */
export function fromSequence<Item extends { readonly order: number }>(
  sequence: Sequence<Item>,
  shown: (item: Item) => Shown,
): Source {
  return {
    size: sequence.size,
    slice: (start, count) => sequence.slice(start, count).map(shown),
    after: (place, count) => {
      const items = sequence.after(place, count);
      return { items: items.map(shown), last: items.at(-1)?.order ?? place };
    },
    filter: (fits) => fromPlaced([...sequence].map((item) => ({ place: item.order, shown: shown(item) }))).filter(fits),
  };
}

/** In the order of a list that was made for this request. */
export function fromList(items: readonly Shown[]): Source {
  return fromPlaced(items.map((shown, index) => ({ place: index + 1, shown })));
}

function fromPlaced(all: readonly Placed[]): Source {
  return {
    size: all.length,
    slice: (start, count) => all.slice(start, start + count).map(({ shown }) => shown),
    after: (place, count) => {
      const items = all.filter((item) => item.place > place).slice(0, count);
      return { items: items.map(({ shown }) => shown), last: items.at(-1)?.place ?? place };
    },
    filter: (fits) => fromPlaced(all.filter(({ shown }) => fits(shown))),
  };
}
