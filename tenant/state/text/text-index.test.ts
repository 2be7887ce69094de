import { expect, test } from 'vitest';
import { GrowingNumbers } from './growing-numbers.js';
import { hashOfBytes, hashOfText, joinedHash, NO_HASH, TextIndex } from './text-index.js';

test('a text has the same hash as its bytes', () => {
  for (const text of ['', 'a', 'ada@x.example', 'x'.repeat(100)])
    expect(hashOfBytes(Buffer.from(`-${text}-`), 1, text.length + 1)).toBe(hashOfText(text));
});

test('texts, and rows of texts, that differ have different hashes', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'abc', '\u0100', '\u0000', 'a\u0000'];
  expect(new Set(texts.map(hashOfText)).size).toBe(texts.length);
  const rows = [[], [1], [2], [1, 2], [2, 1], [0], [0, 0]];
  const joined = rows.map(joinedHash);
  expect(new Set(joined).size).toBe(rows.length);
  expect(joined.every((hash) => Number.isInteger(hash) && hash !== NO_HASH)).toBe(true);
});

test('items are found by their hash, also where hashes or places are the same', () => {
  const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`);
  // Every third hash is that of another text, too.
  const hashes = Int32Array.from(texts, (text, index) => (index % 3 === 0 ? 7 : hashOfText(text)));
  const index = TextIndex.of(hashes, (one, other) => texts[one] === texts[other]);
  const found = texts.map((text, at) => index?.find(hashes[at] ?? 0, (item) => texts[item] === text));
  expect(found).toEqual(texts.map((_, at) => at));
  expect(index?.find(7, () => false)).toBeUndefined();
  expect(index?.find(hashOfText('none'), () => true)).toBeUndefined();
});

test('two items with the same texts have no index, unless they lack the texts', () => {
  const isSame = (one: number, other: number) => one + other === 3;
  expect(TextIndex.of(Int32Array.of(5, 6, 6), isSame)).toBeUndefined();
  expect(TextIndex.of(Int32Array.of(5, 6, 7), isSame)).toBeInstanceOf(TextIndex);
  const lacking = TextIndex.of(Int32Array.of(NO_HASH, 6, NO_HASH), () => true);
  expect([lacking?.find(NO_HASH, () => true), lacking?.find(6, () => true)]).toEqual([undefined, 1]);
  expect(TextIndex.of(new Int32Array(0), () => true)?.find(1, () => true)).toBeUndefined();
});

test('numbers in a row keep their order, however many there are', () => {
  const numbers = new GrowingNumbers();
  expect([...numbers.values]).toEqual([]);
  const many = Array.from({ length: 3000 }, (_, index) => index * 7 - 1000);
  for (const each of many) numbers.push(each);
  expect([...numbers.values]).toEqual(many);
});
