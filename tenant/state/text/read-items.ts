import type { Json } from '../../../contract/contract.js';
import { parseJsonText } from '../../../contract/load/json-text.js';
import { GrowingNumbers } from './growing-numbers.js';
import type { ItemShape } from './item-shape.js';
import { ItemTexts } from './item-texts.js';
import { CLOSE, CLOSE_LIST, COLON, COMMA, endOfValue, IS_PLAIN, OPEN, QUOTE, skipSpace } from './json-bytes.js';
import type { PropertyCheck } from './property-check.js';
import { hashOfBytes, hashOfText, joinedHash, NO_HASH } from './text-index.js';

/** A list of items, and the position after it. */
export interface ReadItems {
  readonly items: ItemTexts;
  readonly end: number;
}

/** Values of an item are this deep in a state: the state, the list, the item. */
const DEPTH = 3;

/**
 * Reads a list of items in one pass over its bytes.
 *
 * @param at - the position after the opening bracket
 * @returns undefined if it is not a valid list of such items; what is wrong is left to find to others
 */
export function readItems(bytes: Buffer, at: number, shape: ItemShape, mostNested: number): ReadItems | undefined {
  return new ItemReader(bytes, shape, mostNested - DEPTH).read(at);
}

class ItemReader {
  readonly #bytes: Buffer;
  readonly #shape: ItemShape;
  readonly #mostNested: number;
  readonly #starts = new GrowingNumbers();
  readonly #ends = new GrowingNumbers();
  readonly #hashes: readonly GrowingNumbers[];
  /** By property: whether it identifies items, the number of the last item that had it, and the hash of its value there. */
  readonly #isHashed: readonly boolean[];
  readonly #seenIn: Int32Array;
  readonly #hashOf: Int32Array;
  /** By property: where its last value is that the validator accepted. */
  readonly #accepted: readonly { start: number; end: number }[];
  /** The properties of the item before, in their order. */
  readonly #expected: number[] = [];
  /** The number of the item, from 1. */
  #item = 0;

  constructor(bytes: Buffer, shape: ItemShape, mostNested: number) {
    this.#bytes = bytes;
    this.#shape = shape;
    this.#mostNested = mostNested;
    this.#hashes = shape.groups.map(() => new GrowingNumbers());
    this.#isHashed = shape.checks.map((_, property) => shape.groups.some((group) => group.includes(property)));
    this.#seenIn = new Int32Array(shape.checks.length);
    this.#hashOf = new Int32Array(shape.checks.length);
    this.#accepted = shape.checks.map(() => ({ start: 0, end: 0 }));
  }

