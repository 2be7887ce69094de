import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Json } from '../json/json.js';
import { getPointer, joinPointer, splitPointer } from '../pointer.js';
import { Lines, narrowed } from './narrow.js';
import { packageRoot } from './package-root.js';

/** Looks like other keys on every line, and has each form of a key, a list and a text. */
const LOOKALIKES = `---
# paths:
paths:
  # /a: in a comment
  /a:
    get:
      description: |
        get:
          summary: none
        post: not a key
      summary: "a: b
        get: c"
      tags:
      - first
      - name: second
        tags: [x]
      "quoted: \\"key\\"": {a: {b: 1}}
      brackets: {a: 1,
        b: {c: 2}}
      'it''s': # a comment
        deep:
          - [1, {c: 2}]
  ? /complex
  : post: {a: 1}
  "/b\\u0041":
    200:
      description: OK
    "201": {description: Created}
  /crlf:\r
    put:\r
      summary: text\r
  /a/b : {get: 1}
  /tabs:
\t
    get:
 \t # a comment
      summary: text
    put: {a: 1}
  '': {empty: 1}
info:

  title: The end
`;

/** The pointers of all values below one. */
function pointersOf(value: Json, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, part]) => pointersOf(part, joinPointer(pointer, name)))];
}

test.each([
  ['lookalikes', LOOKALIKES],
  ['problems', readFileSync(join(packageRoot(), 'spec', 'components', 'problems.yaml'), 'utf8').slice(0, 3000)],
])('the block of a path in a text of %s has the value of the path', (_, text) => {
  const lines = new Lines(text);
  const whole = load(text) as Json;
  for (const pointer of pointersOf(whole)) {
    const { start, end, rest } = narrowed(lines, splitPointer(pointer));
    const block = load(text.slice(start, end)) as Json;
    expect(getPointer(block, joinPointer('', ...rest)), pointer).toEqual(getPointer(whole, pointer));
  }
});

test.each([
  ['/paths/~1a/get/tags/1/name', '      tags:\n      - first\n      - name: second\n        tags: [x]\n'],
  ["/paths/~1a/get/it's/deep/0", '        deep:\n          - [1, {c: 2}]\n'],
  ['/paths/~1a/get/gone', 'get'],
  ['/paths/~1crlf/put/summary', '      summary: text\r\n'],
  ['/info/title', '  title: The end\n'],
  ['/gone', LOOKALIKES],
])('the block of "%s"', (pointer, want) => {
  const { start, end, rest } = narrowed(new Lines(LOOKALIKES), splitPointer(pointer));
  const block = LOOKALIKES.slice(start, end);
  expect(want.includes('\n') ? block : rest[0]).toBe(want);
});

// Looking again at each space would take an hour.
test('a line with many spaces is read once', () => {
  const text = `a${' '.repeat(3_000_000)}b\nc:\n  d: 1\n`;
  expect(narrowed(new Lines(text), ['c', 'd']).rest).toEqual(['d']);
});
