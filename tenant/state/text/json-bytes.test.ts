import { expect, test } from 'vitest';
import { endOfString, endOfValue, IS_PLAIN, skipSpace } from './json-bytes.js';

const bytes = (text: string) => Buffer.from(text);

test.each([
  ['x', 0],
  [' \t\r\nx', 4],
  ['   ', 3],
  ['', 0],
  ['\u000bx', 0],
  ['\u0000x', 0],
])('%j begins at %i', (text, want) => {
  expect(skipSpace(bytes(text), 0)).toBe(want);
});

test.each([
  ['""', 2],
  ['"abc",', 5],
  ['"a\\"b"x', 6],
  ['"a\\\\"x', 5],
  ['"\u00fc"x', 4],
  ['"abc', 4],
  ['"abc\\', 5],
])('the text %s ends at %i', (text, want) => {
  expect(endOfString(bytes(text), 0)).toBe(want);
});

test.each([
  ['"a,b",1', 5],
  ['12,3', 2],
  ['12 ,3', 2],
  ['12]', 2],
  ['12}', 2],
  ['true', 4],
  ['[],1', 2],
  ['[1, {"a": "]}"}] ,', 16],
  ['{"a":[1,2]}}', 11],
  ['{"a":1', 6],
  ['[1,2', 4],
])('the value %s ends at %i', (text, want) => {
  expect(endOfValue(bytes(text), 0)).toBe(want);
});

test('a value may begin anywhere', () => {
  expect([endOfValue(bytes('[1,"a",2]'), 3), endOfValue(bytes('[1,22,3]'), 3), skipSpace(bytes('a  b'), 1)]).toEqual([
    6, 5, 3,
  ]);
});

test('plain are the characters of ASCII that stand for themselves in a text', () => {
  const plain = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => IS_PLAIN[byte] === 1);
  expect(String.fromCharCode(...plain)).toBe(
    " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~\u007f",
  );
});
