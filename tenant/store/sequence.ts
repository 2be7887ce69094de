/**
 * An append-only list with removal, stored in blocks so that any position is reached by skipping whole blocks: a page
 * from the middle of 100,000 items costs a walk over some 200 block lengths.
 */

/** An item of a sequence. `order` increases with every append and is never reused. */
export interface Ordered {
  readonly order: number;
}

/** An item, or the order of one that is made when it is first needed. */
type Slot<Item> = Item | number;

/** The maximum length of a block. A removal moves at most this many items; a page skips `size / 512` blocks. */
const BLOCK_LENGTH = 512;

export class Sequence<Item extends Ordered> {
  readonly #blocks: Slot<Item>[][] = [];
  #size = 0;
  #make: ((order: number) => Item) | undefined;

  get size(): number {
    return this.#size;
  }

  /** @param item its `order` must be greater than that of every item appended before */
  append(item: Item): void {
    const last = this.#blocks.at(-1);
    if (last === undefined || last.length >= BLOCK_LENGTH) this.#blocks.push([item]);
    else last.push(item);
    this.#size += 1;
  }

  /**
   * Appends items that are made when they are first needed.
   *
   * @param first - the order of the first one; the others follow
   */
  appendDeferred(first: number, count: number, make: (order: number) => Item): void {
    this.#make = make;
    for (let from = 0; from < count; from += BLOCK_LENGTH) {
      const block: number[] = [];
      const to = Math.min(count, from + BLOCK_LENGTH);
      for (let index = from; index < to; index += 1) block.push(first + index);
      this.#blocks.push(block);
    }
    this.#size += count;
  }

  /** Whether the item with this order is there and has not been needed yet. */
  isDeferred(order: number): boolean {
    const block = this.#blocks[this.#blockOf(order)];
    return block?.[firstAfter(block, order - 1)] === order;
  }

  has(item: Item): boolean {
    return this.at(item.order) === item;
  }

  /** The item with this order. */
  at(order: number): Item | undefined {
    const block = this.#blocks[this.#blockOf(order)];
    if (block === undefined) return undefined;
    const item = this.#itemIn(block, firstAfter(block, order - 1));
    return item?.order === order ? item : undefined;
  }

  /** Puts an item back to its place: between those of lower and of higher order. */
  insert(item: Item): void {
    const last = this.#blocks.at(-1)?.at(-1);
    if (last === undefined || orderOf(last) < item.order) {
      this.append(item);
      return;
    }
    const blockAt = this.#blockOf(item.order);
    const block = this.#blocks[blockAt] ?? [];
    block.splice(firstAfter(block, item.order), 0, item);
    // A block that grew beyond its length is divided, so that repeated insertions stay cheap.
    if (block.length > 2 * BLOCK_LENGTH)
      this.#blocks.splice(blockAt, 1, block.slice(0, BLOCK_LENGTH), block.slice(BLOCK_LENGTH));
    this.#size += 1;
  }

  /** @returns whether the item was in the sequence */
  remove(item: Item): boolean {
    const blockAt = this.#blockOf(item.order);
    const block = this.#blocks[blockAt];
    if (block === undefined) return false;
    const at = firstAfter(block, item.order - 1);
    if (block[at] !== item) return false;
    block.splice(at, 1);
    if (block.length === 0) this.#blocks.splice(blockAt, 1);
    this.#size -= 1;
    return true;
  }

  /** Up to `count` items from position `start`, which counts from 0. */
  slice(start: number, count: number): Item[] {
    let skip = start;
    let at = 0;
    for (; at < this.#blocks.length; at += 1) {
      const length = this.#blocks[at]?.length ?? 0;
      if (skip < length) break;
      skip -= length;
    }
    return this.#take(at, skip, count);
  }

  /** Up to `count` items whose order is greater than `order`. */
  after(order: number, count: number): Item[] {
    const blockAt = this.#blockOf(order + 1);
    const block = this.#blocks[blockAt];
    return block === undefined ? [] : this.#take(blockAt, firstAfter(block, order), count);
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (const block of this.#blocks) {
      // By index: an item that is made while a caller walks the block takes the place of its order.
      for (let index = 0; index < block.length; index += 1) {
        const item = this.#itemIn(block, index);
        if (item !== undefined) yield item;
      }
    }
  }

  #take(blockAt: number, offset: number, count: number): Item[] {
    const taken: Item[] = [];
    let from = offset;
    for (let at = blockAt; at < this.#blocks.length && taken.length < count; at += 1) {
      const block = this.#blocks[at] ?? [];
      const to = Math.min(block.length, from + count - taken.length);
      for (let index = from; index < to; index += 1) taken.push(this.#itemIn(block, index) as Item); // below the length
      from = 0;
    }
    return taken;
  }

  #itemIn(block: Slot<Item>[], index: number): Item | undefined {
    const slot = block[index];
    if (typeof slot !== 'number') return slot;
    const item = this.#make?.(slot);
    if (item !== undefined) block[index] = item;
    return item;
  }

  /** The index of the first block whose last item is at or after `order`, or the number of blocks. */
  #blockOf(order: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = this.#blocks[middle]?.at(-1);
      if (last !== undefined && orderOf(last) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The index of the first item whose order is greater than `order`. */
function firstAfter(block: readonly Slot<Ordered>[], order: number): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = block[middle];
    if (item !== undefined && orderOf(item) <= order) low = middle + 1;
    else high = middle;
  }
  return low;
}

function orderOf(slot: Slot<Ordered>): number {
  return typeof slot === 'number' ? slot : slot.order;
}
