import { expect, test } from 'vitest';
import { depthOf } from './depth.js';

test.each([
  ['', 0],
  ['1', 0],
  ['[]', 1],
  ['[[],[[]]]', 3],
  ['{"a":{"b":[1]},"c":{}}', 3],
  ['[1],[2]', 1],
  ['{"[[":"]]{{"}', 1],
  ['["\\"[[["]', 1],
  ['["\\\\",[[]]]', 3],
  [']][[', 0],
])('%s nests %i deep', (text, want) => {
  expect(depthOf(text)).toBe(want);
});