  read(start: number): ReadItems | undefined {
    const bytes = this.#bytes;
    let at = skipSpace(bytes, start);
    while (bytes[at] !== CLOSE_LIST) {
      this.#item += 1;
      this.#starts.push(at);
      at = this.#readItem(at);
      if (at < 0) return undefined;
      this.#ends.push(at);
      at = skipSpace(bytes, at);
      if (bytes[at] === COMMA) {
        at = skipSpace(bytes, at + 1);
        if (bytes[at] === CLOSE_LIST) return undefined;
      } else if (bytes[at] !== CLOSE_LIST) return undefined;
    }
    const positions = {
      starts: new Uint32Array(this.#starts.values),
      ends: new Uint32Array(this.#ends.values),
      hashes: this.#hashes.map(({ values }) => new Int32Array(values)),
    };
    const items = ItemTexts.of(this.#shape, bytes, positions);
    return items === undefined ? undefined : { items, end: at + 1 };
  }

  /** @returns the position after the item; -1 if it is not valid */
  #readItem(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start] !== OPEN) return -1;
    let at = skipSpace(bytes, start + 1);
    for (let count = 0; bytes[at] !== CLOSE; count += 1) {
      const property = this.#propertyAt(at, count);
      if (property < 0 || this.#seenIn[property] === this.#item) return -1;
      this.#seenIn[property] = this.#item;
      const check = this.#shape.checks[property];
      if (check === undefined) return -1;
      at = skipSpace(bytes, at + check.quoted.length);
      if (bytes[at] !== COLON) return -1;
      at = this.#readValue(skipSpace(bytes, at + 1), property, check);
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (bytes[at] === COMMA) {
        at = skipSpace(bytes, at + 1);
        if (bytes[at] !== QUOTE) return -1;
      } else if (bytes[at] !== CLOSE) return -1;
    }
    return this.#isWhole() ? at + 1 : -1;
  }

  /** Whether the item has all that is required. Keeps its hashes. */
  #isWhole(): boolean {
    const { required, groups } = this.#shape;
    for (const property of required) if (this.#seenIn[property] !== this.#item) return false;
    for (let at = 0; at < groups.length; at += 1) {
      const group = groups[at] ?? [];
      const isThere = group.every((property) => this.#seenIn[property] === this.#item);
      const hash = isThere ? joinedHash(group.map((property) => this.#hashOf[property] ?? 0)) : NO_HASH;
      this.#hashes[at]?.push(hash);
    }
    return true;
  }

  /** The property whose name is here; most items have the properties of the one before, in the same order. */
  #propertyAt(at: number, count: number): number {
    const expected = this.#expected[count];
    if (expected !== undefined && this.#isName(at, expected)) return expected;
    const { checks } = this.#shape;
    for (let property = 0; property < checks.length; property += 1) {
      if (!this.#isName(at, property)) continue;
      this.#expected[count] = property;
      return property;
    }
    return -1;
  }

  #isName(at: number, property: number): boolean {
    const quoted = this.#shape.checks[property]?.quoted;
    if (quoted === undefined) return false;
    const bytes = this.#bytes;
    for (let index = 0; index < quoted.length; index += 1) if (bytes[at + index] !== quoted[index]) return false;
    return true;
  }

  /** @returns the position after the value; -1 if it is not valid */
  #readValue(at: number, property: number, check: PropertyCheck): number {
    const bytes = this.#bytes;
    if (bytes[at] !== QUOTE) return this.#readOther(at, property, check);
    const start = at + 1;
    let end = start;
    while (IS_PLAIN[bytes[end] ?? 0] === 1) end += 1;
    if (bytes[end] !== QUOTE) return this.#readOther(at, property, check);
    if (!check.isSurelyValid(bytes, start, end) && !this.#isAccepted(start, end, property)) {
      if (!check.isValid(bytes.toString('latin1', start, end))) return -1;
      const accepted = this.#accepted[property];
      if (accepted !== undefined) [accepted.start, accepted.end] = [start, end];
    }
    if (this.#isHashed[property] === true) this.#hashOf[property] = hashOfBytes(bytes, start, end);
    return end + 1;
  }

  /** Whether a value is the last one that the validator accepted: many items share some values. */
  #isAccepted(start: number, end: number, property: number): boolean {
    const accepted = this.#accepted[property];
    const length = end - start;
    if (accepted === undefined || accepted.end - accepted.start !== length || accepted.end === 0) return false;
    const bytes = this.#bytes;
    for (let index = 0; index < length; index += 1)
      if (bytes[start + index] !== bytes[accepted.start + index]) return false;
    return true;
  }

  /** A value that is not a string of plain ASCII. */
  #readOther(at: number, property: number, check: PropertyCheck): number {
    const end = endOfValue(this.#bytes, at);
    const parsed = parseJsonText(this.#bytes.toString('utf8', at, end), {
      repeatedNames: 'refuse',
      mostNested: this.#mostNested,
    });
    if (!('value' in parsed) || !check.isValid(parsed.value)) return -1;
    if (this.#isHashed[property] === true) {
      const value: Json = parsed.value;
      if (typeof value !== 'string') return -1;
      this.#hashOf[property] = hashOfText(value);
    }
    return end;
  }
}
