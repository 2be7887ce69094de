/** Hashes of texts, alike for the bytes of ASCII and for strings. */

const PRIME = 0x01000193;
const START = 0x811c9dc5 | 0;

/** The hash of a text that has no hash: the item lacks it. */
export const NO_HASH = 0;

export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = START;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

export function hashOfText(text: string): number {
  let hash = START;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}

/** The hash of several texts together. */
export function joinedHash(hashes: readonly number[]): number {
  let joined = START;
  for (const hash of hashes) joined = Math.imul((joined ^ hash) + (joined >>> 15), PRIME);
  return joined === NO_HASH ? 1 : joined;
}

/** Finds the index of an item by a hash, with 8 bytes for each place: an object for each item would take ten times that. */
export class TextIndex {
  readonly #hashes: Int32Array;
  readonly #slots: Uint32Array;
  readonly #mask: number;

  /** @param hashes - of the items by their index */
  private constructor(hashes: Int32Array) {
    this.#hashes = hashes;
    let places = 16;
    while (places < hashes.length * 2) places *= 2;
    this.#slots = new Uint32Array(places);
    this.#mask = places - 1;
  }

  /**
   * @param isSame - whether two items have the same texts; called for those of the same hash
   * @returns undefined if two items have the same texts
   */
  static of(hashes: Int32Array, isSame: (one: number, other: number) => boolean): TextIndex | undefined {
    const index = new TextIndex(hashes);
    for (let item = 0; item < hashes.length; item += 1) {
      if (hashes[item] !== NO_HASH && !index.#add(item, isSame)) return undefined;
    }
    return index;
  }

  /** The item that has this hash and is the one. */
  find(hash: number, isIt: (item: number) => boolean): number | undefined {
    for (let place = this.#placeOf(hash); ; place = (place + 1) & this.#mask) {
      const slot = this.#slots[place] ?? 0;
      if (slot === 0) return undefined;
      if (this.#hashes[slot - 1] === hash && isIt(slot - 1)) return slot - 1;
    }
  }

  #add(item: number, isSame: (one: number, other: number) => boolean): boolean {
    const hash = this.#hashes[item] ?? NO_HASH;
    for (let place = this.#placeOf(hash); ; place = (place + 1) & this.#mask) {
      const slot = this.#slots[place] ?? 0;
      if (slot === 0) {
        this.#slots[place] = item + 1;
        return true;
      }
      if (this.#hashes[slot - 1] === hash && isSame(slot - 1, item)) return false;
    }
  }

  /** The low bits of the hash alone would put texts that differ in their last sign side by side. */
  #placeOf(hash: number): number {
    return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7) & this.#mask;
  }
}
