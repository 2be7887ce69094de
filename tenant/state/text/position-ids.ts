import { type IdTemplate, idTemplate, lettersOf, type Random, randomFrom } from '../../random.js';

/** A letter of an id: its alphabet, and the text after it. */
interface Letter {
  readonly letters: string;
  readonly after: string;
}

const RANGE = 2 ** 32;
const ROUNDS = 4;

/**
 * Ids of items by their position in a list. The first letters are the position, enciphered, and the others follow from
 * it, so that an id leads back to its item and a million of them need no memory.
 */
export class PositionIds {
  readonly #prefix: string;
  readonly #letters: readonly Letter[];
  /** How many letters the position takes. */
  readonly #leading: number;
  readonly #keys: readonly number[];

  private constructor(template: IdTemplate, leading: number, random: Random) {
    this.#prefix = template.prefix;
    this.#letters = lettersIn(template);
    this.#leading = leading;
    this.#keys = Array.from({ length: ROUNDS + 2 }, () => random(0x10000));
  }

  /** Whether ids of this template have enough letters for a position. */
  static fit(template: string): boolean {
    return leadingLetters(lettersIn(idTemplate(template))) !== undefined;
  }

  /** @param random - makes the key of the cipher */
  static of(template: string, random: Random): PositionIds {
    const read = idTemplate(template);
    return new PositionIds(read, leadingLetters(lettersIn(read)) ?? 0, random);
  }

  /** @param position - from 0 to 4,294,967,295 */
  at(position: number): string {
    let left = enciphered(position, this.#keys);
    const random = this.randomAt(position);
    let id = this.#prefix;
    for (const [index, { letters, after }] of this.#letters.entries()) {
      const isLeading = index < this.#leading;
      id += (letters[isLeading ? left % letters.length : random(letters.length)] ?? '') + after;
      left = Math.floor(left / letters.length);
    }
    return id;
  }

  /** Undefined for an id that it did not make. */
  positionOf(id: string): number | undefined {
    if (!id.startsWith(this.#prefix)) return undefined;
    let at = this.#prefix.length;
    let value = 0;
    let factor = 1;
    for (const { letters, after } of this.#letters.slice(0, this.#leading)) {
      const digit = letters.indexOf(id[at] ?? ' ');
      if (digit < 0) return undefined;
      value += digit * factor;
      factor *= letters.length;
      at += 1 + after.length;
    }
    const position = value < RANGE ? deciphered(value, this.#keys) : undefined;
    return position !== undefined && this.at(position) === id ? position : undefined;
  }

  /** Draws the same numbers for a position each time. */
  randomAt(position: number): Random {
    const [one = 0, other = 0] = this.#keys.slice(ROUNDS);
    return randomFrom((position ^ (one * 0x10000 + other)) | 0);
  }
}

function lettersIn({ parts }: IdTemplate): readonly Letter[] {
  return parts.flatMap(({ alphabet, length, after }) =>
    Array.from({ length }, (_, index) => ({ letters: lettersOf(alphabet), after: index === length - 1 ? after : '' })),
  );
}

/** How many letters it takes for all positions; undefined if there are not enough. */
function leadingLetters(letters: readonly Letter[]): number | undefined {
  let range = 1;
  for (const [index, letter] of letters.entries()) {
    range *= letter.letters.length;
    if (range >= RANGE) return index + 1;
  }
  return undefined;
}

/** A permutation of all 32-bit numbers: a Feistel network of two halves. */
function enciphered(value: number, keys: readonly number[]): number {
  let [left, right] = [value >>> 16, value & 0xffff];
  for (let round = 0; round < ROUNDS; round += 1) [left, right] = [right, left ^ mixed(right, keys[round] ?? 0)];
  return left * 0x10000 + right;
}

function deciphered(value: number, keys: readonly number[]): number {
  let [left, right] = [Math.floor(value / 0x10000), value % 0x10000];
  for (let round = ROUNDS - 1; round >= 0; round -= 1) [left, right] = [right ^ mixed(left, keys[round] ?? 0), left];
  return left * 0x10000 + right;
}

/** 16 bits that depend on 16 bits and a key. */
function mixed(half: number, key: number): number {
  const product = Math.imul((half ^ key) + 0x9e3779b9, 0x85ebca6b);
  return ((product ^ (product >>> 13)) >>> 8) & 0xffff;
}
